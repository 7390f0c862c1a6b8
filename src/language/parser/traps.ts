import type { Diagnostic } from '../diagnostic.js';
import type { Range } from '../text/range.js';
import { endOfValue, quoteYaml } from '../text/quote.js';
import type { Token } from './token.js';

/** Finds, word by word, what YAML allows and this language does not, and what YAML reads otherwise than it looks. */
export class TrapCheck {
  readonly diagnostics: Diagnostic[] = [];
  /** A trap has broken the structure, so that what a composer says about the rest would mislead. */
  structureBroken = false;
  readonly #text: string;
  #before: Token | undefined;
  #beforeThat: Token | undefined;
  #contentSeen = false;
  #startSeen = false;

  constructor(text: string) {
    this.#text = text;
  }

  see(token: Token): void {
    switch (token.type) {
      case 'directive-line':
        this.#report('yaml-directive', 'directives such as %YAML are not part of the language; remove this line', wordOf(token), {
          title: 'Remove the directive',
          text: '',
        });
        break;
      case 'doc-start':
        if (this.#contentSeen || this.#startSeen)
          this.#report('yaml-documents', 'a file holds one document; move what follows "---" to a file of its own', wordOf(token));
        this.#startSeen = true;
        break;
      case 'tag':
        this.#tag(token);
        break;
      case 'block-scalar-header':
        if (!/^[|>](?:[+-]?[1-9]?|[1-9][+-])$/.test(token.source))
          this.#unquoted(
            token,
            `text that begins with "${token.source[0] ?? ''}" must be quoted, or YAML takes it for the start of a block`,
          );
        break;
      case 'flow-map-start':
        this.#template(token);
        break;
      default:
        break;
    }
    if ((token.type === 'scalar' && token.source !== '') || token.type.startsWith('flow-') || token.type.endsWith('quoted-scalar'))
      this.#contentSeen = true;
    this.#beforeThat = this.#before;
    this.#before = token;
  }

  #tag(token: Token): void {
    const known = /^!!(?:str|int|float|bool|null|map|seq)$|^!<|^!$/.test(token.source);
    if (known)
      this.#report('yaml-tag', `tags such as "${token.source}" are not part of the language; remove it`, wordOf(token), {
        title: 'Remove the tag',
        text: '',
      });
    else this.#unquoted(token, 'YAML takes text that begins with "!" for a tag and loses it; put the whole value in quotes', 'yaml-tag');
  }

  #unquoted(token: Token, message: string, code = 'unquoted-value'): void {
    const range = { start: token.offset, end: endOfValue(this.#text, token.offset, token.flow > 0) };
    this.structureBroken = true;
    this.#report(code, message.includes(';') ? message : `${message}; put it in quotes`, range, {
      title: 'Put the value in quotes',
      text: quoteYaml(this.#text.slice(range.start, range.end)),
    });
  }

  /** `{a: ${{ x }}}`: in a flow collection, the braces of an expression are taken for mappings. */
  #template(token: Token): void {
    const [dollar, brace] = [this.#beforeThat, this.#before];
    if (
      token.flow < 2 ||
      brace?.type !== 'flow-map-start' ||
      dollar?.type !== 'scalar' ||
      !dollar.source.endsWith('$') ||
      brace.offset + 1 !== token.offset
    )
      return;
    const close = this.#text.indexOf('}}', token.offset);
    const lineEnd = endOfValue(this.#text, dollar.offset, false);
    const end = close < 0 || close > lineEnd ? lineEnd : endOfValue(this.#text, close + 2, true);
    this.structureBroken = true;
    const range = { start: dollar.offset, end };
    this.#report('unquoted-template', 'inside "{ }" or "[ ]", text with "${{ }}" must be quoted; put it in quotes', range, {
      title: 'Put the value in quotes',
      text: quoteYaml(this.#text.slice(range.start, range.end)),
    });
  }

  #report(code: string, message: string, range: Range, fix?: { title: string; text: string }): void {
    if (this.diagnostics.length >= 50) return;
    this.diagnostics.push({
      code,
      severity: 'error',
      range,
      message,
      ...(fix === undefined ? {} : { fix: { title: fix.title, edits: [{ range, text: fix.text }] } }),
    });
  }
}

function wordOf(token: Token): Range {
  return { start: token.offset, end: token.offset + token.source.length };
}
