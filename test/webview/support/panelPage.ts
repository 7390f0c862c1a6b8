import { join } from 'node:path';
import { build } from 'esbuild';
import { chromium } from 'playwright-core';
import type { Browser, Page } from 'playwright-core';
import { panelHtml } from '../../../src/extension/views/panelHtml.js';
import type { FromPanel } from '../../../src/protocol/index.js';
import { themeStyle } from './themes.js';
import type { Theme } from './themes.js';

const ORIGIN = 'https://panel.example.com';
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** The panel in a real browser, with a made-up extension behind it. */
export interface PanelPage {
  readonly page: Page;
  readonly send: (message: unknown) => Promise<void>;
  /** What the panel has asked for, `ready` left out. */
  readonly asked: () => Promise<readonly FromPanel[]>;
  /** Trouble the page reported: errors, and what its policy refused. */
  readonly trouble: readonly string[];
  readonly close: () => Promise<void>;
}

let built: Promise<{ script: string; style: string }> | undefined;
let browser: Promise<Browser> | undefined;

function bundle(): Promise<{ script: string; style: string }> {
  built ??= build({
    entryPoints: [join(import.meta.dirname, '../../../webview/panel.ts')],
    bundle: true,
    write: false,
    outdir: 'out',
    format: 'iife',
    platform: 'browser',
    target: 'es2022',
    logLevel: 'error',
  }).then(({ outputFiles }) => {
    const text = (ending: string): string => outputFiles.find(({ path }) => path.endsWith(ending))?.text ?? '';
    return { script: text('.js'), style: text('.css') };
  });
  return built;
}

export async function closeBrowser(): Promise<void> {
  await (await browser)?.close();
  browser = undefined;
}

export async function openPanel(theme: Theme = 'dark', kept: unknown = undefined): Promise<PanelPage> {
  const { script, style } = await bundle();
  browser ??= chromium.launch({ executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium', args: FLAGS });
  const context = await (await browser).newContext({ viewport: { width: 900, height: 900 } });
  const page = await context.newPage();
  const trouble: string[] = [];
  page.on('pageerror', (error) => trouble.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') trouble.push(message.text());
  });
  const html = panelHtml({ source: ORIGIN, script: `${ORIGIN}/panel.js`, style: `${ORIGIN}/panel.css`, nonce: 'fixed-nonce' });
  await page.route('**/*', (route) => {
    const { pathname } = new URL(route.request().url());
    if (pathname === '/panel.js') return route.fulfill({ contentType: 'text/javascript', body: script });
    if (pathname === '/panel.css') return route.fulfill({ contentType: 'text/css', body: themeStyle(theme) + style });
    return pathname === '/' ? route.fulfill({ contentType: 'text/html', body: html }) : route.abort();
  });
  await page.addInitScript({ content: madeUpExtension(kept) });
  await page.goto(`${ORIGIN}/`);
  return {
    page,
    send: (message) => page.evaluate(`receive(${JSON.stringify(message) ?? 'undefined'})`),
    asked: async () =>
      ((await page.evaluate(() => (window as unknown as { asked: unknown[] }).asked)) as FromPanel[]).filter(
        ({ type }) => type !== 'ready',
      ),
    trouble,
    close: () => context.close(),
  };
}

/** A script: functions handed to a page would carry what the loader of the tests adds to them. */
function madeUpExtension(kept: unknown): string {
  return `
    window.asked = [];
    window.acquireVsCodeApi = () => ({
      postMessage: (message) => window.asked.push(message),
      getState: () => (${JSON.stringify(kept) ?? 'undefined'}),
      setState: (state) => { window.kept = state; },
    });
    window.receive = (message) => new Promise((resolve) => {
      window.addEventListener('message', () => setTimeout(resolve, 0), { once: true });
      window.postMessage(message, '*');
    });`;
}

/** Where pictures of the panel go when somebody wants to look at them. */
export async function picture(panel: PanelPage, name: string): Promise<void> {
  const folder = process.env['PANEL_PICTURES'];
  if (folder !== undefined) await panel.page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
}
