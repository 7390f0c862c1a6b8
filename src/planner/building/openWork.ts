import type { HostName } from '../plan.js';

/** Something that must be known before the plan can be frozen: which host has a role. */
export interface OpenRole {
  readonly scope: string;
  readonly role: string;
  readonly of: readonly HostName[];
  readonly where: string;
  /** Facts of these hosts that are not known yet. */
  readonly facts: readonly { readonly fact: string; readonly host: HostName }[];
}

/** A fact that decides what the plan is: the installed version, or what an advisory depends on. */
export interface OpenFact {
  readonly scope: string;
  readonly fact: string;
  readonly host?: HostName;
  /** `path`: without it there is no plan to freeze. `advisory`: without it the plan keeps both branches. */
  readonly decides: 'path' | 'advisory';
}
