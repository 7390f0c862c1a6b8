/** The last part of a path, as people name the file. */
export function fileName(file: string): string {
  return file.slice(file.lastIndexOf('/') + 1);
}
