import * as vscode from 'vscode';
import type { Standing } from '../../protocol/index.js';

const ICONS: Readonly<Record<Standing, readonly [icon: string, colour: string | undefined]>> = {
  pending: ['circle-outline', undefined],
  partly: ['circle-large-outline', 'charts.blue'],
  running: ['sync~spin', 'charts.blue'],
  waiting: ['bell-dot', 'charts.yellow'],
  succeeded: ['pass-filled', 'testing.iconPassed'],
  skipped: ['debug-step-over', 'testing.iconSkipped'],
  failed: ['error', 'testing.iconFailed'],
  cancelled: ['circle-slash', 'testing.iconSkipped'],
  unknown: ['question', 'charts.yellow'],
};

/** The icon of a standing, in the colours the editor has for tests. */
export function standingIcon(standing: Standing): vscode.ThemeIcon {
  const [icon, colour] = ICONS[standing];
  return new vscode.ThemeIcon(icon, colour === undefined ? undefined : new vscode.ThemeColor(colour));
}
