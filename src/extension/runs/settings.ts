import { homedir, userInfo } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { defaultStateDirectory } from '../../engine/index.js';

/** What the person has set, with its defaults. */
export interface Settings {
  readonly stateDirectory: string;
  readonly knownHosts: readonly string[];
  readonly identities: readonly string[];
  readonly useConfig: boolean;
  /** A program that gives secrets out, and its arguments; empty for none. */
  readonly secretCommand: readonly string[];
}

export function readSettings(): Settings {
  const settings = vscode.workspace.getConfiguration('runbook');
  const knownHosts = settings.get<string[]>('ssh.knownHosts', []).map(atHome);
  const stateDirectory = settings.get('stateDirectory', '');
  return {
    stateDirectory: stateDirectory === '' ? defaultStateDirectory() : atHome(stateDirectory),
    knownHosts: knownHosts.length > 0 ? knownHosts : [join(homedir(), '.ssh', 'known_hosts')],
    identities: settings.get<string[]>('ssh.identities', []).map(atHome),
    useConfig: settings.get('ssh.useConfig', true),
    secretCommand: ownSetting(settings, 'secrets.command').map(atHome),
  };
}

/**
 * What the person has set for this machine, whatever a workspace says: its setting names a program that is started. VS Code ignores such a setting
 * of a workspace by its scope; this does not rely on it.
 */
function ownSetting(settings: vscode.WorkspaceConfiguration, name: string): readonly string[] {
  const value = settings.inspect<unknown>(name)?.globalValue;
  return Array.isArray(value) && value.every((word): word is string => typeof word === 'string') && value[0] !== '' ? value : [];
}

/** Who is at the keyboard, as the journal names them. */
export function operatorName(): string {
  return process.env['RUNBOOK_OPERATOR'] ?? userInfo().username;
}

function atHome(path: string): string {
  return path === '~' || path.startsWith('~/') ? join(homedir(), path.slice(1)) : path;
}
