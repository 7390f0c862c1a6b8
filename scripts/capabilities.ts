// `npm run capabilities`: every row of docs/capabilities.md as it is, and without the part of an example that it names.
// Exit code 1 when a row does not hold, or holds without its part, too.
import { Examples } from '../test/capabilities/examples.js';
import { nodeRef } from '../test/capabilities/node.js';
import { ROWS } from '../test/capabilities/rows/index.js';
import type { CapabilityRow } from '../test/capabilities/row.js';

/** Why a check rejects, in one line; undefined when it does not. */
async function rejection({ check }: CapabilityRow, examples: Examples): Promise<string | undefined> {
  try {
    await check(examples);
    return undefined;
  } catch (error) {
    return (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? '';
  }
}

const count = { holds: 0, fails: 0, survives: 0 };
for (const row of ROWS) {
  const wrong = await rejection(row, new Examples());
  const without = await rejection(row, new Examples(nodeRef(row.node)));
  if (wrong === undefined) count.holds += 1;
  if (without === undefined) count.survives += 1;
  else count.fails += 1;
  const holds = wrong === undefined ? 'holds        ' : 'DOES NOT HOLD';
  const fails = without === undefined ? 'SURVIVES without' : 'fails without   ';
  console.log(`${String(row.row).padStart(3)}  ${holds}  ${fails}  ${row.node}`);
  if (wrong !== undefined) console.log(`     ${wrong}`);
}
console.log(
  `${String(ROWS.length)} rows, ${String(count.holds)} hold, ${String(count.fails)} fail without their node, ${String(count.survives)} survive`,
);
if (count.holds !== ROWS.length || count.survives > 0) process.exitCode = 1;
