import type { Page } from 'playwright-core';
import { closeBrowser, openPanel } from '../../webview/support/panelPage.js';
import type { PanelPage } from '../../webview/support/panelPage.js';
import { hostileStory } from './textSinks.js';

/** What a page shows, and whether anything in it is other than it should be. */
interface Look {
  readonly texts: readonly string[];
  readonly strange: readonly string[];
  readonly reports: readonly string[];
}

/** Runs in the page: every text and attribute, elements that the panel never makes, and what its policy has refused. A script, since functions handed to a page would carry what the loader adds. */
const LOOK = `(() => {
  const made = new Set(['HTML','HEAD','META','LINK','TITLE','STYLE','BODY','SCRIPT','MAIN','DIV','SECTION','HEADER','ARTICLE','P','SPAN','STRONG','EM','CODE','PRE','UL','OL','LI','A','H1','H2','H3','H4','TABLE','CAPTION','THEAD','TBODY','TR','TH','TD','LABEL','INPUT','SELECT','OPTION','TEXTAREA','DETAILS','SUMMARY','BR','HR','BLOCKQUOTE','DL','DT','DD','TIME','BUTTON','SVG','PATH','CIRCLE','LINE','RECT','FIELDSET','LEGEND','PROGRESS','VSCODE-BUTTON','VSCODE-CHECKBOX','VSCODE-PROGRESS-RING']);
  const texts = [], strange = [];
  for (const element of document.querySelectorAll('*')) {
    if (!made.has(element.tagName.toUpperCase())) strange.push('<' + element.tagName + '>');
    if (element.tagName === 'SCRIPT' && !element.src.endsWith('/panel.js')) strange.push('another script');
    for (const { name, value } of element.attributes) {
      if (name.startsWith('on')) strange.push(name);
      if (['src', 'href', 'action', 'formaction', 'srcdoc', 'background', 'poster', 'data', 'xlink:href'].includes(name) && !['SCRIPT', 'LINK'].includes(element.tagName) && value !== '#') strange.push(name + '=' + value);
      if (element.closest('body') !== null && name !== 'value') texts.push(value);
    }
  }
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) if (walker.currentNode.parentElement.tagName !== 'STYLE') texts.push(walker.currentNode.nodeValue);
  if (window.wasPwned) strange.push('a script of the text ran');
  return { texts, strange, reports: window.reports.splice(0) };
})()`;

const WATCH = `window.reports = []; window.wasPwned = false; window.pwned = () => { window.wasPwned = true; };
  document.addEventListener('securitypolicyviolation', (event) => window.reports.push(event.violatedDirective + ' ' + event.blockedURI));`;

/** The panel in a real browser, to which texts are sent. */
export class PanelSink {
  readonly #panel: PanelPage;

  private constructor(panel: PanelPage) {
    this.#panel = panel;
  }

  static async open(): Promise<PanelSink> {
    const opened = new PanelSink(await openPanel());
    await opened.#page.evaluate(WATCH);
    await opened.#seesTrouble();
    return opened;
  }

  /** Shows a text in every field, and looks at the page. */
  async show(text: string): Promise<Look> {
    const { state, now } = hostileStory(text);
    const briefing = {
      step: 'phase/one',
      notes: [{ severity: 'warning', text, link: text }],
      impact: text,
      expect: text,
      watch: [{ title: text, href: text }],
    };
    for (const live of [true, false]) await this.#panel.send({ type: 'state', state, now, live, briefings: [briefing] });
    await this.#panel.send({ type: 'state', state, now, live: true, briefings: [briefing] });
    await this.#panel.send({ type: 'refused', run: state.run, gate: 'g2', message: text });
    const look = await this.#page.evaluate<Look>(LOOK);
    return { ...look, reports: [...look.reports, ...this.#panel.trouble] };
  }

  async close(): Promise<void> {
    await this.#panel.close();
    await closeBrowser();
  }

  get #page(): Page {
    return this.#panel.page;
  }

  /** What is looked for must be found when it is there. */
  async #seesTrouble(): Promise<void> {
    await this.#page.evaluate(
      `{ const bad = document.createElement('div'); bad.innerHTML = '<img src=x onerror=pwned()>'; document.body.append(bad); }`,
    );
    await this.#page.waitForFunction('window.reports.length > 0');
    const look = await this.#page.evaluate<Look>(LOOK);
    if (look.strange.length < 3 || look.reports.length === 0) throw new Error('internal error: trouble in the page is not seen');
    await this.#page.evaluate(`document.body.lastElementChild.remove()`);
    (this.#panel.trouble as string[]).length = 0;
  }
}
