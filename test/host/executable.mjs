import { join } from 'node:path';
import { downloadAndUnzipVSCode } from '@vscode/test-electron';

const downloads = 'https://update.code.visualstudio.com/api/releases/stable';

/**
 * Which VS Code the tests run in: the one named by `VSCODE_TEST_EXECUTABLE`; else the desktop VS Code, downloaded, where there is a
 * screen and the download can be reached; else the stand-in.
 * @returns {Promise<{ path: string, standin: boolean }>}
 */
export async function chooseExecutable() {
  const given = process.env['VSCODE_TEST_EXECUTABLE'];
  if (given !== undefined && given !== '') return { path: given, standin: false };
  if (hasScreen() && (await canDownload())) return { path: await downloadAndUnzipVSCode('stable'), standin: false };
  return { path: join(import.meta.dirname, 'standin.mjs'), standin: true };
}

function hasScreen() {
  return process.platform !== 'linux' || Boolean(process.env['DISPLAY'] ?? process.env['WAYLAND_DISPLAY']);
}

/** Whether the desktop VS Code can be downloaded from here. */
async function canDownload() {
  try {
    return (await fetch(downloads, { signal: AbortSignal.timeout(5000) })).ok;
  } catch {
    return false;
  }
}
