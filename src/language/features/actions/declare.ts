import type { Diagnostic } from '../../diagnostic.js';
import { quoteYaml } from '../../text/quote.js';
import { addToSection } from './section.js';
import { insertMember } from './insertMember.js';
import { memberOf, textOf, valueOf } from '../../text/asWritten.js';
import { stepAt } from './spots.js';
import type { Rewriting, Selected } from './spots.js';
import { typeWritten } from './typeWritten.js';

/** How a declaration is written at first. */
type Written = (title: string, name: string, type: string) => string;

/** By the rule that misses it: the part of a runbook where it is declared, what it is called, and what is said of it at first. */
const DECLARED: Readonly<Record<string, readonly [section: string, thing: string, written: Written]>> = {
  'undefined-input': ['inputs', 'input', (title, _name, type) => `{ type: ${type}, title: ${title} }`],
  'undefined-secret': ['secrets', 'secret', (title, name) => `{ title: ${title}, env: ${name.toUpperCase()} }`],
  'undefined-role': ['roles', 'role', (title) => `{ title: ${title}, hosts: 1 }`],
  'undefined-fact': ['facts', 'fact', (title, name, type) => `{ title: ${title}, type: ${type}, ask: 'What is the value of "${name}"?' }`],
  'undefined-contact': ['contacts', 'contact', (title) => `{ title: ${title} }`],
  'undefined-document': ['documents', 'document', (title) => `{ title: ${title} }`],
  'undefined-version-scheme': ['versions', 'version scheme', () => String.raw`{ pattern: '\d+(\.\d+)*' }`],
};
const NAME = /^[a-z][a-z0-9_]*$/;

/** Declares what a diagnostic finds undefined, where it is to be declared. What it is has to be looked over by the author. */
export function declarationFor(selected: Selected, diagnostic: Diagnostic): Rewriting | undefined {
  const { text, root } = selected;
  const name = text.slice(diagnostic.range.start, diagnostic.range.end);
  if (!NAME.test(name)) return undefined;
  if (diagnostic.code === 'invalid-expression') return hostVariable(selected, diagnostic, name);
  const [section, thing, value] = DECLARED[diagnostic.code] ?? [];
  if (section === undefined || value === undefined || memberOf(valueOf(root, section), name) !== undefined) return undefined;
  const said = value(titleOf(name), name, typeWritten(selected, diagnostic.range));
  const written = section === 'facts' ? perHost(selected, diagnostic, said) : said;
  const edit = written === undefined ? undefined : addToSection(text, root, section, [`  ${name}: ${written}`]);
  return edit === undefined ? undefined : { title: `Declare the ${thing ?? ''} "${name}"`, edits: [edit] };
}

/** A fact of a host is declared with the roles of the step; undefined where those cannot be told. */
function perHost(selected: Selected, { message, range }: Diagnostic, written: string): string | undefined {
  if (!message.includes('with "on"')) return written;
  const spot = stepAt({ ...selected, range });
  const on = valueOf(spot?.step, 'on') ?? valueOf(selected.root, 'on');
  const roles = on === undefined ? undefined : selected.text.slice(on.start, on.end);
  return roles === undefined || roles.includes('\n') || on?.kind === 'alias' ? undefined : written.replace('{ ', `{ on: ${roles}, `);
}

/** A value that every host of a role has: it is what is missing behind `host.` and `hosts.ROLE.`. */
function hostVariable(selected: Selected, { range }: Diagnostic, name: string): Rewriting | undefined {
  const before = /\b(?:host|hosts\.(\w+))\.$/.exec(selected.text.slice(Math.max(0, range.start - 80), range.start));
  if (before === null) return undefined;
  const role = before[1] ?? textOf(valueOf(stepAt({ ...selected, range })?.step, 'on'));
  const declared = role === undefined ? undefined : valueOf(valueOf(selected.root, 'roles'), role);
  if (role === undefined || declared?.kind !== 'mapping' || memberOf(declared, 'of') !== undefined) return undefined;
  const member = `${name}: { type: ${typeWritten(selected, range)}, title: ${titleOf(name)} }`;
  const vars = valueOf(declared, 'vars');
  if (vars !== undefined && vars.kind !== 'mapping') return undefined;
  const edit = insertMember(selected.text, vars ?? declared, vars === undefined ? `vars: { ${member} }` : member);
  return { title: `Declare the variable "${name}" of the role "${role}"`, edits: [edit] };
}

function titleOf(name: string): string {
  const words = name.replaceAll('_', ' ').trim();
  const title = words.charAt(0).toUpperCase() + words.slice(1);
  return /^(?:null|true|false)$/i.test(title) ? quoteYaml(title) : title;
}
