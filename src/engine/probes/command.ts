import { compileRegex } from '../../language/index.js';
import { commandOf, scriptFor } from '../steps/commandOf.js';
import { firstGroup } from '../steps/outputs.js';
import type { Command } from '../transports/transport.js';
import { captured } from './captured.js';
import { look, tail } from './look/look.js';
import type { Seen } from './look/look.js';
import { oneLine } from './look/text.js';
import { CannotTell, verdictOf } from './probe.js';
import type { ProbeContext, ProbeSettings, Verdict } from './probe.js';

type Settings = ProbeSettings<'command'>;

/** Runs a read-only command of the author. A command that cannot be started, or was ended from outside, tells nothing. */
export async function commandProbe(settings: Settings, context: ProbeContext): Promise<Verdict> {
  const seen = await look(context, await prepare(settings, context));
  const wanted = settings.exit ?? 0;
  const detail = tail(context.mask([seen.stdout, seen.stderr].filter((text) => text.trim() !== '').join('\n')));
  const more = detail === '' ? {} : { detail };
  const why = notStarted(seen, wanted);
  if (why !== undefined) throw new CannotTell(why, detail);
  const ended = `the command ended with exit code ${String(seen.code)}`;
  if (seen.code !== wanted) return verdictOf(false, `${ended}, not ${String(wanted)}`, more);
  if (settings.stdout !== undefined && !compileRegex(settings.stdout).test(seen.stdout)) return missing(settings.stdout, seen, more);
  if (settings.capture === undefined)
    return verdictOf(true, ended, { ...more, ...(settings.stdout === undefined ? captured(seen.stdout) : {}) });
  const value = firstGroup(settings.capture, seen.stdout);
  return value === undefined ? missing(settings.capture, seen, more) : verdictOf(true, ended, { ...more, ...captured(value) });
}

function missing(pattern: string, seen: Seen, more: { detail?: string }): Verdict {
  if (seen.truncated) throw new CannotTell(`the command prints too much to be searched for "${pattern}"`);
  return verdictOf(false, `the output of the command has no match of "${pattern}"`, more);
}

/** The shell's own exit codes for a program that is not there or may not be run, and the refusal of sudo. */
function notStarted(seen: Seen, wanted: number): string | undefined {
  if (seen.code === wanted) return undefined;
  if (seen.code === 127) return `a program of the command is not there: ${oneLine(seen.stderr)}`;
  if (seen.code === 126) return `a program of the command may not be run: ${oneLine(seen.stderr)}`;
  if (/^sudo: /.test(seen.stderr)) return `the rights of another user were refused: ${oneLine(seen.stderr)}`;
  return undefined;
}

function prepare(settings: Settings, context: ProbeContext): Promise<Command> {
  if (scriptFor(settings.run, context.platform) === undefined) throw new CannotTell(`the command has no script for ${context.platform}`);
  return commandOf(settings, {
    platform: context.platform,
    render: (text) => context.render(text),
    condition: async (cel) => {
      const passed = await context.condition(cel, {});
      if (typeof passed !== 'boolean') throw new CannotTell(`whether to pass an argument is not known: ${passed.unknown.join(', ')}`);
      return passed;
    },
    secret: (name) => context.secret(name),
  });
}
