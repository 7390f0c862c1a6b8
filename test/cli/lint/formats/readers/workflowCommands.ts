/** A command that GitHub's runner found in a line of a log. */
export interface WorkflowCommand {
  readonly name: string;
  readonly properties: Readonly<Record<string, string>>;
  readonly data: string;
}

/** Commands that the runner knows. */
const KNOWN = new Set(
  'add-mask add-matcher add-path debug echo endgroup error group notice remove-matcher save-state set-env set-output stop-commands warning'.split(
    ' ',
  ),
);

/** Every command in a log, and the lines that are none; as GitHub's runner reads lines: they end at CR, LF or both. */
export function readLog(text: string): { readonly commands: readonly WorkflowCommand[]; readonly others: readonly string[] } {
  const commands: WorkflowCommand[] = [];
  const others: string[] = [];
  for (const line of text.split(/\r\n|\r|\n/)) {
    const command = readCommand(line);
    if (command === undefined) others.push(line);
    else commands.push(command);
  }
  return { commands, others };
}

/**
 * The command of a line: `::name key=value,key=value::data` at its beginning, or the older `##[name key=value;key=value]data` anywhere in it.
 * Marks that .NET overlooks when it compares texts count for nothing.
 */
function readCommand(line: string): WorkflowCommand | undefined {
  const seen = line.replaceAll(/[\p{Cf}\p{M}]/gu, '');
  return readNew(line.trimStart()) ?? readNew(seen.trimStart()) ?? readOld(line) ?? readOld(seen);
}

function readNew(line: string): WorkflowCommand | undefined {
  const end = line.startsWith('::') ? line.indexOf('::', 2) : -1;
  if (end < 0) return undefined;
  return commandOf(line.slice(2, end), ',', line.slice(end + 2), { '%0D': '\r', '%0A': '\n' }, { '%3A': ':', '%2C': ',' });
}

function readOld(line: string): WorkflowCommand | undefined {
  const start = line.indexOf('##[');
  const end = start < 0 ? -1 : line.indexOf(']', start);
  if (end < 0) return undefined;
  return commandOf(line.slice(start + 3, end), ';', line.slice(end + 1), { '%3B': ';', '%0D': '\r', '%0A': '\n', '%5D': ']' }, {});
}

function commandOf(
  head: string,
  separator: string,
  data: string,
  inData: Readonly<Record<string, string>>,
  inProperties: Readonly<Record<string, string>>,
): WorkflowCommand | undefined {
  const space = head.indexOf(' ');
  const name = (space < 0 ? head : head.slice(0, space)).toLowerCase();
  if (!KNOWN.has(name)) return undefined;
  const pairs = (space < 0 ? '' : head.slice(space + 1)).trim().split(separator);
  const properties = pairs
    .map((pair) => /^([^=]+)=(.+)$/s.exec(pair))
    .filter((pair) => pair !== null)
    .map(([, key, value]) => [key as string, unescaped(value as string, { ...inData, ...inProperties })] as const);
  return { name, properties: Object.fromEntries(properties), data: unescaped(data, inData) };
}

/** The percent sign comes last, so that `%250A` is `%0A`. */
function unescaped(text: string, escapes: Readonly<Record<string, string>>): string {
  return [...Object.entries(escapes), ['%25', '%'] as const].reduce(
    (done, [escape, character]) => done.replaceAll(escape, character),
    text,
  );
}
