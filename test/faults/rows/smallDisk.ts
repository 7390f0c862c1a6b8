import { existsSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { LocalBench } from '../means/localBench.js';
import { LocalOrdeal } from '../means/localOrdeal.js';
import { mayMount, withOwnMounts } from '../means/ownMounts.js';
import { SHAPES } from '../means/shapes.js';
import { unexplained } from '../means/unexplained.js';
import type { FaultCase, Profile, Row, Verdict } from '../row.js';

/** A run of the simplest shape, its reserve and the evidence of its steps fit into so many pages of 4 KiB, and no file is longer than so many bytes. */
const PAGES = 48;
const LONGEST_FILE = 66_000;

/** A disk that is really full, and files that may really not grow. */
export const smallDisk: Row = {
  id: 'small-disk',
  title:
    'the state directory on a file system of so many pages, or with a limit on the size of files (RLIMIT_FSIZE); then resume with room',
  must: 'the run stops and says so, does nothing after that, loses nothing it showed, and is gone on with; a counter is the judge',
  cases: { pr: 12, nightly: 96 },
  concurrency: 2,
  missing: async () => (mayMount() ? undefined : 'mounts of our own (unshare -m) are not allowed here'),
  open: async (profile) => ({ run: (fault) => tooSmall(fault, profile), close: async () => undefined }),
};

async function tooSmall(fault: FaultCase, profile: Profile): Promise<Verdict> {
  const [shape] = SHAPES;
  if (shape === undefined) throw new Error('there are no shapes');
  // Sizes lie evenly from nothing to enough; each is tried in both ways.
  const share = (Math.floor(fault.index / 2) + 1) / (smallDisk.cases[profile] / 2);
  const isDisk = fault.index % 2 === 0;
  const size = isDisk ? Math.ceil(share * PAGES) * 4096 : Math.ceil(share ** 3 * LONGEST_FILE);
  const bench = new LocalBench(shape);
  try {
    const ordeal = new LocalOrdeal(bench);
    const left = join(bench.directory, 'left');
    const through = isDisk ? onSmallDisk(bench.disk, left, size) : ['prlimit', `--fsize=${String(size)}`];
    const runner = ordeal.next({ through });
    const result = await runner.done;
    if (existsSync(left)) {
      rmSync(bench.disk, { recursive: true });
      renameSync(left, bench.disk);
    }
    await ordeal.outlast({ ...runner, done: Promise.resolve(result) });
    const wrong = unexplained(result, ordeal);
    await ordeal.finish();
    const all = [...wrong, ...ordeal.wrong];
    if (all.length === 0) return { kind: 'held', measured: { [result.code === 0 ? 'fitted' : 'failed']: 1 } };
    return { kind: 'broken', what: `${isDisk ? 'a disk' : 'files'} of ${String(size)} bytes: ${all.join('\n')}` };
  } finally {
    bench.close();
  }
}

/** A command that carries another out on a file system of its own, and keeps in `left` what it wrote there. */
function onSmallDisk(place: string, left: string, bytes: number): readonly string[] {
  const script = 'mount -t tmpfs -o "size=$2" none "$0" || exit; left=$1; shift 2; "$@"; code=$?; cp -a "$0" "$left"; exit "$code"';
  return withOwnMounts(script, place, left, String(bytes));
}
