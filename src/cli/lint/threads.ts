import { parentPort, Worker, workerData } from 'node:worker_threads';
import { checkEach } from './checkEach.js';
import type { CheckRequest, FileCheck } from './checkEach.js';

/** What a thread is given to begin with. */
interface ThreadStart {
  readonly request: CheckRequest;
  /** One number, shared by all threads: the index of the next file. */
  readonly counter: SharedArrayBuffer;
}

/** Lies beside this module where both are bundled. */
const BUNDLED = new URL('./lintThread.mjs', import.meta.url);

/** Checks files in several threads, this one among them. Whoever is done takes the next file. Throws what a thread has thrown. */
export async function checkInThreads(
  request: CheckRequest,
  threads: number,
  entry: URL = BUNDLED,
): Promise<ReadonlyMap<number, FileCheck>> {
  const counter = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT);
  const others = Array.from({ length: threads - 1 }, () => inThread(entry, { request, counter }));
  const parts = await Promise.all([checkEach(request, takeFrom(counter)), ...others]);
  return new Map(parts.flatMap((part) => [...part]));
}

/** The work of one of the other threads, from what it was given to what it tells. */
export async function workInThread(): Promise<void> {
  const { request, counter } = workerData as ThreadStart;
  parentPort?.postMessage(await checkEach(request, takeFrom(counter)));
}

/** Takes numbers from a counter that threads share: each number once. */
function takeFrom(counter: SharedArrayBuffer): () => number {
  const numbers = new Int32Array(counter);
  return () => Atomics.add(numbers, 0, 1);
}

function inThread(entry: URL, start: ThreadStart): Promise<ReadonlyMap<number, FileCheck>> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(entry, { workerData: start, resourceLimits: { maxYoungGenerationSizeMb: 64 } });
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', (code) => {
      reject(new Error(`a thread that checks files ended with ${String(code)}`));
    });
  });
}
