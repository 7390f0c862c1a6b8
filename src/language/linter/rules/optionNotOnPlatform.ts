import { roleLineage } from '../../expressions/index.js';
import type { Script } from '../../schema/generated/runbook.js';
import { rememberByText } from '../../text/remembered.js';
import { sourceRange } from '../../text/scalarSource.js';
import type { Finding, LintContext, Rule, StepContext } from '../rule.js';
import type { TextPlace } from '../walk.js';

type PlatformScripts = Exclude<Script, string>;
type PlatformName = keyof PlatformScripts;

/** A program at the start of a command. */
const PROGRAM =
  /(?:^|[;&|(]|\bthen|\bdo|\belse|\bsudo)[ \t]*(?:& )?(\.[\\/])?([A-Za-z][\w-]*(?:\.(?:sh|bat|cmd|ps1|exe))?)(?=[\s;&|)]|$)([^\n;&|]*)/gm;

export const optionNotOnPlatform: Rule = {
  id: 'option-not-on-platform',
  family: 'portability',
  severity: 'warning',
  rationale: 'What is handed over on one platform and forgotten on the other makes two different installations of one cluster.',
  cites: ['capability 86', 'capability 87', 'capability 88'],
  scope: 'step',
  *check(context) {
    for (const scripts of platformScripts(context)) {
      yield* forgottenValues(scripts, context);
      yield* forgottenOptions(scripts, context);
    }
    yield* textForSeveral(context);
  },
  whole: withAndWithoutDot,
};

interface Scripts {
  readonly of: PlatformScripts;
  /** What `args` and `env` stand beside. */
  readonly beside: { readonly args?: readonly unknown[]; readonly env?: Readonly<Record<string, unknown>> };
}

function platformScripts({ parts }: StepContext): readonly Scripts[] {
  const found: Scripts[] = [];
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null || parts.without.has(value)) return;
    const { run } = value as { run?: unknown };
    if (typeof run === 'object' && run !== null) found.push({ of: run, beside: value });
    Object.values(value).forEach(visit);
  };
  parts.within.forEach(visit);
  return [...new Map(found.map((scripts) => [scripts.of, scripts])).values()];
}

function* forgottenValues({ of, beside }: Scripts, { document }: StepContext): Generator<Finding> {
  const values = [
    ...(beside.args ?? []).map((_, index) => ({
      said: `argument ${String(index + 1)}`,
      in: (name: PlatformName) => takesArgument(name, of[name] ?? '', index),
    })),
    ...Object.keys(beside.env ?? {}).map((variable) => ({
      said: `"${variable}"`,
      in: (name: PlatformName) => takesVariable(name, of[name] ?? '', variable),
    })),
  ];
  for (const value of values) {
    const names = Object.keys(of) as PlatformName[];
    const using = names.find((name) => value.in(name));
    if (using === undefined) continue;
    for (const name of names) {
      const range = document.positions.value(of, name);
      if (!value.in(name) && range !== undefined)
        yield { range, message: `${value.said} is used on ${using} and not on ${name}; use it here, too` };
    }
  }
}

function takesArgument(platform: PlatformName, text: string, index: number): boolean {
  if (platform === 'windows') return new RegExp(String.raw`@args\b|\$args(?!\[)|\$args\[${String(index)}\]`, 'i').test(text);
  return new RegExp(String.raw`\$[@*]|\$\{?${String(index + 1)}(?!\d)|\bshift\b`).test(text);
}

function takesVariable(platform: PlatformName, text: string, variable: string): boolean {
  return new RegExp(platform === 'windows' ? String.raw`\$(?:\{env:|env:)${variable}\b` : String.raw`\$\{?${variable}\b`, 'i').test(text);
}

/** What these are called is another program in PowerShell, with options of its own. */
const OTHERWISE_ON_WINDOWS = new Set(
  'cat cd cp curl diff echo find kill ls man mkdir mount mv ping ps pwd rm rmdir set sleep sort start tee type wget where'.split(' '),
);

/** An option written out for a program that other platforms call without it. */
function* forgottenOptions({ of }: Scripts, { document }: StepContext): Generator<Finding> {
  const names = Object.keys(of) as PlatformName[];
  const calls = names.flatMap((name) => callsIn(of[name] ?? '').map((call) => ({ ...call, platform: name })));
  for (const call of calls) {
    if (Object.hasOwn(of, 'windows') && OTHERWISE_ON_WINDOWS.has(call.name)) continue;
    for (const option of call.rest.match(/(?<=\s)--?[A-Za-z][\w-]*/g) ?? []) {
      const without = calls.find((other) => other.platform !== call.platform && other.name === call.name && !other.rest.includes(option));
      const range = without === undefined ? undefined : document.positions.value(of, without.platform);
      if (without !== undefined && range !== undefined)
        yield { range, message: `"${call.name}" gets "${option}" on ${call.platform} and not on ${without.platform}; give it here, too` };
    }
  }
}

/** One text for hosts whose shells differ. */
function* textForSeveral({ steps, runbook, document }: StepContext): Generator<Finding> {
  for (const { step, around } of steps) {
    const range = document.positions.value(step, 'run');
    if (typeof step.run !== 'string' || range === undefined || step.shell !== undefined || around.from !== undefined) continue;
    if (!/\$[@\d{]|(?:^|\s)\.\/|\.sh\b|\.bat\b|\$args\b/.test(step.run)) continue;
    for (const role of around.hostRoles ?? []) {
      const platforms = roleLineage(runbook, role).flatMap((ancestor) => runbook.roles?.[ancestor]?.platforms ?? []);
      if (platforms.includes('windows') && platforms.length > 1)
        yield {
          range,
          message: `role "${role}" has hosts of several platforms, and this is written for one shell; write one script for each platform`,
        };
    }
  }
}

/** `./install.sh` here and `install.sh` there: one of them is found only by chance. */
function* withAndWithoutDot({ texts, document }: LintContext): Generator<Finding> {
  const calling = texts.filter((place) => place.script);
  if (!calling.some((place) => callsIn(place.text).some(({ dot }) => dot))) return;
  const calls = calling.flatMap((place: TextPlace) => callsIn(place.text).map((call) => ({ ...call, place })));
  const dotted = new Map(calls.filter(({ dot }) => dot).map((call) => [call.file, call]));
  for (const { dot, file, place, range } of calls) {
    const other = dotted.get(file);
    if (dot || other === undefined) continue;
    yield {
      range: sourceRange(document.text, place.range, place.text, range),
      message: `"${file}" is called with "./" elsewhere and without it here; write it the same way`,
      related: [
        { file: document.file, range: sourceRange(document.text, other.place.range, other.place.text, other.range), message: 'with "./"' },
      ],
    };
  }
}

interface Call {
  readonly dot: boolean;
  /** As written, without the way to it. */
  readonly file: string;
  /** The same without its ending. */
  readonly name: string;
  readonly rest: string;
  readonly range: { readonly start: number; readonly end: number };
}

const callsIn = rememberByText((text): readonly Call[] =>
  [...text.matchAll(PROGRAM)].map((match) => {
    const [whole, dot, file = '', rest = ''] = match;
    const start = match.index + whole.length - rest.length - file.length;
    return { dot: dot !== undefined, file, name: file.replace(/\.\w+$/, ''), rest, range: { start, end: start + file.length } };
  }),
);
