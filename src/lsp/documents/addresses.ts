import { fileURLToPath, pathToFileURL } from 'node:url';

/** The name of a file for the language: its path with `/` between its parts, or its address where it has none. */
export function fileOf(uri: string): string {
  try {
    return uri.startsWith('file:') ? fileURLToPath(uri).replaceAll('\\', '/') : uri;
  } catch {
    return uri;
  }
}

/** Reverses {@link fileOf}, in the usual spelling. */
export function uriOf(file: string): string {
  return isLocal(file) ? pathToFileURL(file).href : file;
}

/** Whether a file is on this machine: its name is a path. */
export function isLocal(file: string): boolean {
  return !/^[a-z][a-z0-9+.-]+:/i.test(file);
}
