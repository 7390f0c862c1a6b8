import assert from 'node:assert/strict';
import { byPriority } from '../../../src/language/index.js';
import type { RunbookCard } from '../../../src/language/index.js';
import { serviceOver } from '../../support/language/service.js';

function card(text: string, file = '/books/a.runbook.yaml'): RunbookCard {
  return serviceOver({}).card(file, text);
}

describe('the card of a runbook', () => {
  it('says what it is found by and where else to read', () => {
    const text = [
      'title: Upgrade',
      'tags: [upgrade, shop]',
      'priority: 2',
      'related:',
      '  - { title: Part, link: ../parts/b.runbook.yaml }',
      '  - { title: Guide, link: "https://docs.example.com/guide" }',
    ].join('\n');
    assert.deepEqual(card(text), {
      file: '/books/a.runbook.yaml',
      title: 'Upgrade',
      tags: ['upgrade', 'shop'],
      priority: 2,
      related: [
        { title: 'Part', target: '/parts/b.runbook.yaml' },
        { title: 'Guide', target: 'https://docs.example.com/guide' },
      ],
    });
  });

  it('has what can be read of a broken text', () => {
    assert.deepEqual(card('tags: upgrade\nrelated: [{ title: x }]\npriority: soon\nsteps: ['), {
      file: '/books/a.runbook.yaml',
      title: 'a.runbook.yaml',
      tags: [],
      related: [],
    });
    assert.equal(card('['.repeat(500)).title, 'a.runbook.yaml');
  });

  it('stands by priority, then by title', () => {
    const cards = ['title: D', 'title: C\npriority: 2', 'title: B', 'title: A\npriority: 10'].map((text) => card(text));
    assert.deepEqual(
      cards.sort(byPriority).map(({ title }) => title),
      ['C', 'A', 'B', 'D'],
    );
  });
});
