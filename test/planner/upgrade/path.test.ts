import assert from 'node:assert/strict';
import { hopsBetween, missedStop } from '../../../src/planner/upgrade/path.js';

const STOP = { from: '<= 9.1.000000', to: '>= 10.0.000000', via: '9.1.000001' };

function path(from: string, to: string, stops: Parameters<typeof hopsBetween>[2]): string | undefined {
  return hopsBetween(from, to, stops)
    ?.map((hop) => `${String(hop.number)}${hop.last ? '!' : ''} ${hop.from ?? ''}→${hop.to}`)
    .join(', ');
}

describe('hops of an upgrade path', () => {
  it('is one hop without a stop between', () => {
    assert.equal(path('9.2.000000', '10.9.000032', [STOP]), '1! 9.2.000000→10.9.000032');
    assert.equal(path('9.0.000000', '9.1.000000', [STOP]), '1! 9.0.000000→9.1.000000');
  });

  it('goes by the stop', () => {
    assert.equal(path('9.1.000000', '10.9.000032', [STOP]), '1 9.1.000000→9.1.000001, 2! 9.1.000001→10.9.000032');
  });

  it('judges what is left again, and takes the lowest of several stops first', () => {
    const stops = [
      { from: '< 7', to: '>= 7', via: '7.0' },
      { from: '< 5', to: '>= 5', via: '5.0' },
      { from: '< 9', to: '>= 9', via: '9.0' },
    ];
    assert.equal(path('4.2', '9.5', stops), '1 4.2→5.0, 2 5.0→7.0, 3 7.0→9.0, 4! 9.0→9.5');
  });

  it('goes by a stop on the way to a stop', () => {
    const stops = [
      { from: '< 8', to: '>= 9', via: '8.0' },
      { from: '< 6', to: '8', via: '7.0' },
    ];
    assert.equal(path('5.0', '9.0', stops), '1 5.0→7.0, 2 7.0→8.0, 3! 8.0→9.0');
  });

  it('is empty where the target is installed', () => {
    assert.equal(path('7.0.2.1 LTS', '7.0.2.1', [STOP]), '');
  });

  it('leaves out a stop that does not lie between', () => {
    assert.equal(path('3.0', '4.0', [{ from: '>= 1', to: '>= 1', via: '4.0' }]), '1! 3.0→4.0');
    assert.equal(path('3.0', '4.0', [{ from: '>= 1', to: '>= 1', via: '2.0' }]), '1! 3.0→4.0');
  });

  it('gives up on stops without end', () => {
    const stops = Array.from({ length: 60 }, (_, index) => ({ from: `< 1.${String(index)}`, to: '>= 2', via: `1.${String(index)}` }));
    assert.equal(hopsBetween('0.9', '2.0', stops), undefined);
  });
});

describe('a stop that is missed', () => {
  const missed = (from: string, to: string, stops: Parameters<typeof hopsBetween>[2]): string | undefined =>
    missedStop(hopsBetween(from, to, stops) ?? [], stops)?.stop.via;

  it('applies to a hop and does not lie between its ends', () => {
    assert.equal(missed('5.0', '7.0', [{ from: '< 6', to: '>= 7', via: '60.0' }]), '60.0');
    assert.equal(missed('7.0', '9.0', [{ from: '>= 5', to: '>= 9', via: '6.0' }]), '6.0');
  });

  it('is none where the path begins or ends at it, comes by it before, or it does not apply', () => {
    assert.equal(missed('6.0', '9.0', [{ from: '>= 5', to: '>= 9', via: '6.0' }]), undefined);
    assert.equal(missed('5.0', '9.0', [{ from: '>= 5', to: '>= 9', via: '9.0' }]), undefined);
    const stops = [
      { from: '>= 5', to: '>= 9', via: '6.0' },
      { from: '< 8', to: '>= 9', via: '8.0' },
    ];
    assert.equal(missed('5.0', '9.5', stops), undefined);
    assert.equal(missed('9.2.000000', '10.9.000032', [STOP]), undefined);
  });
});
