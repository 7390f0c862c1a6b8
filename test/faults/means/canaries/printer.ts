import { writeFileSync } from 'node:fs';
import { FORMS, lineWith } from './forms.js';

/** Bytes in the plan of a printer are changed by this, so that the plan itself holds no canary. */
const VEIL = 0x55;
/** Longer than the engine holds anything back. */
const LONG_PAUSE_MS = 260;

/** The program a step starts: prints what its plan says, in these pieces, and leaves a mark when it is through. */
const PROGRAM = `import { existsSync, readFileSync, writeFileSync, writeSync } from 'node:fs';
const [, , file, failOnce = ''] = process.argv;
const plan = JSON.parse(readFileSync(file, 'utf8'));
const pause = (ms) => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
for (const [stream, ms, hex] of plan.pieces) {
  let bytes = Buffer.from(hex, 'hex').map((byte) => byte ^ ${String(VEIL)});
  while (bytes.length > 0) bytes = bytes.subarray(writeSync(stream, bytes));
  if (ms > 0) pause(ms);
}
writeFileSync(file + '.done', '');
for (let left = plan.hold; left > 0 && !existsSync(file + '.release'); left -= 50) pause(50);
if (failOnce === '') process.exit(plan.code);
if (existsSync(failOnce)) process.exit(0);
writeFileSync(failOnce, '');
process.exit(4);
`;

/** Writes the program; it takes the file of a plan, and a file that makes it fail as long as it is not there. */
export function writePrinter(file: string): void {
  writeFileSync(file, PROGRAM);
}

/** How a printer ends: its exit code, and how long it stays after it has printed, in ms, unless a file `.release` beside its plan lets it go. */
export interface PrinterEnd {
  readonly code: number;
  readonly hold: number;
}

/** Writes a plan: every canary in its form on both streams, split at random places, with pauses short and long. */
export function writePrinterPlan(file: string, secrets: readonly string[], random: () => number, { code, hold }: PrinterEnd): void {
  const lines = FORMS.map((form, index) => lineWith(form, index, secrets[index] ?? ''));
  const bytes = Buffer.from(lines.join(''));
  const long = new Set([0, 1].map(() => Math.floor(random() * 20)));
  const pieces: (readonly [number, number, string])[] = [];
  for (const stream of [1, 2]) {
    for (let at = 0; at < bytes.length;) {
      const size = 1 + Math.floor(random() ** 3 * 200);
      const ms = long.has(pieces.length) ? LONG_PAUSE_MS : random() < 0.2 ? Math.floor(random() * 12) : 0;
      pieces.push([stream, ms, Buffer.from(bytes.subarray(at, at + size).map((byte) => byte ^ VEIL)).toString('hex')]);
      at += size;
    }
  }
  writeFileSync(file, JSON.stringify({ pieces, code, hold }));
}
