import { paint } from '../io.js';
import type { Io } from '../io.js';

/** Markdown as a terminal shows it: what is strong is bold, code stands out, and their marks are gone. The rest reads well as it is. */
export function emphasized(markdown: string, io: Pick<Io, 'color'>): string {
  return markdown
    .replace(/\*\*([^*\n]+)\*\*/g, (_whole, text: string) => paint(io, 'bold', text))
    .replace(/`([^`\n]+)`/g, (_whole, text: string) => paint(io, 'cyan', text));
}
