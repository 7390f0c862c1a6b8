import assert from 'node:assert/strict';
import { actingSteps, impatient, withoutStep } from './support/actingSteps.js';
import type { StepPlace } from './support/actingSteps.js';
import { Bench, journeyOf, runId } from './support/journey.js';
import type { Journey } from './support/journey.js';

/** Acting steps whose absence harms nobody in the lab, each with the reason. */
const EXCEPTIONS: Readonly<Record<string, string>> = {
  'sps core_files': 'Optional: the vendor leaves it to the operator whether old core files are still needed.',
  'sps close_ssh': 'Has nothing to do in a run without trouble: only an upgrade that cannot be taken back opens SSH. See the faults.',
  'urbancode-ha #stop_by_force/force': 'A remedy: it has nothing to do in a run without trouble. See the faults.',
  'secret-server open_setup': 'Opens a page and changes nothing; the page after it can be asked for without it.',
};

/** The installation of each example that has the most in it, and the subnets its labs take; two labs at a time. */
const EXAMPLES: readonly { readonly journey: Journey; readonly subnets: readonly string[] }[] = [
  { journey: journeyOf('sps', 'lab_pair_minions'), subnets: ['127.110', '127.111'] },
  { journey: journeyOf('urbancode-ha', 'lab_three'), subnets: ['127.112', '127.113'] },
  { journey: journeyOf('secret-server', 'lab_old'), subnets: ['127.114', '127.115'] },
  { journey: journeyOf('certificate-rotation', 'lab'), subnets: ['127.116', '127.117'] },
];

interface Candidate {
  readonly runbook: string;
  readonly place: StepPlace;
}

describe('the lab is a judge: a run without one of its acting steps is found out', function () {
  this.timeout(600_000);

  for (const { journey, subnets } of EXAMPLES) {
    it(journey.folder, async () => {
      const benches = await Promise.all(subnets.map((subnet) => Bench.open(journey, subnet)));
      try {
        const [first] = benches;
        assert.ok(first);
        for (const bench of benches) await makeImpatient(bench);
        assert.deepEqual(await complaints(first), [], 'the whole example, to begin with');
        const candidates = await candidatesOf(first);
        assert.ok(candidates.length > 5, 'the example has acting steps');
        const unnoticed: string[] = [];
        const tryAll = async (bench: Bench): Promise<void> => {
          for (let next = candidates.shift(); next !== undefined; next = candidates.shift())
            if (!(await isNoticed(bench, next))) unnoticed.push(nameOf(journey, next));
        };
        await Promise.all(benches.map(tryAll));
        assert.deepEqual(
          unnoticed.sort(),
          Object.keys(EXCEPTIONS)
            .filter((name) => name.startsWith(`${journey.folder} `))
            .sort(),
        );
      } finally {
        await Promise.all(benches.map((bench) => bench.close()));
      }
    });
  }
});

async function candidatesOf(bench: Bench): Promise<Candidate[]> {
  const found: Candidate[] = [];
  for (const runbook of filesOf(bench.journey)) {
    for (const place of actingSteps(await bench.text(runbook))) found.push({ runbook, place });
  }
  return found;
}

function nameOf(journey: Journey, { place }: Candidate): string {
  return `${journey.folder} ${place.name}`;
}

/** Every file whose steps are carried out. */
function filesOf({ runbooks, parts = [] }: Journey): readonly string[] {
  return [...runbooks, ...parts];
}

async function makeImpatient(bench: Bench): Promise<void> {
  for (const runbook of filesOf(bench.journey)) await bench.write(runbook, impatient(await bench.text(runbook)));
}

/** Runs the example without one step: whether the run ends otherwise than in success, or the lab has something to say. */
async function isNoticed(bench: Bench, { runbook, place }: Candidate): Promise<boolean> {
  await bench.lab.reset();
  const whole = await bench.text(runbook);
  await bench.write(runbook, withoutStep(whole, place));
  try {
    return (await complaints(bench)).length > 0;
  } finally {
    await bench.write(runbook, whole);
  }
}

/** What is wrong with a run of the example, by its own account and by the lab's. */
async function complaints(bench: Bench): Promise<readonly string[]> {
  const result = await bench.runAll();
  return result.code === 0 ? bench.verdict(runId(result)) : [`exit code ${String(result.code)}\n${result.out}${result.err}`];
}
