import { ACTIONS, parseDuration, parseUseReference, resolveFile, roleNames } from '../language/index.js';
import type { ActionName, Method, ParsedRunbook, Project, Runbook, Step } from '../language/index.js';
import { hostsOfRoles } from './bind.js';
import { NO_HOST, LOCAL } from './plan.js';
import type { Condition, HostName, PlanContact, PlanGroup, PlanHost, PlanNode, PlanScope, PlanStep, SourceRef, Target } from './plan.js';
import { NOTHING_LIVE, renderKnown } from './values.js';

const PARALLEL = 10;
const EVERY_MS = 10_000;
const STRUCTURE = new Set([
  'id',
  'title',
  'on',
  'from',
  'once',
  'when',
  'serial',
  'pause_between',
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
  /** Inside an undo or a remedy, which have none of their own. */
  readonly aside: boolean;
}

/** What the expansion needs to know of the whole plan. */
export interface ExpansionWorld {
  readonly project: Project;
  readonly hosts: Readonly<Record<HostName, PlanHost>>;
  /** Opens a scope for a file used with its own inputs and roles. */
  openScope(id: string, document: ParsedRunbook, outer: PlanScope, step: Step): PlanScope;
  /** Called for every runbook file that takes part, once for each scope. */
  entered(scope: PlanScope, document: ParsedRunbook, path: string): void;
}

/** Turns steps as they are written into nodes of the plan: roles become hosts, `use` what it stands for, `serial` batches. */
export function expandSteps(steps: readonly Step[], around: Surroundings, world: ExpansionWorld): readonly PlanNode[] {
  const taken = new Map<string, number>();
  return steps.flatMap((step) => {
    const wanted = step.id ?? defaultId(step);
    const count = (taken.get(wanted) ?? 0) + 1;
    taken.set(wanted, count);
    return expandStep(step, count === 1 ? wanted : `${wanted}_${String(count)}`, around, world);
  });
}

function expandStep(step: Step, id: string, around: Surroundings, world: ExpansionWorld): readonly PlanNode[] {
  const own = step.on !== undefined;
  const hosts = own ? onlyThose(hostsOfRoles(step.on, around.scope.roles), around) : around.hosts;
  if (hosts?.length === 0) return [];
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

/** Within a batch of a serial group, an `on` that names the role of the batch means the hosts of the batch. */
function onlyThose(hosts: readonly HostName[], around: Surroundings): readonly HostName[] {
  const batch = around.hosts;
  if (batch === undefined || !around.prefix.includes('@')) return hosts;
  const shared = hosts.filter((host) => batch.includes(host));
  return shared.length > 0 ? shared : hosts;
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
      children: childrenOf(step, batchPath, { ...around, hosts }, world),
    };
  });
  return { ...group, pauseBetweenMs, children };
}

function childrenOf(step: Step, path: string, around: Surroundings, world: ExpansionWorld): readonly PlanNode[] {
  const inside = { ...around, prefix: path };
  if (step.steps !== undefined) return expandSteps(step.steps, inside, world);
  return expandUse(step, inside, world);
}

/** What `use` stands for; nothing where the reference leads nowhere or in a circle, which the linter has said. */
function expandUse(step: Step, around: Surroundings, world: ExpansionWorld): readonly PlanNode[] {
  const reference = parseUseReference(step.use ?? '');
  if (reference === undefined) return [];
  const file = reference.file === undefined ? around.document.file : resolveFile(around.document.file, reference.file);
  const document = world.project.files.get(file);
  const mark = `${file}#${reference.id ?? ''}`;
  if (document?.value === undefined || around.trail.includes(mark)) return [];
  const trail = [...around.trail, mark];
  if (file === around.document.file)
    return reference.id === undefined ? [] : expandSteps(named(document.value, reference.id), { ...around, trail }, world);
  const scope = world.openScope(around.prefix, document, around.scope, step);
  world.entered(scope, document, around.prefix);
  const steps =
    reference.id === undefined ? [...(document.value.prerequisites ?? []), ...document.value.steps] : named(document.value, reference.id);
  const hostRoles = Object.keys(scope.roles).filter((role) => around.hostRoles.includes(step.roles?.[role] ?? role));
  return expandSteps(steps, { ...around, document, scope, trail, hostRoles }, world);
}

/** A procedure, or the one step with this id. */
function named(runbook: Runbook, id: string): readonly Step[] {
  const procedure = runbook.procedures?.[id];
  if (procedure !== undefined) return procedure;
  const found = findStep(
    [...(runbook.prerequisites ?? []), ...Object.values(runbook.procedures ?? {}).flat(), ...runbook.steps, ...(runbook.finally ?? [])],
    id,
  );
  return found === undefined ? [] : [found];
}

function findStep(steps: readonly Step[], id: string): Step | undefined {
  for (const step of steps) {
    const found = step.id === id ? step : findStep(step.steps ?? [], id);
    if (found !== undefined) return found;
  }
  return undefined;
}

function planStep(step: Step, id: string, path: string, around: Surroundings, world: ExpansionWorld): PlanStep {
  const hostRoles = around.hosts === undefined || around.once ? [] : around.hostRoles;
  const estimateMs = parseDuration(step.estimate ?? '');
  const timeoutMs = parseDuration(step.timeout ?? '');
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

/** A reboot is a stop and a boot, whether or not its author says so. */
function effectsOf(step: Step): PlanStep['effects'] {
  const declared = step.effects ?? [];
  return step.reboot === undefined ? declared : [...new Set([...declared, 'stop' as const, 'boot' as const])];
}

/** The one action of a step or a part of one; undefined where a remedy is only advice. */
export function actionOf(step: object): ActionName | undefined {
  return ACTIONS.find((action) => action in step);
}

function defaultId(step: Step): string {
  const action = actionOf(step) ?? 'step';
  const reference = step.use === undefined ? undefined : parseUseReference(step.use);
  return reference?.id ?? (reference?.file === undefined ? action : (/([a-z][a-z0-9_]*)\.runbook/.exec(reference.file)?.[1] ?? action));
}

function bare(step: Step): Step {
  return Object.fromEntries(Object.entries(step).filter(([key]) => !STRUCTURE.has(key)));
}

function titleOf(step: Step, id: string, around: Surroundings, world: ExpansionWorld): string {
  const place = { scope: around.scope, hosts: world.hosts, hostRoles: [], host: undefined };
  return renderKnown(step.title ?? id.replaceAll('_', ' '), place, NOTHING_LIVE);
}

function placeOf(step: Step, around: Surroundings, world: ExpansionWorld): SourceRef {
  const { document } = around;
  const range = document.positions.of(step);
  return { file: relativeTo(world.project.root.file, document.file), line: document.lines.position(range?.start ?? 0).line };
}

function contactOf(runbook: Runbook | undefined, id: string): PlanContact | undefined {
  return runbook?.contacts?.[id];
}

/** `vendor#L12-L14` as people read it. */
function citation(runbook: Runbook | undefined, source: string): string {
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

/** A file as seen from the folder of another. */
export function relativeTo(base: string, file: string): string {
  const folder = base.slice(0, base.lastIndexOf('/') + 1);
  return file.startsWith(folder) ? file.slice(folder.length) : file;
}
