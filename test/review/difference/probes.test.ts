import assert from 'node:assert/strict';
import { judgeProbe } from '../../../src/review/difference/steps/probes.js';
import type { ProbeVerdict } from '../../../src/review/difference/steps/probes.js';

const up = { service: { name: 'shop' } };
const open = { port: { number: 443 } };
const page = { http: { url: 'https://shop.example.com', that: 'status == 200' } };

describe('whether a probe asks for less than before', () => {
  const cases: readonly (readonly [string, unknown, unknown, ProbeVerdict])[] = [
    ['the same', up, { service: { name: 'shop' } }, 'same'],
    ['one of several is gone', { all: [up, open] }, up, 'weaker'],
    ['one more', up, { all: [up, open] }, 'stronger'],
    ['or something else', up, { any: [up, open] }, 'weaker'],
    ['no longer or something else', { any: [up, open] }, open, 'stronger'],
    ['the other way round', { not: { all: [up, open] } }, { not: up }, 'stronger'],
    ['less of the answer is looked at', page, { http: { url: 'https://shop.example.com' } }, 'weaker'],
    ['more of the answer is looked at', { command: { run: 'x' } }, { command: { run: 'x', stdout: 'ok' } }, 'stronger'],
    ['another answer', { command: { run: 'x', stdout: 'ok' } }, { command: { run: 'x', stdout: '.*' } }, 'different'],
    ['an older file', { file: { path: '/a', max_age: 1000 } }, { file: { path: '/a', max_age: 2000 } }, 'weaker'],
    ['any content of a file', { file: { path: '/a', sha256: 'a' } }, { file: { path: '/a' } }, 'weaker'],
    ['another file', { file: { path: '/a', sha256: 'a' } }, { file: { path: '/b' } }, 'different'],
    ['fewer roles', { same: { fact: 'v', across: ['a', 'b', 'c'] } }, { same: { fact: 'v', across: ['a', 'b'] } }, 'weaker'],
    ['another fact', { same: { fact: 'v', across: ['a', 'b'] } }, { same: { fact: 'w', across: ['a', 'b'] } }, 'different'],
    ['a part of several that is weaker', { all: [up, page] }, { all: [up, { http: { url: 'https://shop.example.com' } }] }, 'weaker'],
    ['one gone and another one new', { all: [up, open] }, { all: [up, page] }, 'different'],
    ['a condition that always holds', { that: 'host.installed == inputs.target' }, { that: 'true' }, 'different'],
    ['another kind', up, open, 'different'],
  ];
  for (const [name, before, after, verdict] of cases) it(name, () => assert.equal(judgeProbe(before, after), verdict));
});
