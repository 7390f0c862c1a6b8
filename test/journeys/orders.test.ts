import assert from 'node:assert/strict';
import { parse } from 'yaml';
import { impatient } from './support/actingSteps.js';
import { Bench, journeyOf, JOURNEYS } from './support/journey.js';
import type { Journey } from './support/journey.js';
import { rearranged } from './support/rearranged.js';
import type { Move } from './support/rearranged.js';
import { runUnproven } from './support/unproven.js';

/** A declared order the other way round, and what must come of it when nobody proves it. */
interface Inversion extends Move {
  /** Which of the declared orders, 1 for the first. */
  readonly order: number;
  /** File with the steps, when it is not the first runbook of the journey. */
  readonly file?: string;
  /** What the lab notices, or what the failing run says. */
  readonly breaks: RegExp;
}

const EXAMPLES: readonly { readonly journey: Journey; readonly subnet: string; readonly inversions: readonly Inversion[] }[] = [
  {
    journey: journeyOf('sps', 'lab_pair_minions'),
    subnet: '127.120',
    inversions: [
      {
        order: 1,
        steps: ['configuration_backup', 'keep_backup'],
        after: 'primary_up',
        breaks: /sps_primary was rebooted into its new firmware without a backup of its configuration/,
      },
      {
        order: 2,
        steps: ['minions'],
        after: 'primary_up',
        breaks: /sps_primary was rebooted into its new firmware before the Search Minion minion_1, which wrote an index of the old kind/,
      },
      {
        order: 3,
        steps: ['stop_other'],
        after: 'primary_up',
        breaks: /sps_primary was rebooted into its new firmware while sps_secondary was still up/,
      },
      { order: 4, steps: ['back'], before: 'primary_up', breaks: /sps_secondary was powered on before sps_primary ran its new firmware/ },
    ],
  },
  {
    journey: journeyOf('urbancode-ha', 'lab_three'),
    subnet: '127.121',
    inversions: [
      { order: 1, steps: ['back_up'], after: 'others', breaks: /the installer changed ucd_1 without a backup of the database/ },
      { order: 2, steps: ['stop', 'really_stopped'], after: 'first', breaks: /A previously installed version .* is running/ },
      {
        order: 2,
        steps: ['isolate'],
        after: 'others',
        breaks: /the installer changed ucd_1 while the load balancer still sends requests to ucd_1, ucd_2, ucd_3/,
      },
      { order: 3, steps: ['first'], after: 'others', breaks: /must not come: The first server has upgraded the database already/ },
      {
        order: 4,
        steps: ['rejoin'],
        before: 'others',
        breaks: /ucd_2 got requests from the load balancer again before it was upgraded and online/,
      },
    ],
  },
  {
    journey: journeyOf('secret-server', 'lab'),
    subnet: '127.122',
    inversions: [
      {
        order: 1,
        file: 'setup.runbook.yaml',
        steps: ['back_up'],
        after: 'upgrade',
        breaks: /the application folder was said to be backed up, but it was not/,
      },
      { order: 2, steps: ['stop_standby'], after: 'hop', breaks: /web_1 was upgraded while the application pool of web_2 was running/ },
    ],
  },
  {
    journey: journeyOf('certificate-rotation', 'lab'),
    subnet: '127.123',
    inversions: [
      { order: 1, steps: ['back_up'], after: 'reload', breaks: /got another certificate, and the old one was not kept with its key/ },
    ],
  },
];

describe('every declared order of the examples, the other way round', function () {
  this.timeout(300_000);

  it('is in this table, for each example that has a lab', () => {
    assert.deepEqual([...new Set(JOURNEYS.map(({ folder }) => folder))].sort(), EXAMPLES.map(({ journey }) => journey.folder).sort());
  });

  for (const { journey, subnet, inversions } of EXAMPLES) {
    describe(journey.folder, () => {
      let bench: Bench;
      before(async () => {
        bench = await Bench.open(journey, subnet);
      });
      after(() => bench.close());
      beforeEach(() => bench.lab.reset());

      it('has no other orders', async () => {
        const { order } = parse(await bench.text(journey.runbooks[0])) as { order: readonly unknown[] };
        assert.deepEqual(
          [...new Set(inversions.map((inversion) => inversion.order))],
          [...order.keys()].map((index) => index + 1),
        );
      });

      for (const inversion of inversions) {
        const { order, steps, before: earlier, after: later, file = journey.runbooks[0], breaks } = inversion;
        const where = earlier === undefined ? `after ${later ?? ''}` : `before ${earlier}`;
        it(`order ${String(order)}: ${steps.join(' and ')} ${where} is refused, and breaks the lab where it is not`, async () => {
          const whole = await bench.text(file);
          const { order: orders } = parse(await bench.text(journey.runbooks[0])) as { order: readonly { because: string }[] };
          await bench.write(file, impatient(rearranged(whole, inversion)));
          try {
            const { refused, status, said } = await runUnproven(bench);
            const because = orders[order - 1]?.because.trim() ?? '?';
            const broken = refused
              .filter(({ diagnostic }) => diagnostic.code === 'order-broken')
              .map(({ diagnostic }) => diagnostic.message);
            assert.ok(broken.length === refused.length, refused.map(({ diagnostic }) => diagnostic.message).join('\n'));
            assert.ok(
              broken.some((message) => message.includes(because)),
              `${because}\n${broken.join('\n')}`,
            );
            const noticed = bench.lab.violations().join('\n');
            assert.match(status === 'succeeded' ? noticed : `${noticed}\n${said}`, breaks);
          } finally {
            await bench.write(file, whole);
          }
        });
      }
    });
  }
});
