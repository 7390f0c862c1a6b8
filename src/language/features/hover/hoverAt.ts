import type { JsonSchema } from '../../schema/jsonSchema.js';
import { branchesOf, branchFor, memberSchema } from '../../schema/lookup.js';
import type { ScalarNode, SyntaxNode } from '../../text/syntaxNode.js';
import { asText } from '../declared/authorText.js';
import { declarationsOf } from '../declared/declared.js';
import type { Declarations, Declared } from '../declared/declared.js';
import type { Neighbours } from '../declared/neighbours.js';
import { outlookAt } from '../declared/surroundings.js';
import { nodePathAt, schemaOf } from '../rough/nodePath.js';
import type { NodePath } from '../rough/nodePath.js';
import { aliasHover } from './aliasHover.js';
import { describeDeclared } from './describeDeclared.js';
import { describeSchema, describeWord } from './describeSchema.js';
import { expressionHover } from './expressionHover.js';
import type { Found, Hover, HoverSections } from './hoverSubject.js';
import { inWords } from './inWords.js';
import { declaredAs, declaredElsewhere, declaredHere } from './namedThing.js';
import { ruleHover } from './ruleHover.js';
import { topicOf } from './topics.js';
import { useHover } from './useHover.js';

/** A place that is hovered over. */
export interface HoverRequest {
  readonly file: string;
  readonly text: string;
  readonly root: SyntaxNode | undefined;
  readonly offset: number;
  readonly schema: JsonSchema;
  readonly isInventory: boolean;
  readonly neighbours: Neighbours;
  /** Address of a page of the documentation. */
  readonly documentation: ((page: string) => string | undefined) | undefined;
  readonly sections: HoverSections | undefined;
}

/** Markdown about the key, the value, the reference or the name in an expression at an offset, from broken text too. */
export async function hoverAt(request: HoverRequest): Promise<Hover | undefined> {
  const path = nodePathAt(request.root, request.offset);
  const found = path === undefined ? ruleHover(request.text, request.offset) : await new HoverFinder(request, path).find();
  if (found === undefined) return undefined;
  const more = (await request.sections?.({ file: request.file, steps: path?.steps ?? [], ...found.subject })) ?? [];
  const address = found.page === undefined ? undefined : request.documentation?.(found.page);
  const link = address === undefined ? [] : [`[Read more](${address})`];
  return { range: found.range, markdown: [[found.markdown, ...link].join('\n\n'), ...more].join('\n\n---\n\n') };
}

class HoverFinder {
  readonly #request: HoverRequest;
  readonly #path: NodePath;
  readonly #declarations: Declarations;

  constructor(request: HoverRequest, path: NodePath) {
    this.#request = request;
    this.#path = path;
    this.#declarations = declarationsOf(request.root);
  }

  async find(): Promise<Found | undefined> {
    const { hit, steps } = this.#path;
    const { schema: root, neighbours, isInventory } = this.#request;
    if (hit.kind === 'value' && hit.node.kind === 'alias') return aliasHover(hit.node, this.#request.text);
    if (hit.kind === 'value') return hit.node.kind === 'scalar' ? this.#value(hit.node) : undefined;
    const container = schemaOf(root, steps.slice(0, -1));
    const mapping = container === undefined ? undefined : branchFor(root, container, 'mapping');
    const member = mapping === undefined ? undefined : memberSchema(mapping, hit.node.text);
    if (member === undefined) return undefined;
    if (mapping?.properties === undefined || !Object.hasOwn(mapping.properties, hit.node.text)) {
      const here = isInventory ? undefined : declaredHere(steps, this.#declarations);
      if (here !== undefined) return this.#declared(here, hit.node, undefined);
      const far = await declaredElsewhere(this.#request, this.#path);
      if (far !== undefined) return this.#declared(far.declared, hit.node, { ...far, file: neighbours.named(far.file) });
      const host =
        isInventory && steps.length === 2 && steps[0] === 'hosts'
          ? this.#declarations.hosts.find(({ name }) => name === hit.node.text)
          : undefined;
      if (host !== undefined) return this.#declared(host, hit.node, undefined);
    }
    return this.#schema(hit.node.text, member, mapping, hit.node);
  }

  async #value(node: ScalarNode): Promise<Found | undefined> {
    const { schema: root, text, offset, neighbours } = this.#request;
    const { steps } = this.#path;
    const schema = schemaOf(root, steps);
    if (schema === undefined) return undefined;
    const written = typeof node.value === 'string' ? node.value : node.source;
    const branches = branchesOf(root, schema);
    const branch = branches.find((candidate) => candidate.format !== undefined || candidate.enum !== undefined) ?? branches[0];
    const key = String(steps.findLast((step) => typeof step === 'string') ?? '');
    const words = branch?.enum?.includes(written) === true ? describeWord(written, key, branch.enum) : undefined;
    if (words !== undefined) return { range: node, markdown: words, subject: { kind: 'value', name: written } };
    const times = inWords(branch?.format, written);
    if (times !== undefined)
      return {
        range: node,
        markdown: `**${asText(written)}**: ${times}\n\n${describeSchema(root, key, schema)}`,
        subject: { kind: 'value', name: written },
      };
    if (branch?.format === 'use') return useHover(written, node, this.#request.root, neighbours);
    const expression = expressionHover({
      text,
      node,
      offset,
      format: branch?.format,
      outlook: () => outlookAt(this.#request.root, this.#path),
      declarations: this.#declarations,
      describe: (declared) => this.#describe(declared),
    });
    if (expression !== undefined) return expression;
    const declared = declaredAs(branch?.format, written, steps, this.#declarations);
    if (declared !== undefined) return this.#declared(declared, node, undefined);
    const container = schemaOf(root, steps.slice(0, -1));
    return this.#schema(key, schema, container === undefined ? undefined : branchFor(root, container, 'mapping'), node);
  }

  #declared(declared: Declared, node: { start: number; end: number }, far: { file: string; line: number | undefined } | undefined): Found {
    const isHere = far === undefined && declared.range.start === node.start;
    const markdown = far === undefined ? this.#describe(declared, isHere) : describeDeclared(declared, far);
    return {
      range: { start: node.start, end: node.end },
      markdown,
      subject: { kind: declared.thing, name: declared.name, ...(declared.owner === undefined ? {} : { owner: declared.owner }) },
    };
  }

  #describe(declared: Declared, isHere = false): string {
    const isKnown = !isHere && declared.range.end > 0;
    return describeDeclared(declared, { line: isKnown ? lineOf(this.#request.text, declared.range.start) : undefined });
  }

  #schema(key: string, schema: JsonSchema, container: JsonSchema | undefined, node: { start: number; end: number }): Found {
    return {
      range: { start: node.start, end: node.end },
      markdown: describeSchema(this.#request.schema, key, schema),
      subject: { kind: 'key', name: key },
      page: `language.md#${topicOf(key, container)}`,
    };
  }
}

/** Number of a line, from 1. */
function lineOf(text: string, offset: number): number {
  let line = 1;
  for (let at = text.indexOf('\n'); at >= 0 && at < offset; at = text.indexOf('\n', at + 1)) line++;
  return line;
}
