import { visible } from '../../../reporters/visible.js';

/**
 * A message object that shows the text as it is: its braces are no placeholders, its brackets no links, each spelled as sections 3.11.5 and 3.11.6
 * of the standard ask for.
 */
export function messageOf(text: string): { readonly text: string } {
  return {
    text: visible(text)
      .replaceAll(/[{}]/g, '$&$&')
      .replaceAll(/(\\*)\]\(/g, '$1$1\\]('),
  };
}
