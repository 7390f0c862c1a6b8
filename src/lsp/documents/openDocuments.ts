import type { TextDocumentContentChangeEvent, TextDocumentItem } from 'vscode-languageserver/node';
import { fileOf, uriOf } from './addresses.js';
import { TextPlaces } from './textPlaces.js';
import type { Encoding } from './textPlaces.js';

/** Language ids that say that a document is ours whatever its name is. */
const LANGUAGES: readonly string[] = ['runbook', 'runbook-inventory'];

/** A text as the client has it now. */
export interface OpenDocument {
  /** In the spelling of the client. */
  readonly uri: string;
  readonly file: string;
  readonly version: number;
  readonly text: string;
  readonly places: TextPlaces;
  /** It is a runbook or an inventory. */
  readonly isOurs: boolean;
}

/** The documents that are open at the client, by the names of their files. */
export class OpenDocuments {
  readonly #byFile = new Map<string, OpenDocument>();
  readonly #encoding: Encoding;

  constructor(encoding: Encoding) {
    this.#encoding = encoding;
  }

  get all(): readonly OpenDocument[] {
    return [...this.#byFile.values()];
  }

  /** The document at an address, however it is spelt. */
  at(uri: string): OpenDocument | undefined {
    return this.#byFile.get(fileOf(uri));
  }

  ofFile(file: string): OpenDocument | undefined {
    return this.#byFile.get(file);
  }

  /** The address of a file, in the spelling of the client where it has shown one. */
  uriOf(file: string): string {
    return this.#byFile.get(file)?.uri ?? uriOf(file);
  }

  placesIn(text: string): TextPlaces {
    return new TextPlaces(text, this.#encoding);
  }

  open({ uri, languageId, version, text }: TextDocumentItem): void {
    const file = fileOf(uri);
    const isOurs = isRunbookOrInventory(file) || languageId.split('.').some((id) => LANGUAGES.includes(id));
    this.#byFile.set(file, { uri, file, version, text, places: this.placesIn(text), isOurs });
  }

  /** Makes changes one after the other. A document that is not open stays so. */
  change(uri: string, version: number, changes: readonly TextDocumentContentChangeEvent[]): void {
    const known = this.at(uri);
    if (known === undefined) return;
    let { places } = known;
    for (const change of changes)
      places = 'range' in change ? places.replaced(places.offsets(change.range), change.text) : this.placesIn(change.text);
    this.#byFile.set(known.file, { ...known, version, text: places.text, places });
  }

  close(uri: string): void {
    this.#byFile.delete(fileOf(uri));
  }
}

/** Whether a file is a runbook or an inventory, by its name. */
export function isRunbookOrInventory(file: string): boolean {
  return /\.(?:runbook|inventory)\.ya?ml$/.test(file);
}
