import { nameTypesOf, roleLineage } from '../../expressions/index.js';
import { parseUseReference, resolveFile } from '../../model/useReference.js';
import type { Runbook } from '../../schema/generated/runbook.js';
import { quotedList } from '../../text/nearest.js';
import { keyRange } from '../keyRange.js';
import type { Finding, Rule } from '../rule.js';

export const usedRoleMismatch: Rule = {
  id: 'used-role-mismatch',
  family: 'correctness',
  severity: 'error',
  rationale: 'Another file is written for hosts with certain variables and platforms; on others it would fail half way.',
  cites: ['capability 7'],
  *check(context) {
    const { document, files, runbook, steps } = context;
    for (const use of [...steps.map(({ step }) => step), ...(runbook.upgrade?.instead ?? [])]) {
      const reference = use.use === undefined ? undefined : parseUseReference(use.use);
      const target = reference?.file === undefined ? undefined : files.get(resolveFile(document.file, reference.file))?.value;
      if (target === undefined) continue;
      for (const [theirs, declared] of Object.entries(target.roles ?? {})) {
        const given = use.roles !== undefined && Object.hasOwn(use.roles, theirs) ? use.roles[theirs] : undefined;
        const ours = given ?? theirs;
        if (!Object.hasOwn(runbook.roles ?? {}, ours) || (declared.of !== undefined && given === undefined)) continue;
        const range = given === undefined ? document.positions.value(use, 'use') : document.positions.value(use.roles as object, theirs);
        yield* compare(runbook, ours, target, theirs, range ?? keyRange(document, use));
      }
    }
  },
};

function* compare(
  runbook: Runbook,
  ours: string,
  target: Runbook,
  theirs: string,
  range: Finding['range'] | undefined,
): Generator<Finding> {
  if (range === undefined) return;
  const has = nameTypesOf(runbook).roles[ours]?.members ?? {};
  const wanted = Object.entries(target.roles?.[theirs]?.vars ?? {}).filter(
    ([, declared]) => typeof declared === 'string' || declared.default === undefined,
  );
  const missing = wanted.filter(([name]) => !Object.hasOwn(has, name)).map(([name]) => name);
  if (missing.length > 0)
    yield {
      range,
      message: `role "${theirs}" of that file needs ${quotedList(missing)}, and "${ours}" has no such variable; declare it under "vars" of "${ours}"`,
    };
  for (const [name, declared] of wanted) {
    const type = typeof declared === 'string' ? declared : declared.type;
    if (Object.hasOwn(has, name) && has[name] !== type)
      yield {
        range,
        message: `"${name}" is of type "${type}" in role "${theirs}" of that file and "${has[name] ?? ''}" in "${ours}"; give both one type`,
      };
  }
  const known = platformsOf(target, theirs);
  const unknown = platformsOf(runbook, ours).filter((platform) => !known.includes(platform));
  if (unknown.length > 0)
    yield {
      range,
      message: `"${ours}" may have hosts of ${quotedList(unknown)}, which role "${theirs}" of that file does not know; add the platform there`,
    };
}

function platformsOf(runbook: Runbook, role: string): readonly string[] {
  const declared = roleLineage(runbook, role).flatMap((ancestor) => runbook.roles?.[ancestor]?.platforms ?? []);
  return declared.length > 0 ? [...new Set(declared)] : ['linux'];
}
