import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserContext, FrameLocator, Locator, Page } from 'playwright-core';
import { installExtension, openBrowser, startServer, windowAddress } from './server.mjs';

export type { BrowserContext, FrameLocator, Locator, Page };

/** Root of the repository. */
export const repository = join(import.meta.dirname, '../..');

export type Theme = 'light' | 'dark' | 'high-contrast';

/** By theme: what the list calls it, and its file as the class of the workbench names it. */
const THEMES: Record<Theme, { readonly label: string; readonly file: string }> = {
  light: { label: 'Light Modern', file: 'light_modern' },
  dark: { label: 'Dark Modern', file: 'dark_modern' },
  'high-contrast': { label: 'Dark High Contrast', file: 'hc_black' },
};

export interface SessionOptions {
  /** Absolute path of the folder to open. */
  readonly workspace: string;
  /** Default: what VS Code itself begins with. */
  readonly theme?: Theme;
  /**
   * `{ source }`: the extension under development in that folder; `{ vsix }`: that package, installed.
   * Default: the package named by the environment variable `RUNBOOK_E2E_VSIX`, else the repository.
   */
  readonly extension?: { readonly source: string } | { readonly vsix: string };
  /** User settings, over those that keep the window quiet. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** `false`: workspace trust is on and the folder untrusted. Default true. */
  readonly trusted?: boolean;
  /** Environment of the extension host. */
  readonly env?: Readonly<Record<string, string>>;
  /** Size of the window in CSS pixels. Default 1400 × 900. */
  readonly size?: { readonly width: number; readonly height: number };
}

/** A VS Code window that a test drives as a person does. */
export interface Session {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Runs a command as a person does: by its title in the palette. */
  command(title: string): Promise<void>;
  /** Document inside the webview that shows. */
  webview(): FrameLocator;
  /** Loads the window anew, as "Developer: Reload Window" does. Resolves when the workbench stands again. */
  reload(): Promise<void>;
  /** Text the server and the extension host printed. */
  log(): string;
  close(): Promise<void>;
}

/** Opens a window and waits until its workbench stands; the extension may still be starting. */
export async function openSession(options: SessionOptions): Promise<Session> {
  const extension = options.extension ?? extensionFromEnvironment();
  const extensionsDirectory = await mkdtemp(join(tmpdir(), 'vscode-extensions-'));
  if ('vsix' in extension) await installExtension(extension.vsix, extensionsDirectory);
  const server = await startServer({
    extensionsDirectory,
    trusted: options.trusted ?? true,
    settings: options.settings ?? {},
    env: options.env ?? {},
  });
  const browser = await openBrowser();
  const close = async (): Promise<void> => {
    await browser.close();
    await server.stop();
    await rm(extensionsDirectory, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    const context = await browser.newContext({ viewport: options.size ?? { width: 1400, height: 900 } });
    const page = await context.newPage();
    let log = '';
    page.on('console', (message) => (log += `${message.type()}: ${message.text()}\n`));
    const source = 'source' in extension ? { extension: extension.source } : {};
    await page.goto(windowAddress(server.port, { folder: options.workspace, ...source }));
    await workbench(page);
    if (options.theme !== undefined) await colour(page, options.theme);
    return {
      page,
      context,
      command: (title) => runCommand(page, title),
      webview: () => page.frameLocator('iframe.webview.ready >> visible=true').frameLocator('iframe#active-frame'),
      reload: async () => {
        await page.reload();
        await workbench(page);
      },
      log: () => server.log + log,
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

function extensionFromEnvironment(): { source: string } | { vsix: string } {
  const vsix = process.env['RUNBOOK_E2E_VSIX'];
  return vsix === undefined ? { source: repository } : { vsix };
}

/** A window in a browser keeps its user's settings in the browser, so the theme is chosen as a person does. */
async function colour(page: Page, theme: Theme): Promise<void> {
  // Until the first theme is there, the list knows none.
  await page.locator('.monaco-workbench[class*="theme-defaults"]').waitFor();
  await runCommand(page, 'Preferences: Color Theme');
  const { label, file } = THEMES[theme];
  await page.locator('.quick-input-widget input[type="text"]').first().fill(label);
  await page.locator('.quick-input-list .monaco-list-row', { hasText: label }).first().click();
  await page.locator(`.monaco-workbench[class*="${file}"]`).waitFor();
}

/** A cold start takes up to 45 s on a small machine. */
async function workbench(page: Page): Promise<void> {
  await page.locator('.monaco-workbench .part.statusbar .statusbar-item').first().waitFor({ timeout: 60_000 });
}

/** The palette lists what is known when it opens, so it is opened anew until the extension has brought its commands. */
async function runCommand(page: Page, title: string): Promise<void> {
  const found = page.locator('.quick-input-list .monaco-list-row', { hasText: title }).first();
  for (let attempt = 1; ; attempt += 1) {
    try {
      await typeIntoPalette(page, `>${title}`);
      await found.click({ timeout: 3000 });
      return;
    } catch (error) {
      if (attempt === 15) throw error;
      await page.keyboard.press('Escape');
    }
  }
}

/** Opens the palette and types into it. Throws within seconds where it does not stay open: another command's list, opened late, may take its place. */
export async function typeIntoPalette(page: Page, text: string): Promise<void> {
  await page.keyboard.press('F1');
  await page.locator('.quick-input-widget input[type="text"]').first().fill(text, { timeout: 3000 });
}
