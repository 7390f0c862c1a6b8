import { findUsed, parseDuration, parseUseReference, resolveFile, roleNames } from '../language/index.js';
import type { Method, ParsedRunbook, Project, Runbook, Step } from '../language/index.js';
import { hostsOfRoles } from './bind.js';
import { relativeFile } from './digest.js';
import { effectsOf } from './effects.js';
import { NO_HOST, LOCAL } from './plan.js';
import type {
  Condition,
  HostName,
  PlanContact,
  PlanGroup,
  PlanHop,
  PlanHost,
  PlanNode,
  PlanScope,
  PlanStep,
  SourceRef,
  Target,
  UseStep,
} from './plan.js';
import { actionOf, SiblingIds } from './stepIds.js';
import { advisorySteps, originOf } from './upgrade/advisorySteps.js';
import { NOTHING_LIVE, renderKnown } from './values.js';

const PARALLEL = 10;
const EVERY_MS = 10_000;
/** The group of the steps of a more specific runbook. */
const INSTEAD = 'instead';
const STRUCTURE = new Set([
  'id',
  'title',
  'on',
  'from',
  'once',
  'when',
  'serial',
  'pause_between',
  'per_hop',
  'lead_time',
  'valid_for',
  'steps',
  'use',
  'roles',
  'with',
  'methods',
  'undo',
  'source',
]);

/** What a step inherits from the groups around it. */
export interface Surroundings {
  readonly document: ParsedRunbook;
  readonly scope: PlanScope;
  readonly section: PlanStep['section'];
  readonly prefix: string;
  /** Undefined outside any `on`. */
  readonly hosts: readonly HostName[] | undefined;
  readonly hostRoles: readonly string[];
  readonly from: string | undefined;
  readonly once: boolean;
  readonly conditions: readonly Condition[];
  /** `use` references that led here, to end at a cycle. */
  readonly trail: readonly string[];
  /** The same for people. */
  readonly reachedBy: readonly UseStep[];
  /** Within one batch of a serial group. */
  readonly batch: boolean;
  /** Inside an undo or a remedy, which have none of their own. */
  readonly aside: boolean;
}

/** What the expansion needs to know of the whole plan. */
export interface ExpansionWorld {
  readonly project: Project;
  readonly hosts: Readonly<Record<HostName, PlanHost>>;
  /** Called for every node before it is made; false once there are too many, which is a problem then. */
  room(): boolean;
  /** Opens a scope for a file used with its own inputs and roles. */
  openScope(id: string, document: ParsedRunbook, outer: PlanScope, step: Step, from?: string): PlanScope;
  /** The scope of one hop of the path of a file. */
  hopScope(scope: PlanScope, hop: PlanHop): PlanScope;
  /** The more specific runbook for a hop, where there is one. */
  dispatch(scope: PlanScope, document: ParsedRunbook): Instead | undefined;
  /** Called with the generic steps of a hop that another runbook is followed for. */
  compared(hop: PlanHop, generic: readonly PlanNode[]): void;
  /** Called for every runbook file that takes part, once for each scope. */
  entered(scope: PlanScope, document: ParsedRunbook, path: string): void;
}

/** A more specific runbook for certain hops. */
export type Instead = NonNullable<NonNullable<Runbook['upgrade']>['instead']>[number];

/** Turns steps as they are written into nodes of the plan: roles become hosts, `use` what it stands for, `serial` batches. */
export function expandSteps(
  steps: readonly Step[],
  around: Surroundings,
  world: ExpansionWorld,
  ids: SiblingIds = new SiblingIds(steps),
): readonly PlanNode[] {
  return steps.flatMap((step) => expandStep(step, ids.take(step), around, world));
}

function expandStep(step: Step, id: string, around: Surroundings, world: ExpansionWorld): readonly PlanNode[] {
  const own = step.on !== undefined;
  const hosts = own ? hostsHere(roleNames(step.on), around) : around.hosts;
  if (hosts?.length === 0 || !world.room()) return [];
  const once = own ? (step.once ?? false) : (step.once ?? around.once);
  const here: Surroundings = {
    ...around,
    hosts,
    once,
    from: step.from ?? (own ? undefined : around.from),
    hostRoles: own ? roleNames(step.on) : around.hostRoles,
  };
  const path = join(around.prefix, id);
  const isGroup = actionOf(step) === 'steps' || actionOf(step) === 'use';
  const inside = { ...here, conditions: [...around.conditions, ...conditionsOf(step, here, isGroup ? path : undefined)] };
  return isGroup ? [expandGroup(step, id, path, inside, world)] : [planStep(step, id, path, inside, world)];
}

function conditionsOf(step: Step, here: Surroundings, group: string | undefined): readonly Condition[] {
  if (step.when === undefined) return [];
  return [{ cel: step.when, scope: here.scope.id, hostRoles: here.once ? [] : here.hostRoles, ...(group === undefined ? {} : { group }) }];
}

/** Within a batch of a serial group, an `on` that names the role of the batch means the hosts of the batch; other roles are as ever. */
function hostsHere(roles: readonly string[], around: Surroundings): readonly HostName[] {
  const batch = around.batch ? around.hosts : undefined;
  const hosts = roles.flatMap((role) => {
    const all = hostsOfRoles(role, around.scope.roles);
    const shared = all.filter((host) => batch?.includes(host));
    return shared.length > 0 ? shared : all;
  });
  return [...new Set(hosts)];
}

function expandGroup(step: Step, id: string, path: string, around: Surroundings, world: ExpansionWorld): PlanGroup {
  const group = {
    kind: 'group' as const,
    path,
    id,
    title: titleOf(step, id, around, world),
    hosts: around.hosts ?? [],
    notes: step.notes ?? [],
    ...(step.impact === undefined ? {} : { impact: step.impact }),
    at: placeOf(step, around, world),
  };
  if (step.per_hop === true && around.scope.hops !== undefined && around.scope.hop === undefined)
    return { ...group, pauseBetweenMs: 0, children: hopGroups(step, group, around, world) };
  const pauseBetweenMs = parseDuration(step.pause_between ?? '') ?? 0;
  if (step.serial === undefined || around.hosts === undefined || around.once) {
    return { ...group, pauseBetweenMs: 0, children: childrenOf(step, path, around, world) };
  }
  const children = batches(around.hosts, step.serial).map((hosts): PlanGroup => {
    const batchPath = `${path}@${hosts.join('+')}`;
    return {
      ...group,
      path: batchPath,
      title: hosts.join(', '),
      hosts,
      notes: [],
      pauseBetweenMs: 0,
      children: childrenOf(step, batchPath, { ...around, hosts, batch: true }, world),
    };
  });
  return { ...group, pauseBetweenMs, children };
}

/** The group once for each hop of the path, each with a scope of its own. */
function hopGroups(
  step: Step,
  group: Omit<PlanGroup, 'pauseBetweenMs' | 'children'>,
  around: Surroundings,
  world: ExpansionWorld,
): readonly PlanGroup[] {
  return (around.scope.hops ?? []).map((hop): PlanGroup => {
    const scope = world.hopScope(around.scope, hop);
    const path = `${group.path}@${String(hop.number)}`;
    // Conditions of the group itself were written where no hop is known.
    const inHop = { ...around, scope, prefix: path };
    const title = titleOf(step, group.id, inHop, world);
    return { ...group, path, title, notes: [], hop, pauseBetweenMs: 0, ...hopChildren(step, path, hop, inHop, world) };
  });
}

/** What is done for a hop: the steps as they are written, or those of a more specific runbook. */
function hopChildren(
  step: Step,
  path: string,
  hop: PlanHop,
  around: Surroundings,
  world: ExpansionWorld,
): Pick<PlanGroup, 'children' | 'dispatchedTo'> {
  const instead = world.dispatch(around.scope, around.document);
  const generic = childrenOf(step, path, around, world);
  if (instead === undefined) return { children: generic };
  world.compared(hop, generic);
  return { children: expandInstead(instead, path, hop, around, world), dispatchedTo: instead.use };
}

/** The steps of a more specific runbook, whose own path begins where the hop does. */
function expandInstead(instead: Instead, path: string, hop: PlanHop, around: Surroundings, world: ExpansionWorld): readonly PlanNode[] {
  const { when: _when, ...used } = instead;
  return expandUse(used, { ...around, prefix: path }, world, hop.from, instead);
}

/** The steps of a runbook whose path has one hop: its own, or those of a more specific runbook. */
export function expandMain(steps: readonly Step[], around: Surroundings, world: ExpansionWorld, ids: SiblingIds): readonly PlanNode[] {
  const { hop } = around.scope;
  const instead = hop === undefined ? undefined : world.dispatch(around.scope, around.document);
  if (hop === undefined || instead === undefined) return expandSteps(steps, around, world, ids);
  world.compared(hop, expandSteps(steps, around, world));
  const path = join(around.prefix, INSTEAD);
  const title = instead.title ?? instead.use;
  const at = placeOf(instead, around, world);
  const children = expandInstead(instead, path, hop, around, world);
  return [
    {
      kind: 'group',
      path,
      id: INSTEAD,
      title,
      hosts: around.hosts ?? [],
      children,
      notes: [],
      hop,
      dispatchedTo: instead.use,
      pauseBetweenMs: 0,
      at,
    },
  ];
}

function childrenOf(step: Step, path: string, around: Surroundings, world: ExpansionWorld): readonly PlanNode[] {
  const inside = { ...around, prefix: path };
  if (step.steps !== undefined) return expandSteps(step.steps, inside, world);
  return expandUse(step, inside, world);
}

/** What `use` stands for; nothing where the reference leads nowhere or in a circle, which the linter has said. */
function expandUse(step: Step, around: Surroundings, world: ExpansionWorld, from?: string, origin: object = step): readonly PlanNode[] {
  const reference = parseUseReference(step.use ?? '');
  if (reference === undefined) return [];
  const file = reference.file === undefined ? around.document.file : resolveFile(around.document.file, reference.file);
  const document = world.project.files.get(file);
  const mark = `${file}#${reference.id ?? ''}..${reference.to ?? ''}`;
  if (document?.value === undefined || around.trail.includes(mark)) return [];
  const trail = [...around.trail, mark];
  const reachedBy = [...around.reachedBy, { use: step.use ?? '', at: placeOf(origin, around, world) }];
  const used = { ...around, trail, reachedBy };
  if (file === around.document.file) return expandSteps(findUsed(document.value, reference) ?? [], used, world);
  const scope = world.openScope(around.prefix, document, around.scope, step, from);
  world.entered(scope, document, around.prefix);
  const hostRoles = Object.keys(scope.roles).filter((role) => around.hostRoles.includes(step.roles?.[role] ?? role));
  const inside = { ...used, document, scope, hostRoles };
  const advisories = advisorySteps(document.value);
  // Whoever follows a part of a file must know what the vendor warns of, as much as whoever follows the whole.
  if (reference.id !== undefined) return expandSteps([...advisories, ...(findUsed(document.value, reference) ?? [])], inside, world);
  const before = [...advisories, ...(document.value.prerequisites ?? [])];
  const ids = idsOfFile(document.value, before);
  return [...expandSteps(before, inside, world, ids), ...expandMain(document.value.steps, inside, world, ids)];
}

/** Sections of a file stand side by side: their paths begin alike. `before`: what comes before its steps. */
export function idsOfFile(runbook: Runbook, before: readonly Step[]): SiblingIds {
  return new SiblingIds([...before, ...runbook.steps, ...(runbook.finally ?? [])], runbook.upgrade?.instead === undefined ? [] : [INSTEAD]);
}

function planStep(step: Step, id: string, path: string, around: Surroundings, world: ExpansionWorld): PlanStep {
  const hostRoles = around.hosts === undefined || around.once ? [] : around.hostRoles;
  const estimateMs = parseDuration(step.estimate ?? '');
  const timeoutMs = parseDuration(step.timeout ?? '');
  const validForMs = parseDuration(step.valid_for ?? '');
  const escalate = step.on_failure?.escalate === undefined ? undefined : contactOf(around.document.value, step.on_failure.escalate);
  const cites = step.source === undefined ? undefined : citation(around.document.value, step.source);
  const asides = around.aside ? [] : [{ ...around, section: 'aside' as const, aside: true, conditions: [] }];
  const made: PlanStep = {
    kind: 'step',
    path,
    id,
    title: titleOf(step, id, around, world),
    scope: around.scope.id,
    hostRoles,
    section: around.section,
    action: actionOf(step) as PlanStep['action'],
    conditions: around.conditions,
    targets: targetsOf(around),
    parallel: step.serial ?? PARALLEL,
    pauseBetweenMs: parseDuration(step.pause_between ?? '') ?? 0,
    ...(estimateMs === undefined ? {} : { estimateMs }),
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
    everyMs: parseDuration(step.every ?? '') ?? EVERY_MS,
    retry: { times: step.retry?.times ?? 0, everyMs: parseDuration(step.retry?.every ?? '') ?? EVERY_MS, safe: step.retry?.safe ?? false },
    spec: bare(step),
    answers: step.answers ?? [],
    evidence: step.evidence ?? [],
    effects: effectsOf(step),
    stages: step.stages ?? [],
    optional: step.optional ?? false,
    ...(step.lead_time === undefined ? {} : { leadTime: step.lead_time }),
    ...(validForMs === undefined ? {} : { validForMs }),
    reachedBy: around.reachedBy,
    ...(step.on_failure === undefined ? {} : { onFailure: step.on_failure }),
    ...(escalate === undefined ? {} : { escalate }),
    remedies: asides.flatMap((aside) =>
      (step.on_failure?.remedies ?? []).map((remedy, index) => expandAside(remedy, `${path}/remedy_${String(index + 1)}`, aside, world)),
    ),
    undo: asides.flatMap((aside) => (step.undo === undefined ? [] : expandAside(step.undo, `${path}/undo`, aside, world))),
    methods: {},
    ...(cites === undefined ? {} : { cites }),
    at: placeOf(step, around, world),
  };
  return {
    ...made,
    methods: Object.fromEntries(Object.entries(step.methods ?? {}).map(([name, method]) => [name, methodStep(made, method, around)])),
  };
}

/** One way of a step: the same place and the same checks, another act. */
function methodStep(step: PlanStep, method: Method, around: Surroundings): PlanStep {
  const timeoutMs = parseDuration(method.timeout ?? '') ?? step.timeoutMs;
  return {
    ...step,
    title: method.title ?? step.title,
    action: actionOf(method) as PlanStep['action'],
    spec: { ...step.spec, ...bare(method) },
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
    targets: method.from === undefined ? step.targets : targetsOf({ ...around, from: method.from }),
    answers: method.answers ?? [],
    evidence: method.evidence ?? [],
    remedies: [],
    undo: [],
  };
}

/** An undo or a remedy: one act on the same hosts. Empty where a remedy is only advice. */
function expandAside(step: Step, path: string, around: Surroundings, world: ExpansionWorld): readonly PlanNode[] {
  if (actionOf(step) === undefined) return [];
  const { match: _match, cause: _cause, ...acting } = step as Step & { match?: string; cause?: string };
  return expandStep(acting, path.slice(path.lastIndexOf('/') + 1), { ...around, prefix: path.slice(0, path.lastIndexOf('/')) }, world);
}

function targetsOf(around: Surroundings): readonly Target[] {
  const { hosts, from, once } = around;
  const place = from === undefined ? undefined : from === LOCAL ? LOCAL : around.scope.roles[from]?.[0];
  if (hosts === undefined) return [{ key: NO_HOST, about: [], at: place ?? LOCAL }];
  if (once) return [{ key: NO_HOST, about: hosts, at: place ?? (hosts[0] as HostName) }];
  return hosts.map((host) => ({ key: host, about: [host], at: place ?? host }));
}

function bare(step: Step): Step {
  const kept: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(step)) if (!STRUCTURE.has(key)) kept[key] = value;
  return kept;
}

function titleOf(step: Step, id: string, around: Surroundings, world: ExpansionWorld): string {
  const place = { scope: around.scope, hosts: world.hosts, hostRoles: [], host: undefined };
  // What is found out later, the installed version say, is left open in a title.
  return renderKnown(step.title ?? id.replaceAll('_', ' '), place, NOTHING_LIVE).replace(/\$\{\{.*?\}\}/g, '…');
}

function placeOf(step: object, around: Surroundings, world: ExpansionWorld): SourceRef {
  const { document } = around;
  const range = document.positions.of(originOf(step));
  return { file: relativeFile(world.project.root.file, document.file), line: document.lines.position(range?.start ?? 0).line };
}

function contactOf(runbook: Runbook | undefined, id: string): PlanContact | undefined {
  return runbook?.contacts?.[id];
}

/** `vendor#L12-L14` as people read it. */
export function citation(runbook: Runbook | undefined, source: string): string {
  const [id = '', place] = source.split('#');
  const title = runbook?.documents?.[id]?.title ?? id;
  return place === undefined ? title : `${title}, ${place.includes('-') ? 'lines' : 'line'} ${place.replaceAll('L', '').replace('-', '–')}`;
}

function batches(hosts: readonly HostName[], size: number): readonly (readonly HostName[])[] {
  const made: (readonly HostName[])[] = [];
  for (let at = 0; at < hosts.length; at += size) made.push(hosts.slice(at, at + size));
  return made;
}

function join(prefix: string, id: string): string {
  return prefix === '' ? id : `${prefix}/${id}`;
}
