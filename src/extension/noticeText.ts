import { showControls } from '../events/index.js';

/**
 * Text for a notification. VS Code makes links of `[words](address)` in one, and those of `command:` run a command: what a host has printed
 * or a runbook says is no link.
 */
export function noticeText(text: string): string {
  return showControls(text).replaceAll('](', '] (');
}

/** Text for a place where VS Code draws `$(name)` as a picture. */
export function withoutPictures(text: string): string {
  return text.replaceAll('$(', '$ (');
}
