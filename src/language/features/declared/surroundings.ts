import { createExpressions } from '../../expressions/index.js';
import type { CelOutlook, ExtraName, NamesHere, RoleType } from '../../expressions/index.js';
import type { SyntaxNode } from '../../text/syntaxNode.js';
import { hostContexts } from '../symbols/hostContext.js';
import { memberOf, membersOf, textOf, textsOf } from '../symbols/nodes.js';
import type { NodePath } from '../rough/nodePath.js';
import { hopsOfDraft, namesOfDraft } from './draftRunbook.js';

const SECRET_KEYS = new Set(['env', 'headers', 'form', 'json', 'user', 'password', 'answer']);
const LISTS_OF_STEPS = new Set(['steps', 'prerequisites', 'finally']);

/** What expressions at a place may name, and of which type everything is. Read off the text alone, however broken. */
export function outlookAt(root: SyntaxNode | undefined, path: Pick<NodePath, 'steps' | 'containers'>): CelOutlook {
  const names = namesOfDraft(root);
  const here = surroundingsAt(root, path);
  if (!isAboutAnyHost(path, here)) return createExpressions(names).outlook(here);
  // Whoever uses the procedure brings the hosts, and nobody in this file does: they may have what any role has.
  const members = Object.assign({}, ...Object.values(names.roles).map((role) => role.members)) as RoleType['members'];
  const outlook = createExpressions({ ...names, roles: { ...names.roles, [ANY]: { single: true, members } } }).outlook({
    ...here,
    hostRoles: [ANY],
  });
  const fieldsOf = (type: string): Readonly<Record<string, string>> => {
    const { [ANY]: _, ...fields } = outlook.fieldsOf(type);
    return fields;
  };
  return { ...outlook, fieldsOf };
}

/** Stands for all roles together; no role has this name. */
const ANY = 'any role';

/** In a procedure that nothing in this file uses, as far as that can be told. */
function isAboutAnyHost(path: Pick<NodePath, 'steps' | 'containers'>, { hostRoles }: NamesHere): boolean {
  const step = stepAround(path);
  const inside = path.steps.slice(path.steps.findLastIndex((_, index) => isStep(path.steps, index)) + 1);
  return (
    path.steps[0] === 'procedures' &&
    step !== undefined &&
    hostRoles.length === 0 &&
    memberOf(step, 'on') === undefined &&
    !isSettledEarly(inside) &&
    !isOnce([step])
  );
}

/** The step that a path leads into: the innermost; undefined outside of steps. */
export function stepAround({ steps, containers }: Pick<NodePath, 'steps' | 'containers'>): SyntaxNode | undefined {
  const at = steps.findLastIndex((_, index) => isStep(steps, index));
  return at < 0 ? undefined : containers[at + 1];
}

/** What the place of an expression gives it. */
function surroundingsAt(root: SyntaxNode | undefined, { steps, containers }: Pick<NodePath, 'steps' | 'containers'>): NamesHere {
  const chain = steps.flatMap((_, index) => (isStep(steps, index) ? [containers[index + 1]] : []));
  const last = steps.findLastIndex((_, index) => isStep(steps, index));
  const inside = steps.slice(last + 1).filter((step) => typeof step === 'string');
  const step = stepAround({ steps, containers });
  return {
    hostRoles: hostRolesAt(root, { steps, containers }, chain, inside),
    extras: extrasAt(steps, containers, step, inside),
    secrets: inside.some((key) => SECRET_KEYS.has(key)),
    hop: hasHop(root, steps, chain),
  };
}

function isStep(steps: readonly (string | number)[], index: number): boolean {
  if (typeof steps[index] !== 'number') return false;
  return LISTS_OF_STEPS.has(String(steps[index - 1])) || (index === 2 && steps[0] === 'procedures');
}

function hostRolesAt(
  root: SyntaxNode | undefined,
  { steps, containers }: Pick<NodePath, 'steps' | 'containers'>,
  chain: readonly (SyntaxNode | undefined)[],
  inside: readonly string[],
): readonly string[] {
  if (chain.length === 0) {
    const declaring = containers[2];
    if (steps[0] === 'roles' && inside.at(-1) === 'where') return textsOf(memberOf(declaring, 'of'));
    return steps[0] === 'facts' ? textsOf(memberOf(declaring, 'on')) : [];
  }
  if (isSettledEarly(inside) || isOnce(chain)) return [];
  const contexts = hostContexts(root);
  const around = chain.findLast((step) => step !== undefined && contexts.has(step));
  return around === undefined ? [] : [...(contexts.get(around) ?? [])];
}

/** Titles and inputs of what is used are settled before any host is chosen. */
function isSettledEarly([key]: readonly (string | number)[]): boolean {
  return key === 'title' || key === 'with';
}

function isOnce(chain: readonly (SyntaxNode | undefined)[]): boolean {
  return chain.reduce((outer, step) => {
    const once = memberOf(step, 'once');
    const said = once?.kind === 'scalar' ? once.value === true : undefined;
    return memberOf(step, 'on') === undefined ? (said ?? outer) : (said ?? false);
  }, false);
}

function extrasAt(
  steps: readonly (string | number)[],
  containers: NodePath['containers'],
  step: SyntaxNode | undefined,
  inside: readonly string[],
): readonly ExtraName[] {
  const isRequest = steps.some((key, index) => key === 'http' && containers[index + 1] !== undefined);
  if (isRequest) return ['body', 'status'];
  if (inside[0] !== 'outputs') return [];
  const ways = [step, ...membersOf(memberOf(step, 'methods')).map(({ value }) => value)];
  const isWeb = ways.some((way) => memberOf(way, 'http') !== undefined);
  const isShell = ways.some((way) => memberOf(way, 'http') === undefined);
  return [...(isWeb ? (['body', 'status'] as const) : []), ...(isShell ? (['stdout', 'exit'] as const) : [])];
}

function hasHop(root: SyntaxNode | undefined, steps: readonly (string | number)[], chain: readonly (SyntaxNode | undefined)[]): boolean {
  const hops = hopsOfDraft(root);
  if (hops === 'none') return false;
  if (hops === 'one' || steps[0] === 'advisories' || steps[0] === 'procedures' || steps[1] === 'instead') return true;
  return chain.some((step) => {
    const perHop = memberOf(step, 'per_hop');
    return perHop?.kind === 'scalar' && perHop.value === true;
  });
}

/** Text of a key of the step around a place. */
export function textOfStep(path: Pick<NodePath, 'steps' | 'containers'>, key: string): string | undefined {
  return textOf(memberOf(stepAround(path), key));
}
