import type { PipelineMode } from './webServer.js';

/** What is in use besides the web pages. Each changes what an upgrade asks for. */
export interface Features {
  readonly rabbitmq: boolean;
  readonly windowsAuthentication: boolean;
  readonly distributedEngine: boolean;
}

/** One installation of the lab: names, the last parts of its addresses, and the release it starts with. */
export interface SitePlan {
  readonly name: string;
  readonly version: string;
  readonly pipeline: PipelineMode;
  readonly features: Features;
  /** The first is the primary server. */
  readonly servers: readonly { readonly name: string; readonly suffix: string }[];
  readonly sql: { readonly name: string; readonly suffix: string };
}

/** The installations of the lab. */
export const SITES: readonly SitePlan[] = [
  {
    name: 'cluster',
    version: '10.5.000000',
    pipeline: 'integrated',
    features: { rabbitmq: false, windowsAuthentication: false, distributedEngine: false },
    servers: [
      { name: 'web_1', suffix: '3.11' },
      { name: 'web_2', suffix: '3.12' },
    ],
    sql: { name: 'sql_1', suffix: '3.6' },
  },
  {
    // Old enough to need two upgrades, and with everything in use that an upgrade has to respect.
    name: 'old',
    version: '9.1.000000',
    pipeline: 'classic',
    features: { rabbitmq: true, windowsAuthentication: true, distributedEngine: true },
    servers: [
      { name: 'web_old_1', suffix: '3.21' },
      { name: 'web_old_2', suffix: '3.22' },
    ],
    sql: { name: 'sql_old', suffix: '3.26' },
  },
];
