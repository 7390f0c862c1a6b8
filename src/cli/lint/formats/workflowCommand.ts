import { visible } from '../../reporters/visible.js';

/** Text behind a workflow command of GitHub. */
export function commandText(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

/** The value of a property of a command, which `:` and `,` would end. */
export function commandValue(text: string): string {
  return commandText(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}

/** A file as the value of a property: its name as it is, line breaks too; what a terminal would obey is made visible even though such a file gets no
 * annotation then. */
export function commandFile(file: string): string {
  return commandValue(file.replaceAll(/[^\r\n]+/g, visible));
}
