import type { JsonSchema } from '../../schema/jsonSchema.js';
import { branchesOf, branchFor, takesKind } from '../../schema/lookup.js';
import type { ScalarNode } from '../../text/syntaxNode.js';
import { celAt } from '../cel/celAt.js';
import { declarationsOf } from '../declared/declared.js';
import type { Neighbours } from '../declared/neighbours.js';
import { outlookAt, stepAround, textOfStep } from '../declared/surroundings.js';
import { commentBefore, cursorAt, isAlone, isMark, lineBefore, writtenIn } from '../rough/cursor.js';
import type { Cursor } from '../rough/cursor.js';
import { schemaOf } from '../rough/nodePath.js';
import type { NodePath } from '../rough/nodePath.js';
import { memberOf, textOf } from '../symbols/nodes.js';
import { celItems } from './celItems.js';
import { inventoryKeys, inventoryValues } from './inventoryNames.js';
import type { CompletionItem } from './item.js';
import { keyItems, namedKeyItems } from './keys.js';
import { freeKeyItem } from './freeKey.js';
import { outerItems } from './outerItems.js';
import { blockPlace, flowAround, inlinePlace, valuePlace } from './places.js';
import { referencesAt, versionsIn } from './references.js';
import { skeletonItems } from './skeletons.js';
import { stepSnippets } from './stepSnippets.js';
import { suppressionItems } from './suppressionItems.js';
import { useChoices } from './useItems.js';
import { templateItems } from './templateItems.js';
import { usedKeys } from './usedKeys.js';
import { choicesOf, valueItems } from './values.js';
import type { ValueChoice } from './values.js';

/** A place at which something is to be written. */
export interface CompletionRequest {
  readonly file: string;
  readonly text: string;
  readonly offset: number;
  readonly schema: JsonSchema;
  readonly isInventory: boolean;
  readonly neighbours: Neighbours;
}

/** What may stand at a place, the likeliest first. Never throws, however broken the text is. */
export async function completeAt(request: CompletionRequest): Promise<readonly CompletionItem[]> {
  const cursor = cursorAt(request.text, request.offset);
  const inner = await new Completion(request, cursor).items();
  const outer = await outerItems(cursor, inner, (text, offset) =>
    new Completion({ ...request, text, offset }, cursorAt(text, offset)).items(),
  );
  return [...inner, ...outer].sort((a, b) => (a.sortText < b.sortText ? -1 : a.sortText > b.sortText ? 1 : 0));
}

class Completion {
  readonly #request: CompletionRequest;
  readonly #cursor: Cursor;

  constructor(request: CompletionRequest, cursor: Cursor) {
    this.#request = request;
    this.#cursor = cursor;
  }

  async items(): Promise<readonly CompletionItem[]> {
    const { file, isInventory, neighbours, text } = this.#request;
    const comment = commentBefore(this.#cursor);
    if (comment !== undefined) return suppressionItems(this.#cursor, comment, isInventory);
    const { path } = this.#cursor;
    if (path === undefined) return [];
    const isEmpty = /^(?:[ \t]*(?:#[^\n]*)?\r?\n)*\w*\s*$/.test(text);
    const skeletons = isEmpty
      ? await skeletonItems(file, isInventory, { start: this.#cursor.word.start, end: text.length }, neighbours)
      : [];
    const { hit } = path;
    if (hit.kind === 'key') return [...skeletons, ...(await this.#keyItems(path))];
    return hit.node.kind === 'scalar' ? [...skeletons, ...(await this.#valueItems(path, hit.node))] : skeletons;
  }

  /** A key in a mapping that has others. */
  async #keyItems(path: NodePath): Promise<readonly CompletionItem[]> {
    if (!isMark(String(path.steps.at(-1)))) return [];
    const steps = path.steps.slice(0, -1);
    const mapping = path.containers.at(-1);
    const place = blockPlace(this.#cursor, path, 'key');
    return this.#keysIn(steps, path, mapping, place);
  }

  async #keysIn(
    steps: readonly (string | number)[],
    path: NodePath,
    mapping: NodePath['containers'][number] | undefined,
    place: ReturnType<typeof blockPlace>,
  ): Promise<readonly CompletionItem[]> {
    const { schema: root, isInventory, neighbours } = this.#request;
    const schema = schemaOf(root, steps);
    const branch = schema === undefined ? undefined : branchFor(root, schema, 'mapping');
    if (branch === undefined) return [];
    const named = isInventory
      ? await inventoryKeys(this.#cursor.root, steps, neighbours)
      : await usedKeys(steps, useAround(path), neighbours);
    if (named !== undefined) return namedKeyItems(root, branch, named, mapping, place);
    return [...keyItems(root, branch, mapping, place), ...freeKeyItem(root, branch, steps, place)];
  }

  async #valueItems(path: NodePath, node: ScalarNode): Promise<readonly CompletionItem[]> {
    const { schema: root } = this.#request;
    const schema = schemaOf(root, path.steps);
    const written = writtenIn(this.#cursor, node);
    if (schema === undefined || written === undefined) return [];
    const expression = this.#expressionItems(path, schema, written);
    if (expression !== undefined) return expression;
    const values = await this.#choices(path, schema, written.value.slice(0, written.at));
    const place = valuePlace(this.#cursor, path, node, root, schema);
    return [
      ...valueItems(values, place),
      ...(isAlone(node) ? await this.#structureItems(path, schema) : []),
      ...templateItems(this.#cursor, root, schema, node),
    ];
  }

  #expressionItems(path: NodePath, schema: JsonSchema, written: { value: string; at: number }): readonly CompletionItem[] | undefined {
    const { schema: root } = this.#request;
    const { word, offset, text } = this.#cursor;
    const format = branchesOf(root, schema).find(
      (branch) => branch.format === 'cel' || branch.format === 'template' || branch.format === 'markdown',
    )?.format;
    const found = celAt(written.value, written.at, format);
    if (found === undefined) return undefined;
    return celItems({
      ...found,
      word,
      offset,
      isCalled: text[word.end] === '(',
      outlook: outlookAt(this.#cursor.root, path),
      declarations: declarationsOf(this.#cursor.root),
      versions: versionsIn(this.#cursor.root),
    });
  }

  async #choices(path: NodePath, schema: JsonSchema, before: string): Promise<readonly ValueChoice[]> {
    const { schema: root, isInventory, neighbours } = this.#request;
    const listed = branchesOf(root, schema).flatMap((branch) => (branch.items === undefined ? [] : branchesOf(root, branch.items)));
    const scalars = branchesOf(root, schema).filter((branch) => !takesKind(branch, 'list'));
    const formats = new Set([...scalars, ...listed].map(({ format }) => format));
    const declarations = declarationsOf(this.#cursor.root);
    const container = path.containers.at(-1);
    const references = [...formats].flatMap((format) =>
      referencesAt({ root: this.#cursor.root, declarations, format, steps: path.steps, container }),
    );
    const used = formats.has('use')
      ? await useChoices({
          root: this.#cursor.root,
          written: before,
          neighbours,
          around: [textOfStep(path, 'id') ?? ''],
          filesOnly: stepAround(path) === undefined,
        })
      : [];
    const inInventory = isInventory ? await inventoryValues(path.steps, neighbours) : [];
    return [...inInventory, ...choicesOf(root, schema), ...listed.flatMap((item) => choicesOf(root, item)), ...references, ...used];
  }

  /** Keys and items, where a mapping or a list may begin. */
  async #structureItems(path: NodePath, schema: JsonSchema): Promise<readonly CompletionItem[]> {
    const { schema: root } = this.#request;
    const flow = flowAround(this.#cursor, path) !== undefined;
    const isBlockStart = /^[ \t]*(?:-[ \t]+)*-?$/.test(lineBefore(this.#cursor.text, this.#cursor.word.start));
    if (flow) return [];
    const list = branchFor(root, schema, 'list');
    const mapping = branchFor(root, schema, 'mapping');
    const steps = list?.items === undefined || mapping !== undefined ? path.steps : [...path.steps, 0];
    const item = steps === path.steps ? schema : (list?.items ?? {});
    const place = isBlockStart
      ? blockPlace(this.#cursor, path, steps === path.steps ? 'value' : 'item')
      : inlinePlace(this.#cursor, path, steps === path.steps ? '' : '- ');
    const snippets = item.$ref === '#/definitions/step' ? stepSnippets(place, declarationsOf(this.#cursor.root)) : [];
    return [...(await this.#keysIn(steps, path, undefined, place)), ...snippets];
  }
}

/** What the step or the entry around a place uses. */
function useAround({ containers }: NodePath): string | undefined {
  return textOf(
    memberOf(
      containers.findLast((container) => memberOf(container, 'use') !== undefined),
      'use',
    ),
  );
}
