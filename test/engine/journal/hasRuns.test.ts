import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hasRuns } from '../../../src/engine/index.js';

describe('whether there may be runs', () => {
  let directory: string;
  beforeEach(() => (directory = mkdtempSync(join(tmpdir(), 'runbook-runs-'))));
  afterEach(() => {
    rmSync(directory, { recursive: true, force: true });
  });

  it('is denied only where there is certainly none', () => {
    assert.equal(hasRuns(directory), false);
    mkdirSync(join(directory, 'runs'));
    assert.equal(hasRuns(directory), false);
    mkdirSync(join(directory, 'runs', 'one'));
    assert.equal(hasRuns(directory), true);
  });

  it('is not denied where nobody can look', () => {
    writeFileSync(join(directory, 'runs'), 'in the way');
    assert.equal(hasRuns(directory), true);
  });
});
