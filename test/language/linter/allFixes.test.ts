import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Diagnostic, Fix } from '../../../src/language/index.js';
import { serviceOnDisk } from '../../support/language/service.js';
import { mutated } from './mutants/mutation.js';
import { OF_ROTATION } from './mutants/rotation.js';
import { OF_SYNTAX } from './mutants/syntax.js';

const root = join(import.meta.dirname, '../../..');
const rotation = join(root, 'examples/certificate-rotation/rotation.runbook.yaml');

/** Rules whose findings bring a mend. One that loses it, or gets one, is to be told here. */
const WITH_FIX = [
  'bash-under-sh',
  'byte-order-mark',
  'control-character',
  'fragile-check',
  'invalid-expression',
  'invalid-value',
  'invisible-character',
  'lone-carriage-return',
  'reads-as-number',
  'reboot-by-script',
  'secret-over-plain-http',
  'sudo-in-script',
  'unanswered-question',
  'undefined-advisory',
  'undefined-contact',
  'undefined-document',
  'undefined-fact',
  'undefined-input',
  'undefined-role',
  'undefined-secret',
  'undefined-step',
  'undefined-version-scheme',
  'unguarded-deletion',
  'unknown-key',
  'unknown-value',
  'unquoted-template',
  'unquoted-value',
  'unused-anchor',
  'version-literal',
  'wrong-kind',
  'wrong-name',
  'yaml-directive',
  'yaml-syntax',
  'yaml-tag',
];

interface Case {
  readonly name: string;
  readonly file: string;
  readonly text: string;
}

/** Every bad fixture, and every mutant of an example that is made by a few characters. */
function cases(): readonly Case[] {
  const fixtures = ['rules', 'malformed'].flatMap((folder) => {
    const below = join(root, 'test/fixtures', folder);
    return readdirSync(below, { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.(?:runbook|inventory)\.yaml$/.test(name) && !/good\./.test(name))
      .map((name) => ({ name: `${folder}/${name}`, file: join(below, name), text: readFileSync(join(below, name), 'utf8') }));
  });
  const text = readFileSync(rotation, 'utf8');
  const mutants = [...OF_SYNTAX, ...OF_ROTATION]
    .filter(({ edits }) => edits.every(([, to]) => to.length < 1000))
    .map((mutation) => ({ name: `rotation with ${mutation.rule}`, file: rotation, text: mutated(text, mutation) }));
  const head = 'runbook: v1\nid: sample\ntitle: Sample\n';
  const number = `${head}# A comment.\n\ninputs: { to: { type: version, default: 10.5 } } # and another\nsteps: [ { run: date } ]\n`;
  return [...fixtures, ...mutants, { name: 'a version that reads as a number', file: join(root, 'sample.runbook.yaml'), text: number }];
}

function applied(text: string, { edits }: Fix): string {
  return [...edits]
    .sort((a, b) => b.range.start - a.range.start)
    .reduce((made, { range, text: put }) => made.slice(0, range.start) + put + made.slice(range.end), text);
}

async function findingsIn(file: string, text: string): Promise<readonly Diagnostic[]> {
  return serviceOnDisk(new Map([[file, text]])).diagnose(file);
}

describe('every mend', () => {
  const mended = new Set<string>();

  for (const { name, file, text } of cases()) {
    it(`of ${name} mends what it is for, and changes nothing else`, async () => {
      const found = await findingsIn(file, text);
      for (const finding of found) {
        if (finding.fix === undefined) continue;
        mended.add(finding.code);
        const made = applied(text, finding.fix);
        const after = await findingsIn(file, made);
        // By its words: what is named now may have another fault of the same kind.
        const of = (all: readonly Diagnostic[]): number =>
          all.filter(({ code, message }) => code === finding.code && message === finding.message).length;
        assert.ok(of(after) < of(found), `${finding.code} is still found:\n${made}`);
        assertNothingElse(text, made, finding.fix);
        const syntax = (all: readonly Diagnostic[]): number => all.filter(({ code }) => code === 'yaml-syntax').length;
        assert.ok(syntax(after) <= syntax(found), `${finding.code}: what comes of it is not YAML:\n${made}`);
      }
    });
  }

  it('is tried for every rule that has one', () => {
    assert.deepEqual([...mended].sort(), WITH_FIX);
  });
});

/** Edits do not overlap, and all text outside of them, comments and empty lines with it, is what it was. */
function assertNothingElse(before: string, after: string, { edits }: Fix): void {
  const ordered = [...edits].sort((a, b) => a.range.start - b.range.start);
  let [at, behind] = [0, 0];
  for (const { range, text } of ordered) {
    assert.ok(range.start >= at, 'edits do not overlap');
    assert.equal(after.slice(behind, behind + range.start - at), before.slice(at, range.start));
    behind += range.start - at + text.length;
    at = range.end;
    assert.doesNotMatch(before.slice(range.start, range.end), /^\s*#/m, 'no comment is lost');
  }
  assert.equal(after.slice(behind), before.slice(at));
}
