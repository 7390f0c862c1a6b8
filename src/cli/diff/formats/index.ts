import type { Io } from '../../io.js';
import type { DiffReport } from '../report.js';
import { diffGithub } from './github.js';
import { diffJson } from './json.js';
import { diffMarkdown } from './markdown.js';
import { diffText } from './pretty.js';

/** Names of the formats, as `--format` takes them. */
export const DIFF_FORMATS = ['pretty', 'markdown', 'json', 'github'] as const;
export type DiffFormat = (typeof DIFF_FORMATS)[number];

/** Whether a text names a format. */
export function isDiffFormat(text: string): text is DiffFormat {
  return (DIFF_FORMATS as readonly string[]).includes(text);
}

/** A report as one of the formats writes it. What authors wrote stays text in each of them, and steers neither a terminal nor a build server. */
export function formatDiff(format: DiffFormat, report: DiffReport, options: Pick<Io, 'color'>): string {
  switch (format) {
    case 'pretty':
      return diffText(report, options);
    case 'markdown':
      return diffMarkdown(report);
    case 'json':
      return diffJson(report);
    case 'github':
      return diffGithub(report);
  }
}
