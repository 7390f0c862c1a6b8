/** The way into a host by SSH. Two kinds exist; both lead to the same programs. */
export interface FrontDoor {
  /** Starts to accept connections. */
  open(): Promise<void>;
  /** Refuses new connections and drops the present ones without a goodbye. */
  close(): Promise<void>;
  /** Drops the present connections without a goodbye; new ones are accepted. */
  drop(): void;
}

export type FrontDoorKind = 'ssh2' | 'openssh';

/** What a front door must know of its host. */
export interface Behind {
  readonly name: string;
  readonly address: string;
  readonly port: number;
  /** Directory of the host's files as the operator's machine sees it. */
  readonly root: string;
  /** Home directory, as the operator's machine sees it. */
  readonly home: string;
  /** Directory for files of the lab about this host, outside of what the host sees. */
  readonly backstage: string;
  readonly hostKeyFile: string;
  /** Line of the only public key that may log in. */
  readonly clientKey: string;
  /** The complete environment of its processes. */
  environment(): Record<string, string>;
}
