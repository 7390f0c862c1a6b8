import { parseTemplate } from '../../expressions/template.js';
import { parseUseReference, resolveFile } from '../../model/useReference.js';
import type { Syntax } from '../../parser/readSyntax.js';
import type { JsonSchema } from '../../schema/jsonSchema.js';
import { branchFor, memberSchema } from '../../schema/lookup.js';
import { runbookSchema } from '../../schema/runbookSchema.js';
import type { Range } from '../../text/range.js';
import type { MappingNode, ScalarNode, SyntaxNode } from '../../text/syntaxNode.js';
import { declareAnchors } from './anchors.js';
import { celNames } from './celNames.js';
import type { CelName } from './celNames.js';
import { ScalarPlaces } from './exactPlace.js';
import { hostContexts } from './hostContext.js';
import { itemsOf, kindOfNode, memberOf, membersOf, solid, textOf, textsOf } from './nodes.js';
import { defaultId, RunbookOutline } from './runbookOutline.js';
import { DECLARED_IN } from './symbol.js';
import type { RunbookTable, SymbolId, SymbolKind, UseOfFile } from './symbol.js';
import { TableBuilder } from './tableBuilder.js';

/** Nodes that are looked at, those that aliases repeat included: a file has fewer, or repeats itself without end. */
const MOST_NODES = 400_000;

/** Where a text stands. */
interface Here {
  /** Roles `host` may be of. */
  readonly roles: ReadonlySet<string>;
  /** What the values of the step around it belong to. */
  readonly step: string;
}

/** Every name in a runbook, from broken text too. */
export function runbookTable(file: string, text: string, { root, sound }: Syntax): RunbookTable {
  const reader = new RunbookReader(file, text, root);
  reader.read();
  declareAnchors(reader.builder, root);
  return {
    kind: 'runbook',
    file,
    text,
    sound,
    uses: reader.uses,
    roles: reader.outline.roles,
    unnamed: reader.unnamed,
    ...reader.builder.result(),
  };
}

class RunbookReader {
  readonly builder: TableBuilder;
  readonly outline: RunbookOutline;
  readonly uses: UseOfFile[] = [];
  readonly unnamed = new Set<string>();
  readonly #root: SyntaxNode | undefined;
  readonly #contexts: ReadonlyMap<SyntaxNode, ReadonlySet<string>>;
  readonly #around = new Set<SyntaxNode>();
  #looked = 0;

  constructor(file: string, text: string, root: SyntaxNode | undefined) {
    this.#root = root;
    this.builder = new TableBuilder(file, text);
    this.outline = new RunbookOutline(file, root);
    this.#contexts = hostContexts(root);
  }

  read(): void {
    this.#declare();
    this.#visit(this.#root, runbookSchema, '', { roles: new Set(), step: '' });
  }

  #declare(): void {
    for (const { key, value } of membersOf(this.#root)) {
      const kind = Object.hasOwn(DECLARED_IN, key.text) ? DECLARED_IN[key.text] : undefined;
      if (kind !== undefined) this.builder.declareKeys(value, kind);
      if (key.text === 'upgrade') this.builder.declareKey(this.#root, key, value, this.builder.id('path', ''));
      if (key.text === 'id') this.#declareText(this.#root, value, this.builder.id('runbook', ''));
      if (key.text === 'roles')
        for (const role of membersOf(value)) this.builder.declareKeys(memberOf(role.value, 'vars'), 'variable', role.key.text);
      if (key.text === 'versions') for (const { value: scheme } of membersOf(value)) this.#declareFields(memberOf(scheme, 'pattern'));
      if (key.text === 'advisories')
        for (const item of itemsOf(value)) this.#declareText(item, memberOf(item, 'id'), this.#named('advisory', memberOf(item, 'id')));
    }
  }

  #named(kind: SymbolKind, node: SyntaxNode | undefined, owner = ''): SymbolId {
    return this.builder.id(kind, textOf(node) ?? '', owner);
  }

  /** A scalar that names what it stands in. */
  #declareText(owner: SyntaxNode | undefined, node: SyntaxNode | undefined, id: SymbolId, among = 0): void {
    const scalar = solid(node);
    if (scalar?.kind !== 'scalar' || typeof scalar.value !== 'string') return;
    const place = new ScalarPlaces(this.builder.text, scalar).whole();
    const whole = owner === undefined ? place.range : { start: owner.start, end: owner.end };
    this.builder.declare(place, scalar.value, { id, whole, title: textOf(memberOf(owner, 'title')), among });
  }

  #declareFields(node: SyntaxNode | undefined): void {
    const scalar = solid(node);
    if (scalar?.kind !== 'scalar' || typeof scalar.value !== 'string') return;
    const places = new ScalarPlaces(this.builder.text, scalar);
    for (const match of scalar.value.matchAll(/\(\?<([A-Za-z_]\w*)>/g)) {
      const name = match[1] ?? '';
      const start = match.index + 3;
      const place = places.at(start, start + name.length);
      this.builder.declare(place, name, { id: this.builder.id('field', name), whole: place.range, title: undefined, among: scalar.start });
    }
  }

  #visit(node: SyntaxNode | undefined, schema: JsonSchema, key: string, here: Here): void {
    const found = solid(node);
    if (found === undefined || this.#around.has(found) || ++this.#looked > MOST_NODES) return;
    const branch = branchFor(runbookSchema, schema, kindOfNode(found));
    if (branch === undefined) return;
    if (found.kind === 'scalar') {
      if (typeof found.value === 'string') this.#text(found, found.value, branch, key, here);
      return;
    }
    this.#around.add(found);
    if (found.kind === 'list') this.#items(found, branch, schema, key, here);
    else this.#mapping(found, branch, schema, key, here);
    this.#around.delete(found);
  }

  #items(list: SyntaxNode, branch: JsonSchema, schema: JsonSchema, key: string, here: Here): void {
    for (const item of itemsOf(list)) {
      const step = branch.items?.$ref === '#/definitions/step' ? solid(item) : undefined;
      if (step?.kind === 'mapping') this.#step(step, list, branch.items ?? schema, here);
      else this.#visit(item, branch.items ?? {}, key, here);
    }
  }

  #step(step: MappingNode, list: SyntaxNode, schema: JsonSchema, outer: Here): void {
    const id = memberOf(step, 'id');
    const name = textOf(id);
    // Sections follow one another in one run, so that names must differ among all their steps.
    const isTop = ['prerequisites', 'steps', 'finally'].some((section) => solid(memberOf(this.#root, section)) === list);
    if (name !== undefined) this.#declareText(step, id, this.builder.id('step', name), isTop ? 0 : list.start);
    else
      this.unnamed.add(
        defaultId(
          textOf(memberOf(step, 'use')),
          step.members.map(({ key }) => key.text),
        ),
      );
    const roles = this.#contexts.get(step) ?? outer.roles;
    this.#visit(step, schema, 'steps', { roles, step: name ?? `@${String(step.start)}` });
  }

  #mapping(mapping: MappingNode, branch: JsonSchema, schema: JsonSchema, label: string, here: Here): void {
    if (schema.$ref === '#/definitions/evidence') {
      const id = ['value', 'choice', 'file'].map((key) => memberOf(mapping, key)).find((value) => value !== undefined);
      this.#declareText(mapping, id, this.#named('value', id, here.step));
    }
    if (branch.properties?.['use'] !== undefined) this.#use(mapping);
    for (const { key, value } of mapping.members) {
      const inner = memberSchema(branch, key.text);
      if (inner === undefined) continue;
      if (schema.$ref === '#/definitions/step' && key.text === 'outputs') this.builder.declareKeys(value, 'value', here.step);
      if (schema.$ref === '#/definitions/step' && key.text === 'methods') this.builder.declareKeys(value, 'method', String(mapping.start));
      const isOwnKey = branch.properties !== undefined;
      this.#visit(value, inner, isOwnKey ? key.text : label, this.#inside(mapping, key.text, here));
    }
  }

  /** `where` and `read` are about hosts of their own. */
  #inside(mapping: MappingNode, key: string, here: Here): Here {
    if (key === 'where') return { ...here, roles: new Set(textsOf(memberOf(mapping, 'of'))) };
    return key === 'read' ? { ...here, roles: new Set(textsOf(memberOf(mapping, 'on'))) } : here;
  }

  /** Beside the use of another file, `roles` and `with` have names of that file as their keys. */
  #use(mapping: MappingNode): void {
    const reference = parseUseReference(textOf(memberOf(mapping, 'use')) ?? '');
    if (reference?.file === undefined) return;
    const target = resolveFile(this.builder.file, reference.file);
    const roles = membersOf(memberOf(mapping, 'roles'));
    for (const { key } of roles) this.builder.mentionKey(key, this.builder.id('role', key.text, '', target));
    for (const { key } of membersOf(memberOf(mapping, 'with')))
      this.builder.mentionKey(key, this.builder.id('input', key.text, '', target));
    this.uses.push({
      target,
      isPart: reference.id !== undefined,
      roles: new Map(roles.map(({ key, value }) => [key.text, textOf(value) ?? ''])),
    });
  }

  #text(scalar: ScalarNode, value: string, { format }: JsonSchema, key: string, here: Here): void {
    const { builder } = this;
    switch (format) {
      case 'role':
        if (key !== 'from' || value !== 'local') builder.mentionText(scalar, builder.id('role', value));
        return;
      case 'contact':
      case 'secret':
      case 'fact':
        return builder.mentionText(scalar, builder.id(format, value));
      case 'step':
        if (value !== 'start' && value !== 'end') builder.mentionText(scalar, builder.id('step', value));
        return;
      case 'source':
        return this.#mentionPart(scalar, { start: 0, end: (value.split('#')[0] ?? '').length }, [
          [builder.id('document', value.split('#')[0] ?? '')],
        ]);
      case 'use':
        return this.#useText(scalar, value);
      case 'cel':
        return this.#expression(scalar, value, 0, here);
      case 'template':
      case 'markdown':
        if (key === 'file') builder.path(scalar, value);
        if (!value.includes('${{')) return;
        for (const part of parseTemplate(value).parts)
          if (part.kind === 'expression') this.#expression(scalar, part.cel, part.range.start, here);
        return;
      case 'file':
        builder.path(scalar, value);
        return;
      case undefined:
        if (key === 'scheme') builder.mentionText(scalar, builder.id('scheme', value));
        if (key === 'link') builder.path(scalar, value);
        return;
      default:
        return;
    }
  }

  #mentionPart(scalar: ScalarNode, part: Range, meanings: readonly (readonly SymbolId[])[], isPath = false): void {
    const name = String(scalar.value).slice(part.start, part.end);
    this.builder.mention(new ScalarPlaces(this.builder.text, scalar).at(part.start, part.end), name, meanings, isPath);
  }

  #useText(scalar: ScalarNode, value: string): void {
    const reference = parseUseReference(value);
    if (reference === undefined) return;
    const { file: path, id, to } = reference;
    const target = path === undefined ? this.builder.file : resolveFile(this.builder.file, path);
    const named = (kind: SymbolKind, name: string): readonly SymbolId[] => [this.builder.id(kind, name, '', target)];
    if (path !== undefined) {
      this.builder.path(scalar, path);
      this.#mentionPart(scalar, { start: 0, end: path.length }, [named('runbook', '')], true);
    }
    if (id === undefined) return;
    const start = (path ?? '').length + 1;
    const end = start + id.length;
    this.#mentionPart(scalar, { start, end }, to === undefined ? [named('procedure', id), named('step', id)] : [named('step', id)]);
    if (to !== undefined) this.#mentionPart(scalar, { start: end + 2, end: end + 2 + to.length }, [named('step', to)]);
  }

  #expression(scalar: ScalarNode, cel: string, offset: number, here: Here): void {
    const names = celNames(cel);
    if (names.length === 0) return;
    const places = new ScalarPlaces(this.builder.text, scalar);
    for (const found of names) this.#name(found, places, offset, here);
  }

  #name(found: CelName, places: ScalarPlaces, offset: number, here: Here): void {
    const { builder } = this;
    const { name } = found;
    const at = places.at(offset + found.range.start, offset + found.range.end);
    switch (found.kind) {
      case 'value':
        return builder.mention(at, name, [[builder.id('value', name, found.step)]]);
      case 'member': {
        const ids = this.outline.memberIds(name, found.hosts, here.roles);
        // What every host has, such as its name, is declared nowhere.
        if (ids.length > 0) builder.mention(at, name, [ids]);
        return;
      }
      case 'path':
        return builder.mention(at, name, [[builder.id('path', '')]]);
      case 'local': {
        const declared = places.at(offset + found.declared.start, offset + found.declared.end);
        const id = builder.id('local', name, String(declared.range.start));
        if (found.declared.start !== found.range.start) return builder.mention(at, name, [[id]]);
        return builder.declare(at, name, { id, whole: at.range, title: undefined, among: at.range.start });
      }
      default:
        return builder.mention(at, name, [[builder.id(found.kind, name)]]);
    }
  }
}
