import type { LintReport } from '../report.js';
import { githubCommands } from './github.js';
import { gitlabJson } from './gitlab.js';
import { lintJson } from './json.js';
import { junitXml } from './junit.js';
import { lintMarkdown } from './markdown.js';
import type { FormatOptions } from './options.js';
import { prettyText } from './pretty.js';
import { sarifLog } from './sarif/sarif.js';

export type { FormatOptions } from './options.js';

/** Names of the formats, as `--format` takes them. */
export const FORMATS = ['pretty', 'json', 'sarif', 'github', 'gitlab', 'junit', 'markdown'] as const;
export type LintFormat = (typeof FORMATS)[number];

/** Whether a text names a format. */
export function isLintFormat(text: string): text is LintFormat {
  return (FORMATS as readonly string[]).includes(text);
}

/**
 * A report as one of the formats writes it, with a line break at its end. Whatever file names and messages hold, it stays well-formed, moves no
 * cursor, and no line of it is a command to a build server but those meant as one.
 */
export function formatReport(format: LintFormat, report: LintReport, options: FormatOptions): string {
  switch (format) {
    case 'pretty':
      return prettyText(report, options);
    case 'json':
      return lintJson(report, options);
    case 'sarif':
      return sarifLog(report, options);
    case 'github':
      return githubCommands(report);
    case 'gitlab':
      return gitlabJson(report);
    case 'junit':
      return junitXml(report, options);
    case 'markdown':
      return lintMarkdown(report);
  }
}
