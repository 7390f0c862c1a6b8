import { readFile, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { CONFIGURATION_FILE, configurationOf, parseConfiguration, PROFILES, SEVERITIES } from '../../review/index.js';
import type { LintConfiguration, LintSettings, ParsedConfiguration, Profile } from '../../review/index.js';
import type { Severity } from '../../language/index.js';
import type { Arguments } from '../arguments.js';
import { UsageError } from '../usage.js';
import { isInside, languagePath } from '../workspace.js';
import { lookAt, treeWorkspace } from './tree.js';
import type { Refused } from './selection.js';

/** What a team has set, and the command line on top of it. */
export interface ReadConfiguration {
  readonly configuration: LintConfiguration;
  /** The file with its text and what is wrong with it; undefined where there is none. */
  readonly source: { readonly file: string; readonly text: string; readonly diagnostics: ParsedConfiguration['diagnostics'] } | undefined;
  /** Patterns of files to leave out are seen from here. */
  readonly folder: string;
  /** A file of that name that may not be read. */
  readonly refused: readonly Refused[];
}

const NOTHING_SET: LintSettings = {};

/**
 * Reads the file that `--config` names, else `.runbook-lint.yaml` of the folder or the nearest one above it, up to the root of the tree.
 * Throws {@link UsageError} for a file that was named and cannot be read, and for words that no option takes.
 */
export async function readConfiguration(args: Arguments, cwd: string, root: string): Promise<ReadConfiguration> {
  const onTop = settingsOf(args);
  const named = args.text('config');
  const found = named === undefined ? await nearestFile(cwd, root) : { file: languagePath(cwd, named), text: await namedText(cwd, named) };
  const folder = found === undefined || named !== undefined ? root : dirname(found.file);
  if (found?.text === undefined) {
    const refused = found === undefined ? [] : [{ file: found.file, why: found.why }];
    return { configuration: configurationOf(NOTHING_SET, onTop), source: undefined, folder, refused };
  }
  const { settings, diagnostics } = parseConfiguration(found.file, found.text);
  const source = { file: found.file, text: found.text, diagnostics };
  return { configuration: configurationOf(settings, onTop), source, folder, refused: [] };
}

/** What the command line says of severities; throws {@link UsageError}. */
function settingsOf(args: Arguments): LintSettings {
  const [profile, failOn] = [args.text('profile'), args.text('fail-on')];
  if (profile !== undefined && !(PROFILES as readonly string[]).includes(profile))
    throw new UsageError(`--profile takes ${PROFILES.join(', ')}, not "${profile}".`, 'lint');
  if (failOn !== undefined && !(SEVERITIES as readonly string[]).includes(failOn))
    throw new UsageError(`--fail-on takes error, warning or information, not "${failOn}".`, 'lint');
  return {
    ...(profile === undefined ? {} : { profile: profile as Profile }),
    ...(failOn === undefined ? {} : { failOn: failOn as Severity }),
  };
}

type Nearest =
  { readonly file: string; readonly text: string } | { readonly file: string; readonly text: undefined; readonly why: Refused['why'] };

async function nearestFile(cwd: string, root: string): Promise<Nearest | undefined> {
  for (let folder = cwd; isInside(root, folder); folder = dirname(folder)) {
    const file = languagePath(folder, CONFIGURATION_FILE);
    const found = await lookAt(file, [root]);
    if (found.kind === 'file') return { file, text: (await treeWorkspace([root]).readText(file)) ?? '' };
    if (found.kind !== 'missing') return { file, text: undefined, why: found.kind };
    if (folder === dirname(folder)) break;
  }
  return undefined;
}

/** The operator may name any regular file: that of the base branch lies outside of the tree. */
async function namedText(cwd: string, name: string): Promise<string> {
  const file = resolve(cwd, name);
  const found = await stat(file).catch(() => undefined);
  if (found?.isFile() !== true) throw new UsageError(`${name} cannot be read.`, 'lint');
  return readFile(file, 'utf8');
}
