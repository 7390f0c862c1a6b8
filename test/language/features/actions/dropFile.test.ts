import assert from 'node:assert/strict';
import { droppedAt } from '../../../../src/language/index.js';
import type { DroppedFile } from '../../../../src/language/index.js';
import { applied } from '../../../support/language/applied.js';
import { withCursor } from '../../../support/language/cursor.js';
import { serviceOver } from '../../../support/language/service.js';

const FILE = '/a.runbook.yaml';
const HEAD = `runbook: v1
id: sample
title: Sample
roles: { web: { hosts: 2.. } }
steps:
`;

/** The steps after a file was dropped at `|`, and what is wrong with them. */
async function dropping(steps: string, file: DroppedFile): Promise<string> {
  const { text, offset } = withCursor(HEAD + steps);
  const dropped = droppedAt(text, offset, file);
  assert.ok(dropped !== undefined);
  const made = applied(text, dropped.edits);
  assert.deepEqual(
    (await serviceOver({ [FILE]: made }).diagnose(FILE)).map(({ code, message }) => `${code}: ${message}`),
    [],
    made,
  );
  return made.slice(HEAD.length);
}

const LOOK = '  - id: look\n    title: Look\n    on: web\n    check: { host: reachable }\n';

describe('a file that is dropped into a runbook', () => {
  it('is written out behind the step, where it is a short script', async () => {
    assert.equal(
      await dropping(LOOK.replace('title', 'ti|tle'), { path: 'scripts/clean-up.sh', text: '#!/bin/sh\nset -e\n\ncd /srv\nls *.old\n' }),
      `${LOOK}  - id: clean_up\n    title: Clean up\n    on: web\n    run: |\n      set -e\n\n      cd /srv\n      ls *.old\n    timeout: 10m\n`,
    );
  });

  it('says the shell that a script asks for', async () => {
    assert.match(await dropping(`${LOOK}|`, { path: 'a.sh', text: '#!/usr/bin/env bash\nls\n' }), /run: \|\n {6}ls\n {4}shell: bash\n/);
  });

  it('is sent and run, where it is long or in another language', async () => {
    assert.equal(
      await dropping(`${LOOK}|`, { path: 'scripts/migrate.py', text: 'print(1)\n' }),
      `${LOOK}  - id: upload_migrate
    title: Send the script for "Migrate"
    on: web
    upload: { file: scripts/migrate.py, to: /tmp/migrate.py }
    timeout: 5m
  - id: migrate
    title: Migrate
    on: web
    run: python3 "$1"
    args: [/tmp/migrate.py]
    timeout: 10m
`,
    );
    assert.match(await dropping(`${LOOK}|`, { path: 'long.sh', text: 'date\n'.repeat(61) }), /run: sh "\$1"/);
  });

  it('has an id of its own, and the hosts of the group around it', async () => {
    const group = `  - id: rolling
    title: Rolling
    on: web
    serial: 1
    steps:
      - id: clean
        title: Clean
        check: { host: re|achable }
      - { id: after, title: After, check: { host: reachable } }
`;
    assert.match(
      await dropping(group, { path: 'clean.sh', text: 'date\n' }),
      /reachable \}\n {6}- id: clean_2\n {8}title: Clean\n {8}run: \|\n {10}date\n {8}timeout: 10m\n {6}- \{ id: after/,
    );
  });

  it('is the figure of the step, where it is a picture, and a step of its own where there is a figure already', async () => {
    const manual = '  - id: page\n    title: Page\n    on: web\n    manual: Look at the |page.\n    evidence: [{ attest: Done. }]\n';
    const once = await dropping(manual, { path: 'images/the page.png', text: undefined });
    assert.equal(
      once,
      `  - id: page\n    title: Page\n    on: web\n    manual: Look at the page.\n    figure: 'images/the page.png'\n    evidence: [{ attest: Done. }]\n`,
    );
    assert.match(
      await dropping(once.replace('Look', 'L|ook'), { path: 'b.png', text: undefined }),
      /attest: Done\. \}\]\n {2}- id: b\n {4}title: B\n {4}manual: Do what the figure shows\.\n {4}figure: b\.png\n$/,
    );
  });

  it('keeps the line breaks of the file', () => {
    const text = (HEAD + LOOK).replaceAll('\n', '\r\n');
    const dropped = droppedAt(text, text.length, { path: 'a.sh', text: 'date\nid\n' });
    assert.doesNotMatch(applied(text, dropped?.edits ?? []), /(?<!\r)\n/);
  });

  it('is left alone where it cannot be a step, or there is no place for one', () => {
    const text = HEAD + LOOK;
    assert.equal(droppedAt(text, text.length, { path: 'notes.txt', text: undefined }), undefined);
    assert.equal(droppedAt('runbook: [', 3, { path: 'a.sh', text: 'date' }), undefined);
    assert.equal(droppedAt('runbook: v1\nid: x\ntitle: X\n', 3, { path: 'a.sh', text: 'date' }), undefined);
  });
});
