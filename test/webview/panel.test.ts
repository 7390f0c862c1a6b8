import assert from 'node:assert/strict';
import { gateDigest } from '../../src/protocol/index.js';
import type { Briefing } from '../../src/protocol/index.js';
import * as gates from './support/gates.js';
import { closeBrowser, openPanel, picture } from './support/panelPage.js';
import type { PanelPage } from './support/panelPage.js';
import { clusterPlan, Story } from './support/runs.js';

const BRIEFINGS: readonly Briefing[] = [
  {
    step: 'stage/test',
    notes: [{ severity: 'warning', text: 'Proceed only if the test is **successful**.' }],
    impact: 'Nobody can change the configuration.',
    expect: 'The line `Test passed` on the page.',
    watch: [{ title: 'Firmware page', href: 'https://primary.example.com/firmwares' }],
  },
];

function message(story: Story, live = true): unknown {
  return { type: 'state', state: story.state, now: story.now, live, briefings: BRIEFINGS };
}

function prepared(): Story {
  return new Story(clusterPlan())
    .done('prepare/backup', 'primary')
    .done('prepare/healthy', 'primary', 'secondary', 'minion_1', 'minion_2')
    .done('stage/upload', 'primary');
}

describe('the panel', function () {
  this.timeout(60_000);
  let panel: PanelPage | undefined;

  async function open(...args: Parameters<typeof openPanel>): Promise<PanelPage> {
    panel = await openPanel(...args);
    return panel;
  }

  afterEach(async () => {
    const trouble = panel?.trouble ?? [];
    await panel?.close();
    panel = undefined;
    assert.deepEqual(trouble, []);
  });
  after(closeBrowser);

  it('says what is going on', async () => {
    const { page, send } = await open();
    await send(message(prepared().done('stage/notes', 'primary').begin('stage/test', 'primary')));
    await picture(panel as PanelPage, 'running');
    await page.getByRole('heading', { name: 'Upgrade the session cluster' }).waitFor();
    assert.match(await page.locator('.standing').innerText(), /Running.*4 of 13 steps done/s);
    assert.match(await page.locator('.step-now').innerText(), /Test the configuration.*Meanwhile.*Nobody can change/s);
    assert.equal(
      await page
        .locator('tr.current')
        .innerText()
        .then((text) => text.trim()),
      'Test the configuration against the firmware',
    );
    assert.match(
      await page.getByRole('region', { name: 'What cannot be taken back' }).innerText(),
      /Reboot the primary \(primary\) — still to come/,
    );
  });

  for (const theme of ['light', 'dark', 'high-contrast'] as const) {
    it(`draws every kind of question in ${theme}`, async () => {
      const { page, send } = await open(theme);
      const story = prepared().begin('stage/notes', 'primary').fail('stage/test', 'primary').begin('minions@minion_1/upgrade', 'minion_1');
      for (const gate of [
        gates.manual,
        gates.failure,
        gates.confirm,
        gates.method,
        gates.unknown,
        gates.prompt,
        gates.value,
        gates.doubt,
        gates.window,
      ])
        story.ask(gate);
      await send(message(story));
      await picture(panel as PanelPage, `questions-${theme}`);
      assert.equal(await page.locator('.card').count(), 9);
    });
  }

  it('sends the evidence it was asked for, and not before it is whole', async () => {
    const { page, send, asked } = await open();
    const story = prepared().begin('stage/notes', 'primary').ask(gates.manual);
    await send(message(story));
    const done = page.locator('.card vscode-button', { hasText: 'Done' });
    await done.click();
    assert.match(await page.getByRole('alert').innerText(), /read the upgrade notes/);
    await page.locator('vscode-checkbox').click();
    await page.getByLabel('Version shown').fill('seven');
    await done.click();
    assert.match(await page.getByRole('alert').innerText(), /does not have the form/);
    await page.getByLabel('Version shown').fill('7.0.2.1');
    await page.getByLabel('Does anything').selectOption('no');
    await page.locator('vscode-button', { hasText: 'Choose file' }).click();
    assert.deepEqual(await asked(), [
      { type: 'choose_file', run: story.state.run, gate: 'g1', drawn: gateDigest(story.state, 'g1'), field: 'picture' },
    ]);
    const picked = { id: 'picture', value: 'page.png', sha256: 'a'.repeat(64) };
    await send({ type: 'file_chosen', run: story.state.run, gate: 'g1', given: picked });
    await done.click();
    assert.deepEqual((await asked()).at(-1), {
      type: 'answer',
      run: story.state.run,
      gate: 'g1',
      drawn: gateDigest(story.state, 'g1'),
      answer: {
        kind: 'done',
        evidence: [{ id: 'attest_1', value: true }, { id: 'version', value: '7.0.2.1' }, { id: 'risk', value: 'no' }, picked],
      },
    });
  });

  it('waits for a window by itself, and begins before it only for a reason', async () => {
    const { page, send, asked } = await open();
    const story = prepared().ask(gates.window);
    await send(message(story));
    await picture(panel as PanelPage, 'window');
    assert.match(await page.locator('.card').innerText(), /The steps may not begin yet.*outside of every window.*Leave this open to wait/s);
    await page.locator('vscode-button', { hasText: 'Begin all the same' }).click();
    await page.locator('.confirmation vscode-button').first().click();
    assert.match(await page.getByRole('alert').innerText(), /reason/);
    assert.deepEqual(await asked(), []);
    await page.locator('.confirmation input').fill('the vendor is on the phone');
    await page.locator('.confirmation vscode-button').first().click();
    assert.deepEqual((await asked()).at(-1), {
      type: 'answer',
      run: story.state.run,
      gate: 'g9',
      drawn: gateDigest(story.state, 'g9'),
      answer: { kind: 'begin', why: 'the vendor is on the phone' },
    });
  });

  it('wants a reason to begin what was not rehearsed', async () => {
    const { page, send, asked } = await open();
    const { typed: _typed, ...confirm } = gates.confirm;
    const story = prepared().ask({ ...confirm, unrehearsed: 'It has not succeeded on "staging".' });
    await send(message(story));
    await page.locator('vscode-button', { hasText: 'Begin' }).click();
    assert.match(await page.getByRole('alert').innerText(), /Give a reason/);
    assert.deepEqual(await asked(), []);
    await page.getByLabel('Not rehearsed').fill('the disk is failing');
    await page.locator('vscode-button', { hasText: 'Begin' }).click();
    assert.deepEqual((await asked()).at(-1), {
      type: 'answer',
      run: story.state.run,
      gate: 'g3',
      drawn: gateDigest(story.state, 'g3'),
      answer: { kind: 'approve', why: 'the disk is failing' },
    });
  });

  it('says what leaving a host out touches', async () => {
    const { page, send } = await open();
    const exclusion = [
      'The order "backup (primary) before upgrade (minion)" no longer waits for backup of primary: upgrade begins without it.',
    ];
    await send(
      message(
        prepared()
          .fail('stage/test', 'primary')
          .ask({ ...gates.failure, exclusion }),
      ),
    );
    await page.locator('vscode-button', { hasText: 'Leave primary out' }).click();
    assert.match(await page.locator('.confirmation').innerText(), /no longer waits for backup of primary/);
  });

  it('keeps what is typed when the state changes, and when it is opened again', async () => {
    const { page, send } = await open();
    const story = prepared().begin('stage/notes', 'primary').ask(gates.manual);
    await send(message(story));
    const field = page.getByLabel('Version shown');
    await field.fill('7.0.');
    await field.focus();
    await send(
      message(
        story
          .begin('stage/test', 'primary')
          .tell({ type: 'attempt_progress', step: 'stage/test', target: 'primary', attempt: 1, text: '40 %' }),
      ),
    );
    assert.equal(await field.inputValue(), '7.0.');
    assert.equal(await field.evaluate((element) => element === document.activeElement), true);
    const kept = await page.evaluate(() => (window as unknown as { kept: unknown }).kept);
    await panel?.close();
    const again = await open('dark', kept);
    await again.send(message(story));
    assert.equal(await again.page.getByLabel('Version shown').inputValue(), '7.0.');
  });

  it('offers the remedy that fits first, and asks for a reason before a choice with consequences', async () => {
    const { page, send, asked } = await open();
    const story = prepared().fail('stage/test', 'primary').ask(gates.failure);
    await send(message(story));
    assert.match(await page.locator('.remedy').first().innerText(), /Move the policies.*fits this error/s);
    await page.locator('vscode-button', { hasText: 'Leave primary out' }).click();
    await picture(panel as PanelPage, 'leave-out');
    assert.match(await page.locator('.confirmation').innerText(), /5 steps will not be done on it/);
    await page.locator('.confirmation vscode-button').first().click();
    assert.match(await page.getByRole('alert').innerText(), /reason/);
    assert.deepEqual(await asked(), []);
    await page.locator('.confirmation input').fill('broken disk');
    await page.keyboard.press('Enter');
    assert.deepEqual(await asked(), [
      {
        type: 'answer',
        run: story.state.run,
        gate: 'g2',
        drawn: gateDigest(story.state, 'g2'),
        answer: { kind: 'exclude', why: 'broken disk' },
      },
    ]);
    await send({ type: 'refused', run: story.state.run, gate: 'g2', message: 'This question is no longer open.' });
    assert.equal(await page.getByRole('alert').innerText(), 'This question is no longer open.');
  });

  it('asks for the name of production before it begins', async () => {
    const { page, send, asked } = await open();
    await send(message(new Story(clusterPlan()).ask(gates.confirm)));
    const begin = page.locator('vscode-button', { hasText: 'Begin' });
    await begin.click();
    assert.match(await page.getByRole('alert').innerText(), /"production"/);
    await page.locator('.card input').fill('production');
    await begin.click();
    assert.deepEqual(
      (await asked()).map((sent) => (sent.type === 'answer' ? sent.answer : undefined)),
      [{ kind: 'approve', typed: 'production' }],
    );
  });

  it('can be worked with the keyboard alone', async () => {
    const { page, send, asked } = await open();
    await send(message(new Story(clusterPlan()).ask(gates.value)));
    for (let tabs = 0; tabs < 30; tabs += 1) {
      if (await page.getByRole('textbox', { name: 'Installed firmware' }).evaluate((element) => element === document.activeElement)) break;
      await page.keyboard.press('Tab');
    }
    await page.keyboard.type('6.0.1');
    await page.keyboard.press('Enter');
    assert.deepEqual(
      (await asked()).map((sent) => (sent.type === 'answer' ? sent.answer : undefined)),
      [{ kind: 'value', value: '6.0.1' }],
    );
  });

  it('tells a screen reader what is asked, and how it ended', async () => {
    const { page, send } = await open();
    const story = prepared();
    await send(message(story));
    await send(message(story.begin('stage/notes', 'primary').ask(gates.manual)));
    assert.equal(await page.getByRole('status').innerText(), 'Waiting for you: Read the upgrade notes.');
    story.tell({ type: 'run_closed', outcome: 'failed', text: 'Stopped after a failed test.', next: [] });
    await send(message(story, false));
    assert.match(await page.getByRole('status').innerText(), /The run has ended: Failed/);
    assert.equal(await page.locator('vscode-button', { hasText: 'Resume' }).count(), 1);
    await picture(panel as PanelPage, 'ended');
  });

  it('only watches a run that is carried out elsewhere, and offers to take it over', async () => {
    const { page, send, asked } = await open();
    const story = prepared().begin('stage/notes', 'primary').ask(gates.manual);
    await send({ ...(message(story, false) as object), elsewhere: 'ada, process 7 on desk' });
    await picture(panel as PanelPage, 'watched');
    assert.match(await page.locator('.overview').innerText(), /Waiting for a person elsewhere.*Carried out by ada, process 7 on desk/s);
    const there = page.getByRole('region', { name: 'Waiting for a person elsewhere' });
    assert.match(await there.innerText(), /Read the upgrade notes[^]*cannot be answered here/);
    assert.equal(await there.locator('vscode-button, vscode-checkbox, input, select, textarea, a').count(), 0);
    assert.equal(
      await page
        .getByRole('status')
        .innerText()
        .then((text) => text.includes('Waiting for you')),
      false,
    );
    await page.locator('vscode-button', { hasText: 'Take over…' }).click();
    assert.deepEqual(await asked(), [{ type: 'take_over', run: story.state.run }]);
    assert.equal(await page.locator('vscode-button', { hasText: /Resume|Stop/ }).count(), 0);
  });

  it('shows hostile text as text', async () => {
    const { page, send, asked } = await open();
    const text =
      '<img src=x onerror="window.hit=1"><script>window.hit=1</script> [press](javascript:window.hit=1) [data](data:text/html,x) ![pixel](https://evil.example.com/p.png) [site](https://docs.example.com/a)';
    const story = prepared()
      .begin('stage/test', 'primary')
      .ask({
        ...gates.manual,
        text,
        open: 'javascript:window.hit=1',
        expect: '<b>bold</b>',
        evidence: [{ id: 'attest_1', kind: 'attest', title: '<i>sure</i>' }],
      })
      .ask({ ...gates.failure, failure: { ...gates.failure.failure, detail: '</pre><script>window.hit=1</script>' } });
    await send(message(story));
    const card = page.locator('.card').first();
    assert.match(await card.innerText(), /<img src=x onerror/);
    assert.match(await card.innerText(), /press \(javascript:window\.hit=1\)/);
    assert.equal(await page.locator('main img, main script, main b, main i').count(), 0);
    assert.deepEqual(await card.locator('a').allInnerTexts(), ['site']);
    await card.locator('a').click();
    assert.deepEqual(await asked(), [{ type: 'open_link', run: story.state.run, href: 'https://docs.example.com/a' }]);
    assert.equal(await page.evaluate(() => (window as unknown as { hit?: number }).hit), undefined);
  });

  it('drops messages that have not the right shape', async () => {
    const { page, send } = await open();
    await send({ type: 'no_run', hint: 'Open a runbook.' });
    for (const wrong of [
      undefined,
      7,
      { type: 'state' },
      { type: 'state', state: { run: 'x' }, now: 'yesterday', live: true, briefings: [] },
      { type: 'refused' },
    ])
      await send(wrong);
    assert.equal(await page.locator('main').innerText(), 'Open a runbook.');
  });
});
