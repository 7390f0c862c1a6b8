import type { Advisory, Runbook, Step } from '../../language/index.js';

const origins = new WeakMap<object, object>();

/** The part of the text that a step was made from, for steps that stand nowhere themselves. */
export function originOf(step: object): object {
  return origins.get(step) ?? step;
}

/**
 * What advisories demand, as steps before all others: a person acknowledges one that applies, and one that forbids the upgrade fails.
 * Empty when none demands anything.
 */
export function advisorySteps(runbook: Runbook): readonly Step[] {
  const steps = (runbook.advisories ?? []).flatMap((advisory): readonly Step[] => {
    const step = stepOf(advisory, runbook);
    if (step === undefined) return [];
    origins.set(step, advisory);
    return [step];
  });
  if (steps.length === 0) return [];
  const group: Step = { id: 'advisories', title: 'Advisories of the vendor', steps: [...steps] };
  origins.set(group, runbook.advisories ?? group);
  return [group];
}

function stepOf(advisory: Advisory, runbook: Runbook): Step | undefined {
  const { id, title, text, link, severity, source, demands } = advisory;
  const shared: Step = {
    id,
    title: title ?? id.replaceAll('_', ' '),
    when: `advisories.${id}`,
    ...(source === undefined ? {} : { source }),
  };
  switch (demands) {
    case 'acknowledgement':
      return {
        ...shared,
        manual: text,
        ...(link === undefined ? {} : { open: link }),
        evidence: [{ attest: 'I have read this and act on it.' }],
        notes: [{ severity, text }],
      };
    case 'stop': {
      const escalate = runbook.upgrade?.supported?.otherwise;
      return {
        ...shared,
        check: { that: `!advisories.${id}` },
        on_failure: { remedies: [{ title: text }], ...(escalate === undefined ? {} : { escalate }) },
      };
    }
    default:
      return undefined;
  }
}
