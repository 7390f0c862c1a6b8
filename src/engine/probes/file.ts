import { compileRegex, parseDuration } from '../../language/index.js';
import { fileContent, fileHash } from './look/fileContent.js';
import { fileState } from './look/fileState.js';
import type { FileState } from './look/fileState.js';
import { LOOK_LIMIT } from './look/look.js';
import { renderPath, renderText } from './look/text.js';
import { CannotTell, verdictOf } from './probe.js';
import type { ProbeContext, ProbeSettings, Verdict } from './probe.js';

type Present = Extract<FileState, { kind: 'present' }>;

/** A file or directory: there or not, its text, its age by the clock of the host, its SHA-256. Links are followed. */
export async function fileProbe(settings: ProbeSettings<'file'>, context: ProbeContext): Promise<Verdict> {
  const path = await renderPath(context, settings.path);
  const state = await fileState(context, path);
  if (state.kind === 'absent') return verdictOf(settings.state === 'absent', `"${path}" does not exist`);
  if (settings.state === 'absent') return verdictOf(false, `"${path}" exists (${state.what})`);
  let seen = `"${path}" exists (${state.what})`;
  for (const question of [age, content, hash]) {
    const verdict = await question(settings, context, path, state);
    if (verdict === undefined) continue;
    if (verdict.verdict !== 'holds') return verdict;
    seen = verdict.text;
  }
  return verdictOf(true, seen);
}

type Question = (settings: ProbeSettings<'file'>, context: ProbeContext, path: string, state: Present) => Promise<Verdict | undefined>;

const age: Question = (settings, _context, path, state) => {
  if (settings.max_age === undefined) return Promise.resolve(undefined);
  const limit = parseDuration(settings.max_age);
  if (limit === undefined) throw new CannotTell(`"${settings.max_age}" is not a duration`);
  const seconds = Math.max(0, state.now - state.changed);
  return Promise.resolve(
    verdictOf(seconds * 1000 <= limit, `"${path}" was changed ${spell(seconds)} ago; at most ${settings.max_age} is asked for`),
  );
};

const content: Question = async (settings, context, path, state) => {
  if (settings.contains === undefined) return undefined;
  onlyRegular(path, state);
  if (state.size > LOOK_LIMIT) throw new CannotTell(`"${path}" is too large to be searched (${String(state.size)} bytes)`);
  const found = compileRegex(settings.contains).test(await fileContent(context, path));
  return verdictOf(found, `"${path}" contains ${found ? 'a' : 'no'} match of "${settings.contains}"`);
};

const hash: Question = async (settings, context, path, state) => {
  if (settings.sha256 === undefined) return undefined;
  onlyRegular(path, state);
  const wanted = (await renderText(context, settings.sha256)).trim().toLowerCase();
  if (!/^[0-9a-f]{64}$/.test(wanted)) throw new CannotTell(`the SHA-256 to compare "${path}" with is not 64 hexadecimal digits`);
  const actual = await fileHash(context, path);
  const text = actual === wanted ? `"${path}" has the SHA-256 asked for` : `"${path}" has the SHA-256 ${actual}, not ${wanted}`;
  return verdictOf(actual === wanted, text);
};

function onlyRegular(path: string, state: Present): void {
  if (!state.regular) throw new CannotTell(`"${path}" is a ${state.what}, which has no text to look at`);
}

function spell(seconds: number): string {
  if (seconds < 120) return `${String(seconds)} s`;
  if (seconds < 7200) return `${String(Math.floor(seconds / 60))} min`;
  if (seconds < 172_800) return `${String(Math.floor(seconds / 3600))} h`;
  return `${String(Math.floor(seconds / 86_400))} days`;
}
