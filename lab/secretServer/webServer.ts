export type PipelineMode = 'classic' | 'integrated';

/** The configuration of IIS, which all web servers of an installation share. */
export class WebConfiguration {
  /** The pipeline mode the settings of Integrated Windows Authentication are made for. */
  authentication: PipelineMode;

  constructor(public pipeline: PipelineMode) {
    this.authentication = pipeline;
  }
}

/** One web server with its application folder, its application pool and the release of its files. */
export class SecretWebServer {
  pool: 'Started' | 'Stopped' = 'Started';
  /** Backups of the application folder, each with the release it was made of. */
  folderBackups: string[] = [];

  constructor(
    readonly name: string,
    readonly address: string,
    readonly isPrimary: boolean,
    public version: string,
    readonly configuration: WebConfiguration,
  ) {}
}
