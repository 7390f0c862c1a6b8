// The only file that knows the toolkit. The deep import is a bundle of its own: the main entry does not shake.
import { provideVSCodeDesignSystem, vsCodeButton, vsCodeCheckbox, vsCodeProgressRing } from '@vscode/webview-ui-toolkit/dist/toolkit.js';

/** Makes `vscode-button`, `vscode-checkbox` and `vscode-progress-ring` known to the page. The toolkit's badge is not: it sets a style attribute, which the page's policy refuses. */
export function registerComponents(): void {
  provideVSCodeDesignSystem().register(vsCodeButton(), vsCodeCheckbox(), vsCodeProgressRing());
}
