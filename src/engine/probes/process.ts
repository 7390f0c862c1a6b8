import { compileRegex } from '../../language/index.js';
import { processList, programNames } from './look/processList.js';
import type { HostProcess } from './look/processList.js';
import { oneLine, renderText } from './look/text.js';
import { verdictOf } from './probe.js';
import type { ProbeContext, ProbeSettings, Verdict } from './probe.js';

/** Whether a process runs on the host. The look's own processes never count, nor do those that have ended but are not yet reaped. */
export async function processProbe(settings: ProbeSettings<'process'>, context: ProbeContext): Promise<Verdict> {
  const { matches, wanted } = await matcher(settings, context);
  const found = (await processList(context)).filter(matches);
  const wantsPresent = settings.state !== 'absent';
  if (found.length === 0) return verdictOf(!wantsPresent, `no process ${wanted} runs`);
  const text =
    found.length === 1 ? `a process ${wanted} runs (pid ${String(found[0]?.pid)})` : `${String(found.length)} processes ${wanted} run`;
  return verdictOf(wantsPresent, text, {
    detail: found
      .slice(0, 5)
      .map((process) => describe(process, context))
      .join('\n'),
  });
}

async function matcher(
  settings: ProbeSettings<'process'>,
  context: ProbeContext,
): Promise<{ matches: (process: HostProcess) => boolean; wanted: string }> {
  if (settings.command_line !== undefined) {
    const pattern = compileRegex(settings.command_line);
    return {
      matches: (process) => pattern.test(process.commandLine),
      wanted: `with a command line that matches "${settings.command_line}"`,
    };
  }
  // One of the two is there, or the text is not valid.
  const name = await renderText(context, String(settings.name));
  const plain =
    context.platform === 'windows' ? (text: string): string => text.toLowerCase().replace(/\.exe$/, '') : (text: string): string => text;
  return { matches: (process) => programNames(process.commandLine).some((own) => plain(own) === plain(name)), wanted: `"${name}"` };
}

function describe(process: HostProcess, context: ProbeContext): string {
  return `${String(process.pid)} ${context.mask(oneLine(process.commandLine)).slice(0, 200)}`;
}
