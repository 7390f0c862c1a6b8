import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Calls, ProgramHandler } from './calls.js';

/** Puts a program for the machine of the operator into a directory. It works from any process: it carries the way into the lab in itself. */
export async function installOperatorProgram(
  directory: string,
  name: string,
  handler: ProgramHandler,
  calls: Calls,
  client: string,
  callAddress: string,
): Promise<void> {
  calls.handle('operator', name, handler);
  const lines = ['#!/bin/sh', 'unset LAB_HOST', `LAB_CONTROL='${callAddress}' exec '${process.execPath}' '${client}' '${name}' "$@"`];
  await writeFile(path.join(directory, name), `${lines.join('\n')}\n`, { mode: 0o755 });
}
