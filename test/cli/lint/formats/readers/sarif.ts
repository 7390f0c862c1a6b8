/** What the tests look at of a SARIF log. */
export interface SarifLog {
  readonly version: string;
  readonly runs: readonly {
    readonly tool: { readonly driver: { readonly rules: readonly SarifRule[] } };
    readonly columnKind: string;
    readonly results: readonly SarifResult[];
  }[];
}

interface SarifRule {
  readonly id: string;
  readonly fullDescription?: Message;
  readonly helpUri?: string;
}

interface Message {
  readonly text: string;
}

interface Region {
  readonly startLine: number;
  readonly startColumn: number;
  readonly endLine: number;
  readonly endColumn: number;
}

interface Location {
  readonly physicalLocation: { readonly artifactLocation: { readonly uri: string }; readonly region: Region };
}

interface SarifResult {
  readonly ruleId: string;
  readonly ruleIndex: number;
  readonly message: Message;
  readonly locations: readonly Location[];
  readonly relatedLocations?: readonly (Location & { readonly message: Message })[];
  readonly partialFingerprints: Readonly<Record<string, string>>;
  readonly fixes?: readonly {
    readonly artifactChanges: readonly {
      readonly replacements: readonly { readonly deletedRegion: Region; readonly insertedContent?: Message }[];
    }[];
  }[];
}

export function readSarif(text: string): SarifLog {
  return JSON.parse(text) as SarifLog;
}

/** What a reader shows of a message. Throws when it would put something into it or make a link of it. */
export function shownText({ text }: Message): string {
  const withoutBraces = text.replaceAll(/\{\{|\}\}/g, '');
  if (/[{}]/.test(withoutBraces)) throw new Error(`a placeholder in ${text}`);
  if (/(?<!\\)(?:\\\\)*\]\(/.test(text)) throw new Error(`a link in ${text}`);
  return text
    .replaceAll(/\{\{|\}\}/g, (pair) => pair.slice(1))
    .replaceAll(/(\\*)\\\]\(/g, (_whole, before: string) => `${before.slice(before.length / 2)}](`);
}

/** The name of the file of a location, relative to the root. Throws when its address is not relative. */
export function fileOf(location: Location | undefined): string {
  const uri = location?.physicalLocation.artifactLocation.uri ?? '';
  if (/^[a-z][\w+.-]*:|^\/|[?#]/i.test(uri)) throw new Error(`${uri} is not a relative path`);
  return uri.split('/').map(decodeURIComponent).join('/');
}

/** The text of a region, of a text whose byte order mark counts for nothing. */
export function textAt(source: string, { startLine, startColumn, endLine, endColumn }: Region): string {
  const text = source.replace(/^\ufeff/, '');
  const starts = [0, ...[...text.matchAll(/\r\n|\r|\n/g)].map(({ index, 0: end }) => index + end.length)];
  const offset = (line: number, column: number): number => (starts[line - 1] ?? 0) + column - 1;
  return text.slice(offset(startLine, startColumn), offset(endLine, endColumn));
}
