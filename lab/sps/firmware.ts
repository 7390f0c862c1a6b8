/** First line of a firmware image of the lab; the version follows. Real images are something else altogether. */
const HEAD = 'Runbook Studio lab firmware: SPS ';

/** Directory of a node where firmware images are put. */
export const FIRMWARE_DIRECTORY = '/firmware';

/** The firmware every node starts with. */
export const STARTING_VERSION = '7.0.1.1 LTS';

export interface Firmware {
  /** Name of the file in {@link FIRMWARE_DIRECTORY}. */
  readonly file: string;
  readonly version: string;
  /** The upgrade notes that come with it. */
  readonly notes: string;
}

/** Reads an image; undefined when it is none. */
export function readFirmware(file: string, content: string): Firmware | undefined {
  const [head = '', ...notes] = content.split('\n');
  if (!file.endsWith('.iso') || !head.startsWith(HEAD)) return undefined;
  return { file, version: head.slice(HEAD.length).trim(), notes: notes.join('\n').trim() };
}
