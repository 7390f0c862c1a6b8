import type { Fix } from '../../diagnostic.js';
import type { Probe } from '../../schema/generated/runbook.js';
import { quoteYaml } from '../../text/quote.js';
import { rememberByText } from '../../text/remembered.js';
import { sourceRange } from '../../text/scalarSource.js';
import type { Finding, StepContext, Rule } from '../rule.js';
import type { TextPlace } from '../walk.js';

/** A pipeline that looks for something by text. */
interface Fragile {
  readonly probe: 'process' | 'port';
  readonly why: string;
  /** What the probe would ask for; undefined where it cannot ask the same. */
  readonly asks: string | undefined;
  readonly range: { readonly start: number; readonly end: number };
}

const WANTED = String.raw`(?:"([^"\n]*)"|'([^'\n]*)'|([^\s|;&)\x60"']+))`;
const FILTER = String.raw`\|\s*(?:[ef]?grep|findstr)\s+((?:[-/]\w+\s+)*)`;
const OF_PROCESS = new RegExp(String.raw`(?<![\w-])ps(?:\s+[-\w,=]+){0,8}\s*${FILTER}${WANTED}`, 'g');
const OF_PORT = new RegExp(String.raw`(?<![\w-])(?:netstat|ss)((?:\s+[-\w]+){0,8})\s*${FILTER}${WANTED}`, 'g');
const PGREP = new RegExp(String.raw`(?<![\w-])pgrep\s+((?:-[uUgGPstF]\s+[^\s-]\S*\s+|-\w+\s+)*)${WANTED}`, 'g');
/** In a search, or in the shell, something else than itself. */
const PATTERN = /[$\\*?^|+(){}[\]]/;

export const fragileCheck: Rule = {
  id: 'fragile-check',
  scope: 'step',
  family: 'correctness',
  severity: 'warning',
  rationale: 'A search through text finds its own command line, every name that begins alike, and 18443 for 8443.',
  cites: ['capability 83', 'capability 84'],
  *check(context) {
    const { document, texts } = context;
    for (const place of texts) {
      if (!place.script && place.key !== 'manual') continue;
      for (const fragile of fragileIn(place.text)) {
        const fix = place.script ? typedProbe(fragile, place, context) : undefined;
        const range = sourceRange(document.text, place.range, place.text, fragile.range);
        yield {
          range,
          message: `${fragile.why}; ask with the probe "${fragile.probe}"`,
          ...(fix === undefined ? {} : { fix }),
        } satisfies Finding;
      }
    }
  },
};

const fragileIn = rememberByText((text): readonly Fragile[] => [...ofProcesses(text), ...ofPorts(text), ...ofNames(text)]);

function ofProcesses(text: string): readonly Fragile[] {
  return [...text.matchAll(OF_PROCESS)].flatMap((match) => {
    const wanted = match[2] ?? match[3] ?? match[4] ?? '';
    // "[s]erver" is the old trick against finding the search itself; a whole line, or what is not there, is another matter.
    if (wanted.includes('[') || /-\w*[vx]/.test(match[1] ?? '')) return [];
    const why = `"grep ${wanted}" also finds itself and everything with "${wanted}" in its command line`;
    const asks = PATTERN.test(wanted) || !/^(?:-[cqEF]+\s+)*$/.test(match[1] ?? '') ? undefined : byCommandLine(wanted);
    return [{ probe: 'process', why, asks, range: rangeOf(match) }];
  });
}

function ofPorts(text: string): readonly Fragile[] {
  return [...text.matchAll(OF_PORT)].flatMap((match) => {
    const wanted = match[3] ?? match[4] ?? match[5] ?? '';
    const port = /^[:.]?(\d{2,5})$/.exec(wanted)?.[1];
    if (port === undefined || /-\w*w/.test(match[2] ?? '')) return [];
    // The probe is about who listens by TCP, and not about connections.
    const same = /\s-\w*l/.test(match[1] ?? '') && !/\s-\w*[aux]/.test(match[1] ?? '') && !/-\w*v/.test(match[2] ?? '');
    return [
      {
        probe: 'port',
        asks: same ? `number: ${port}` : undefined,
        why: `"${wanted}" is also found in ${/^\D/.test(wanted) ? '' : `1${port} and `}${port}0`,
        range: rangeOf(match),
      },
    ];
  });
}

function ofNames(text: string): readonly Fragile[] {
  return [...text.matchAll(PGREP)].flatMap((match) => {
    const wanted = match[2] ?? match[3] ?? match[4] ?? '';
    if (/-\w*x/.test(match[1] ?? '') || wanted.startsWith('-')) return [];
    const options = match[1] ?? '';
    const inLine = /-\w*f/.test(options);
    const why = `"pgrep ${wanted}" finds everything with "${wanted}" in ${inLine ? 'its command line' : 'its name'}`;
    const named = /^[\w.-]+$/.test(wanted) ? `name: ${quoteYaml(wanted)}` : undefined;
    const same = !PATTERN.test(wanted) && /^(?:-[acfl]+\s+)*$/.test(options);
    return [{ probe: 'process', why, asks: same ? (inLine ? byCommandLine(wanted) : named) : undefined, range: rangeOf(match) }];
  });
}

function byCommandLine(wanted: string): string {
  return `command_line: ${quoteYaml(wanted.replace(/\./g, '\\.'))}`;
}

function rangeOf(match: RegExpExecArray): { readonly start: number; readonly end: number } {
  return { start: match.index, end: match.index + match[0].length };
}

/** The probe to put in place of a command that does nothing but look. */
function typedProbe({ probe, asks, range }: Fragile, place: TextPlace, { document, parts }: StepContext): Fix | undefined {
  const rest = place.text.slice(0, range.start) + place.text.slice(range.end);
  const owner =
    asks === undefined || !/^\s*(?:>\s*\/dev\/null\s*)?$/.test(rest) ? undefined : commandProbeOf(place.container, parts.within);
  const command = owner?.command;
  const key = owner === undefined ? undefined : document.positions.key(owner, 'command');
  const value = command === undefined ? undefined : document.positions.of(command);
  if (command === undefined || key === undefined || value === undefined) return undefined;
  if (Object.keys(command).some((name) => !['run', 'exit', 'become'].includes(name)) || (command.exit ?? 0) > 1) return undefined;
  // A comment between its keys would be lost.
  if (/^\s*#|\s#/m.test(document.text.slice(key.start, value.end))) return undefined;
  const found = (command.exit ?? 0) === 0;
  const state = probe === 'port' ? (found ? 'open' : 'closed') : found ? 'present' : 'absent';
  const text = `${probe}: { ${asks ?? ''}, state: ${state} }`;
  return { title: `Ask with the probe "${probe}"`, edits: [{ range: { start: key.start, end: value.end }, text }], guess: true };
}

/** The probe whose command a script belongs to. */
function commandProbeOf(container: object, within: unknown): Probe | undefined {
  if (typeof within !== 'object' || within === null) return undefined;
  const probe: Probe = within;
  if (probe.command === container && typeof probe.command.run === 'string') return probe;
  for (const member of Object.values(within)) {
    const found = commandProbeOf(container, member);
    if (found !== undefined) return found;
  }
  return undefined;
}
