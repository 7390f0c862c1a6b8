import { createHash, randomBytes } from 'node:crypto';

/** Name for what has arrived so far, beside its target; the same for the same content, so that a cut copy can be gone on with. */
export function partName(path: string, content: string): string {
  return beside(path, createHash('sha256').update(`${path}\0${content}`).digest('hex').slice(0, 24));
}

/** A name nobody can guess, beside the target. */
export function randomPartName(path: string): string {
  return beside(path, randomBytes(12).toString('hex'));
}

function beside(path: string, word: string): string {
  return `${path.slice(0, path.lastIndexOf('/') + 1)}.runbook-studio-${word}.part`;
}
