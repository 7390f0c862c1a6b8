import assert from 'node:assert/strict';
import { RunbookReader } from '../../../src/language/incremental/runbookReader.js';
import { createLanguageService } from '../../../src/language/index.js';
import type { Diagnostic, LanguageService } from '../../../src/language/index.js';
import { parseRunbook } from '../../../src/language/parser/parse.js';
import type { ParsedRunbook } from '../../../src/language/project.js';
import { edited, randomNumbers, SAMPLES } from './typing.js';
import type { Sample } from './typing.js';

/** How many edits are looked at, and from where the random numbers begin. */
const EDITS = Number(process.env['RUNBOOK_TEST_EDITS'] ?? 300);
const SEED = Number(process.env['RUNBOOK_TEST_SEED'] ?? 6);
const EDITS_OF_ONE = 20;

/** Every place of a value: of its mappings and lists, and of their members. */
function placesOf({ value, positions }: ParsedRunbook): unknown {
  const visit = (part: unknown): unknown =>
    typeof part !== 'object' || part === null
      ? part
      : [
          positions.of(part),
          ...Object.entries(part).map(([key, member]) => [
            key,
            positions.key(part, key),
            positions.value(part, Array.isArray(part) ? Number(key) : key),
            visit(member),
          ]),
        ];
  return visit(value);
}

/** Carries out random edits on random samples, and hands every text that comes of them to `look`, which says whether it is sound. */
async function type(begin: (sample: Sample) => (text: string) => Promise<boolean>): Promise<void> {
  const random = randomNumbers(SEED);
  for (let done = 0; done < EDITS;) {
    const sample = SAMPLES[Math.floor(random() * SAMPLES.length)] as Sample;
    let { text } = sample;
    const look = begin(sample);
    await look(text);
    for (let here = 0; here < EDITS_OF_ONE && done < EDITS; here++, done++) {
      const before = text;
      text = edited(text, random);
      const [was, is] = [JSON.stringify(before), JSON.stringify(text)];
      const isSound = await look(text).catch((error: unknown) => {
        throw new Error(`not the same after the edit that made of\n${was}\nthis:\n${is}`, { cause: error });
      });
      // People take back what is broken.
      if (random() >= (isSound ? 0.3 : 0.97)) continue;
      text = before;
      await look(text);
    }
  }
}

/** What is taken back is a text that was there before. */
function remembering<Result>(look: (text: string) => Result): (text: string) => Result {
  const known = new Map<string, Result>();
  return (text) => {
    const result = known.get(text) ?? look(text);
    known.set(text, result);
    return result;
  };
}

function serviceFor(file: string, text: () => string): LanguageService {
  const others = new Map(SAMPLES.map((sample) => [sample.file, sample.text]));
  return createLanguageService({ workspace: { readText: async (asked) => (asked === file ? text() : others.get(asked)) } });
}

describe('a runbook that is typed', () => {
  it(`is read as if it were read anew, after each of ${String(EDITS)} edits`, async () => {
    let [partly, wholly] = [0, 0];
    await type(({ file }) => {
      const reader = new RunbookReader(file);
      const readAnew = remembering((text) => parseRunbook(file, text));
      return async (text) => {
        const before = reader.counts;
        const [typed, anew] = [reader.read(text), readAnew(text)];
        partly += reader.counts.partly - before.partly;
        wholly += reader.counts.wholly - before.wholly;
        assert.deepEqual(typed.diagnostics, anew.diagnostics);
        assert.deepEqual(typed.value, anew.value);
        assert.deepEqual(placesOf(typed), placesOf(anew));
        return typed.value !== undefined;
      };
    });
    assert.ok(partly > EDITS / 10, `${String(partly)} texts were read where they were edited, ${String(wholly)} as a whole`);
  }).timeout(600_000);

  it(`has the diagnostics it would have anew, after each of ${String(EDITS)} edits`, async () => {
    await type(({ file }) => {
      let now = '';
      const typed = serviceFor(file, () => now);
      const diagnoseAnew = remembering((text) => serviceFor(file, () => text).diagnose(file));
      return async (text) => {
        now = text;
        const diagnostics: readonly Diagnostic[] = await typed.diagnose(file);
        assert.deepEqual(diagnostics, await diagnoseAnew(text));
        return diagnostics.every(({ severity }) => severity !== 'error');
      };
    });
  }).timeout(600_000);
});
