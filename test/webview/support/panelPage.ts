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

/** A page of the extension in a real browser, with a made-up extension behind it. */
export interface ShownPage<From> {
  readonly page: Page;
  readonly send: (message: unknown) => Promise<void>;
  /** What the page has asked for, `ready` left out. */
  readonly asked: () => Promise<readonly From[]>;
  /** Trouble the page reported: errors, and what its policy refused. */
  readonly trouble: readonly string[];
  readonly close: () => Promise<void>;
}

export type PanelPage = ShownPage<FromPanel>;

interface Built {
  readonly script: string;
  readonly style: string;
}

/** By entry. */
const built = new Map<string, Promise<Built>>();
let browser: Promise<Browser> | undefined;

function bundle(entry: string): Promise<Built> {
  const known = built.get(entry);
  if (known !== undefined) return known;
  const made = build({
    entryPoints: [join(import.meta.dirname, '../../../webview', entry)],
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
  built.set(entry, made);
  return made;
}

export async function closeBrowser(): Promise<void> {
  await (await browser)?.close();
  browser = undefined;
}

export function openPanel(theme: Theme = 'dark', kept: unknown = undefined): Promise<PanelPage> {
  return openPage('panel.ts', theme, kept);
}

/** Opens a page by its entry below `webview/`. `kept`: what it kept when it was hidden. */
export async function openPage<From extends { readonly type: string }>(
  entry: string,
  theme: Theme = 'dark',
  kept: unknown = undefined,
): Promise<ShownPage<From>> {
  const { script, style } = await bundle(entry);
  browser ??= chromium.launch({ executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium', args: FLAGS });
  const context = await (await browser).newContext({ viewport: { width: 900, height: 900 } });
  const page = await context.newPage();
  const trouble: string[] = [];
  page.on('pageerror', (error) => trouble.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') trouble.push(message.text());
  });
  const html = panelHtml({
    title: 'Panel',
    source: ORIGIN,
    script: `${ORIGIN}/panel.js`,
    style: `${ORIGIN}/panel.css`,
    nonce: 'fixed-nonce',
  });
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
      ((await page.evaluate(() => (window as unknown as { asked: unknown[] }).asked)) as From[]).filter(({ type }) => type !== 'ready'),
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
export async function picture(panel: Pick<ShownPage<unknown>, 'page'>, name: string): Promise<void> {
  const folder = process.env['PANEL_PICTURES'];
  if (folder !== undefined) await panel.page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
}
