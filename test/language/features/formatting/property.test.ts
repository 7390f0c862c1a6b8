import assert from 'node:assert/strict';
import fc from 'fast-check';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { draftPlan, planDigest } from '../../../../src/planner/index.js';
import { Random } from '../../../planner/property/support/random.js';
import { applied } from '../../../support/language/applied.js';
import { commentsOf } from '../../../support/language/comments.js';
import { documentsOf, generatedTexts, SEED, seeds } from '../../../support/language/generated.js';
import { serviceOver } from '../../../support/language/service.js';
import { yamlTexts } from '../../parser/support/yamlTexts.js';

const ROOT = join(import.meta.dirname, '../../../../examples');
const DOCUMENTS = documentsOf(60);

const FILE = '/a.runbook.yaml';

async function codesOf(text: string): Promise<readonly string[]> {
  return (await serviceOver({ [FILE]: text }).diagnose(FILE)).map(({ code, message }) => `${code} ${message}`).sort();
}

/** Formats a text, and asserts all that must be so. The text it gives. */
function assertFormats(text: string): string {
  const service = serviceOver({});
  const made = applied(text, service.format(FILE, text));
  assert.deepEqual(service.format(FILE, made), [], `formatted twice:\n${text}\n---\n${made}`);
  assert.deepEqual(commentsOf(made), commentsOf(text), text);
  assert.equal(made.replace(/\s/g, ''), text.replace(/\s/g, ''), 'only space changes');
  return made;
}

/** The same text with space where the house style has less, more or none. */
function mangled(text: string, random: Random): string {
  const deeper = random.oneIn(2);
  return text
    .split('\n')
    .flatMap((line) => {
      const out = deeper ? twiceAsDeep(line) : line;
      return [random.oneIn(8) && line.trim() !== '' ? `${out}  ` : out, ...(random.oneIn(20) && line.trim() === '' ? ['', '  '] : [])];
    })
    .join(random.oneIn(3) ? '\r\n' : '\n');
}

/** Dashes with what is behind them stay in line with the lines below. */
function twiceAsDeep(line: string): string {
  return line.replace(
    /^( *)((?:- +)*)/,
    (_whole, blanks: string, dashes: string) =>
      blanks.repeat(2) + dashes.replaceAll(/- +/g, (dash) => `-${' '.repeat(2 * dash.length - 1)}`),
  );
}

describe('formatting of any text', () => {
  for (const file of readdirSync(ROOT, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.runbook.yaml')))
    it(`gives ${file} back, however its space is mangled`, () => {
      const text = readFileSync(join(ROOT, file), 'utf8');
      const random = new Random(SEED);
      for (let run = 0; run < 3; run++) {
        const ugly = mangled(text, random);
        const made = assertFormats(ugly);
        const eol = ugly.includes('\r\n') ? '\r\n' : '\n';
        assert.deepEqual(parse(made, { stringKeys: true }), parse(ugly, { stringKeys: true }));
        // Blanks at the end of a line of a script are a part of the script.
        const visible = (whole: string): readonly string[] => whole.split(eol).map((line) => line.trimEnd());
        assert.deepEqual(
          visible(made),
          text.split('\n').map((line) => line.trimEnd()),
        );
      }
    }).timeout(120_000);

  it('keeps what generated documents mean, with their findings and plans', async () => {
    let changed = 0;
    let planned = 0;
    for (const seed of seeds(DOCUMENTS)) {
      const { runbook: written, inventory, facts } = generatedTexts(seed);
      // Where columns are counted, other columns are another text.
      const text = /[|>][-+]?\d/.test(written) ? written : mangled(written, new Random(seed + 1));
      const made = assertFormats(text);
      if (made !== text) changed++;
      assert.deepEqual(parse(made, { stringKeys: true }), parse(text, { stringKeys: true }));
      assert.deepEqual(await codesOf(made), await codesOf(text));
      const digestOf = async (whole: string): Promise<string | undefined> => {
        const service = serviceOver({ [FILE]: whole });
        const project = await service.loadProject(FILE);
        assert.ok(project !== undefined);
        if (!project.sound) return undefined;
        const { plan } = draftPlan({
          project,
          inventory: service.parseInventory('/b.inventory.yaml', inventory),
          inputs: {},
          facts,
          proof: false,
        });
        if (plan === undefined) return undefined;
        planned++;
        return planDigest(plan);
      };
      assert.equal(await digestOf(made), await digestOf(text));
    }
    assert.ok(changed > DOCUMENTS / 2 && planned > DOCUMENTS, `${String(changed)} changed, ${String(planned)} planned`);
  }).timeout(3_600_000);

  it('keeps any YAML', () => {
    fc.assert(
      fc.property(yamlTexts, (text) => {
        assertFormats(text);
      }),
      { seed: SEED, numRuns: DOCUMENTS * 10 },
    );
  }).timeout(3_600_000);

  it('keeps within the text and its meaning wherever a part is selected', () => {
    const random = new Random(SEED);
    const text = mangled(readFileSync(join(ROOT, 'sps/sps.runbook.yaml'), 'utf8'), new Random(4));
    const service = serviceOver({});
    for (let run = 0; run < 8; run++) {
      const start = random.below(text.length);
      const made = applied(text, service.format(FILE, text, { range: { start, end: Math.min(text.length, start + random.below(900)) } }));
      assert.deepEqual(parse(made, { stringKeys: true }), parse(text, { stringKeys: true }));
      assert.deepEqual(commentsOf(made), commentsOf(text));
    }
  }).timeout(120_000);
});
