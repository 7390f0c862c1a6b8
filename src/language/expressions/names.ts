import type { ValueType } from '../schema/runbookSchema.js';

/** Characters of the longest expression that is read; a longer one fails every check and cannot be evaluated. */
export const LONGEST_EXPRESSION = 4000;

/** What an expression may name in one file, with types. */
export interface NameTypes {
  readonly inputs: Readonly<Record<string, ValueType>>;
  readonly facts: Readonly<Record<string, ValueType>>;
  readonly roles: Readonly<Record<string, RoleType>>;
  /** Values that steps yield, by step id. */
  readonly steps: Readonly<Record<string, Readonly<Record<string, ValueType>>>>;
  readonly secrets: readonly string[];
  /** Ids of the advisories. */
  readonly advisories: readonly string[];
  /** Patterns of the version schemes, in order: their named groups are fields of a version. */
  readonly versionSchemes: readonly string[];
}

export interface RoleType {
  /** Exactly one host, so that `hosts.ROLE` is that host and not a list. */
  readonly single: boolean;
  /** Variables and per-host facts. */
  readonly members: Readonly<Record<string, ValueType>>;
}

/** Names that exist only at some places. */
export interface NamesHere {
  /** Roles of the hosts the step is about; `host` exists when there are any. */
  readonly hostRoles: readonly string[];
  /** What a probe or an output sees. */
  readonly extras: readonly ExtraName[];
  /** Whether `secrets` may be named. */
  readonly secrets: boolean;
  /** Whether there is one hop of the upgrade path that this is about. */
  readonly hop: boolean;
}

/** The part of the upgrade path between two stops. */
export interface HopValues {
  /** Throws `UnknownValue` while nobody knows the installed version. */
  readonly from: string;
  readonly to: string;
  /** 1 for the first. */
  readonly number: number;
  readonly last: boolean;
}

export type ExtraName = 'body' | 'status' | 'stdout' | 'exit';

/** A value in an expression: plain data, or a list or mapping of it (in `body`). */
export type CelValue = string | number | boolean | null | readonly CelValue[] | { readonly [key: string]: CelValue };

/** Where the values of names come from. Each throws `UnknownValue` for what is not known. */
export interface NameValues {
  input(name: string): string | number | boolean;
  fact(name: string, host: string | undefined): string | number | boolean;
  /** A variable of a host, or one of `name`, `address`, `platform`. */
  hostVar(host: string, name: string): string | number | boolean;
  hostsOf(role: string): readonly string[];
  /** The host the step is about, here. */
  readonly host: string | undefined;
  step(id: string, name: string): string | number | boolean;
  secret(name: string): string;
  readonly runFailed: boolean;
  /** Whether an advisory applies. */
  advisory(id: string): boolean;
  /** Only called where there is a hop. */
  readonly hop: HopValues;
  readonly extras: Readonly<Partial<Record<ExtraName, CelValue>>>;
}

/** Members every host has. */
export const HOST_MEMBERS: Readonly<Record<'name' | 'address' | 'platform', ValueType>> = {
  name: 'string',
  address: 'string',
  platform: 'string',
};
