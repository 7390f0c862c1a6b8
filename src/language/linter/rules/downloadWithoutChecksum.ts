import type { Step } from '../../schema/generated/runbook.js';
import { listsOf } from '../named.js';
import { rememberByText } from '../../text/remembered.js';
import type { LintContext, Rule } from '../rule.js';
import type { Command } from '../shell/commands.js';
import { scriptsIn } from '../shell/scripts.js';

/** Anything by which a file is compared with what its maker says of it. */
const COMPARED =
  /sha\d{3}|sha1sum|shasum|b2sum|Get-FileHash|-hashfile|openssl (?:dgst|cms|smime)|gpgv?2?\b[^\n]{0,80}--verify|gpgv\b|cosign verify|minisign|signify|rpm (?:-K|--checksig)|Get-AuthenticodeSignature|apksigner|jarsigner/i;

/** What a server says of itself: an answer, not a package. */
const HEALTH = /https?:\/\/[^\s"'?#]*\/(?:healthz?|healthcheck|readyz?|livez?|alive|status|ping)\/?(?=[?#"'\s]|$)/;

export const downloadWithoutChecksum: Rule = {
  id: 'download-without-checksum',
  family: 'security',
  severity: 'warning',
  rationale:
    'A download that broke off, or that is not the one that was tried out, is installed as if it were; and one server of a cluster gets another file.',
  cites: ['capability 66', 'threat T31'],
  *check(context) {
    if (!context.texts.some(({ script, text }) => script && mayDownload(text))) return;
    for (const script of scriptsIn(context)) {
      if (script.asks) continue;
      const download = script.commands.find(savesToFile);
      const step = script.place.around.owner?.step;
      if (download === undefined || COMPARED.test(script.code) || (step !== undefined && comparedIn(context).has(step))) continue;
      yield {
        range: script.rangeOf(download.range),
        message: /\bmd5/i.test(script.code)
          ? 'MD5 shows a download that broke off, not one that somebody has made to look alike; compare it by SHA-256'
          : 'nothing compares this download with what it should be; add "verify" with a "file" probe that has "sha256", and "unless" with the same',
      };
    }
  },
};

/** Scripts that call none of the programs below are done with at once. */
const mayDownload = rememberByText((text) => /curl|wget|Invoke-|iwr|irm|Start-BitsTransfer/i.test(text));

function savesToFile({ program, rest, bareRest, next }: Command): boolean {
  // What the host says of itself is an answer, not a package.
  if (/\bhttps?:\/\/(?:localhost|127\.0\.0\.1|\[::1\])(?=[:/"'\s]|$)/.test(rest) || HEALTH.test(rest)) return false;
  if (/^curl$/i.test(program)) {
    const posts =
      /\s(?:-X\s*(?:POST|PUT|PATCH|DELETE)|--request\s+(?:POST|PUT|PATCH|DELETE)|-d|--data\S*|-F|--form|-T|--upload-file)\b/.test(rest);
    const saves =
      /\s(?:-[a-zA-Z]*[oO]|--output|--remote-name(?:-all)?|--output-dir)(?=[\s"'$./]|$)/.test(bareRest) || />\s*[^&\s]/.test(bareRest);
    return saves && !posts && !/(?:-o|--output|>)\s*["']?\/dev\/(?:null|stdout)|\s-[a-zA-Z]*o\s*-(?:\s|$)/.test(rest);
  }
  if (/^wget$/i.test(program)) return !/--spider|(?:-\w*O\s*|--output-document[= ])(?:-(?:\s|$)|\/dev\/null)/.test(rest) && next !== '|';
  if (/^(?:Invoke-WebRequest|iwr|Invoke-RestMethod|irm)$/i.test(program)) return /\s-OutFile\b/i.test(rest);
  return /^Start-BitsTransfer$/i.test(program);
}

const remembered = new WeakMap<LintContext, ReadonlySet<Step>>();

/** Steps that compare something themselves, or have a later one beside them that does: a file may be looked at in a step of its own. */
function comparedIn(context: LintContext): ReadonlySet<Step> {
  let compared = remembered.get(context);
  if (compared === undefined) {
    const found = new Set<Step>();
    for (const list of listsOf(context.runbook)) {
      const last = list.findLastIndex((step) => COMPARED.test(JSON.stringify(step)));
      for (const step of list.slice(0, last + 1)) found.add(step);
    }
    compared = found;
    remembered.set(context, compared);
  }
  return compared;
}
