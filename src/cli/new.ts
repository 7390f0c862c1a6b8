import { readdir, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { HumanError } from '../events/index.js';
import { idFromFile, inventoryOf, TEMPLATES, templateText } from '../language/index.js';
import type { Arguments } from './arguments.js';
import { ExitCode } from './exitCodes.js';
import type { Io } from './io.js';
import { UsageError } from './usage.js';

const FIRST_INVENTORY = 'staging.inventory.yaml';

/** `runbook new`: writes a runbook from a template, and an inventory for it where its folder has none. Never writes over a file. */
export async function newRunbook(args: Arguments, io: Io): Promise<ExitCode> {
  const [name, file, ...more] = args.operands;
  if (more.length > 0) throw new UsageError('Name one template and one file.', 'new');
  if (name === undefined) {
    for (const { id, text } of TEMPLATES) io.out(`${id.padEnd(22)}${text}\n`);
    return ExitCode.ok;
  }
  const template = TEMPLATES.find(({ id }) => id === name);
  if (template === undefined)
    throw new UsageError(`There is no template "${name}". There are ${TEMPLATES.map(({ id }) => id).join(', ')}.`, 'new');
  const path = resolve(io.cwd, withEnding(file ?? template.id));
  const text = templateText(template.runbook, idFromFile(path.replaceAll('\\', '/')));
  await writeNew(path, text);
  io.out(`${path}\n`);
  const beside = await readdir(dirname(path));
  if (!beside.some((other) => /\.inventory\.ya?ml$/.test(other))) {
    const inventory = join(dirname(path), FIRST_INVENTORY);
    await writeNew(inventory, templateText(inventoryOf(text), idFromFile(FIRST_INVENTORY)));
    io.out(`${inventory}\n`);
  }
  return ExitCode.ok;
}

function withEnding(file: string): string {
  return /\.runbook\.ya?ml$/.test(file) ? file : `${file}.runbook.yaml`;
}

async function writeNew(path: string, text: string): Promise<void> {
  try {
    await writeFile(path, text, { flag: 'wx' });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') throw new HumanError(`${path} is there already.`, 'Choose another name; nothing was written.');
    throw new HumanError(`${path} could not be written.`, 'Check that its folder is there and may be written to.');
  }
}
