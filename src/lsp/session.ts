import type { Connection } from 'vscode-languageserver/node';
import type { LanguageService } from '../language/index.js';
import type { Client } from './client.js';
import type { ClientWorkspace } from './clientWorkspace.js';
import type { DiskFiles } from './diskFiles.js';
import type { OpenDocuments } from './documents/openDocuments.js';
import type { TextPlaces } from './documents/textPlaces.js';

/** What a conversation with one client is about. */
export interface Session {
  readonly connection: Connection;
  readonly client: Client;
  readonly documents: OpenDocuments;
  readonly workspace: ClientWorkspace;
  readonly disk: DiskFiles;
  readonly service: LanguageService;
  /** Address of the page about a rule; undefined where there is none. */
  readonly rulePage: (rule: string) => string | undefined;
  /** The places of a file, open or not. One that is gone has only its beginning. */
  readonly placesOf: (file: string) => Promise<TextPlaces>;
}
