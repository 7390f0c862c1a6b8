import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { basename } from 'node:path';
import * as vscode from 'vscode';
import type { EvidenceGiven } from '../../events/index.js';

/** Lets the person choose a file and takes its name and SHA-256. Undefined when they turn away. Rejects when it cannot be read. */
export async function chooseEvidenceFile(field: string, title: string): Promise<EvidenceGiven | undefined> {
  const [uri] = (await vscode.window.showOpenDialog({ title, openLabel: 'Choose' })) ?? [];
  if (uri === undefined) return undefined;
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(uri.fsPath)) hash.update(chunk as Buffer);
  return { id: field, value: basename(uri.fsPath), sha256: hash.digest('hex') };
}
