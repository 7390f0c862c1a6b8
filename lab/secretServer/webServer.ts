/** One web server with its application folder, its application pool and the release of its files. */
export class SecretWebServer {
  pool: 'Started' | 'Stopped' = 'Started';
  pipeline: 'classic' | 'integrated';
  /** Backups of the application folder, each with the release it was made of. */
  folderBackups: string[] = [];

  constructor(
    readonly name: string,
    readonly address: string,
    readonly isPrimary: boolean,
    public version: string,
    pipeline: 'classic' | 'integrated',
  ) {
    this.pipeline = pipeline;
  }
}
