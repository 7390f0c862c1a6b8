import assert from 'node:assert/strict';
import fc from 'fast-check';
import { formatReport } from '../../../../src/cli/lint/formats/index.js';
import { plainText } from '../../../../src/cli/lint/formats/plainText.js';
import { visible } from '../../../../src/cli/reporters/visible.js';
import { readXml, schemaErrors } from './readers/xml.js';
import type { XmlElement } from './readers/xml.js';
import { finding, hostileReport, PIPE, written } from './reports.js';

/** Few, because each starts a program: what they hold is large instead. */
const FEW = { numRuns: 15 };
const large = fc.array(hostileReport, { minLength: 1, maxLength: 8 }).map((reports) => ({
  findings: reports.flatMap(({ report }) => report.findings),
  sources: new Map(reports.flatMap(({ sources }) => [...sources])),
}));

const cases = (root: XmlElement): readonly XmlElement[] => root.children.flatMap(({ children }) => children);

describe('the junit format', () => {
  it('has a suite for each file and a case for each finding, which fails when the command does', () => {
    const findings = [finding(), finding({ severity: 'warning', place: { line: 7, column: 1, endLine: 7, endColumn: 2 } })];
    const sources = new Map([
      ['a.runbook.yaml', ''],
      ['clean.runbook.yaml', ''],
    ]);
    assert.equal(
      written('junit', findings, { sources, failOn: 'error' }),
      [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<testsuites name="runbook lint" tests="3" failures="1" errors="0">',
        '  <testsuite name="a.runbook.yaml" tests="2" failures="1" errors="0">',
        '    <testcase classname="a.runbook.yaml" name="some-rule at 2:5">',
        '      <failure type="error" message="it is wrong">a.runbook.yaml:2:5: error some-rule: it is wrong</failure>',
        '    </testcase>',
        '    <testcase classname="a.runbook.yaml" name="some-rule at 7:1">',
        '      <system-out>a.runbook.yaml:7:1: warning some-rule: it is wrong</system-out>',
        '    </testcase>',
        '  </testsuite>',
        '  <testsuite name="clean.runbook.yaml" tests="1" failures="0" errors="0">',
        '    <testcase classname="clean.runbook.yaml" name="no findings"/>',
        '  </testsuite>',
        '</testsuites>',
        '',
      ].join('\n'),
    );
  });

  it('shows what XML cannot hold', () => {
    const root = readXml(written('junit', [finding({ message: 'a\u0000b\u001b]]>\ufffe\ud800' })]));
    assert.equal(cases(root)[0]?.children[0]?.attributes['message'], 'a\\u0000b\\u001b]]>\\ufffe\\ud800');
  });

  it('is valid and reads back as what was meant', () => {
    fc.assert(
      fc.property(large, ({ findings, sources }) => {
        const xml = written('junit', findings, { sources });
        assert.equal(schemaErrors(xml, 'junit-10.xsd'), '');
        const root = readXml(xml);
        const read = cases(root).filter(({ children }) => children.length > 0);
        const meant = [...sources.keys()].flatMap((file) => findings.filter((one) => one.file === file));
        assert.deepEqual(
          read.map(({ attributes, children: [inner] }) => [
            attributes['classname'],
            inner?.tag,
            inner?.attributes['message'],
            inner?.text.split('\n').length,
          ]),
          meant.map(({ file, severity, message, related }) => {
            const fails = severity !== 'information';
            return [visible(file), fails ? 'failure' : 'system-out', fails ? visible(message) : undefined, 1 + related.length];
          }),
        );
        read.forEach(({ children: [inner] }, index) => assert.ok(inner?.text.includes(plainText(meant[index]?.message ?? ''))));
        assert.equal(root.children.length, sources.size);
        assert.equal(root.attributes['tests'], String(cases(root).length));
        assert.equal(root.attributes['failures'], String(findings.filter(({ severity }) => severity !== 'information').length));
      }),
      FEW,
    );
  });

  it('is held to a schema that refuses what is none', () => {
    assert.notEqual(schemaErrors('<testsuites><testcase/></testsuites>', 'junit-10.xsd'), '');
    assert.notEqual(
      schemaErrors(
        formatReport('json', { findings: [], files: 0, hidden: { suppressed: 0, baseline: 0, unchanged: 0 }, version: '' }, PIPE),
        'junit-10.xsd',
      ),
      '',
    );
  });
});
