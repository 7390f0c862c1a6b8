import type * as vscode from 'vscode';
import type { Draft } from '../../planner/index.js';
import { ReadOnlyTexts } from './readOnlyTexts.js';

/** Shows plans as text that can be read and compared, never saved over. */
export class PlanPreview {
  readonly #texts = new ReadOnlyTexts('runbook-plan');

  register(): vscode.Disposable {
    return this.#texts.register();
  }

  /** Opens the plan beside the runbook. Returns its text. */
  async show(draft: Draft, name: string): Promise<string> {
    const { previewText } = await import('./planText.js');
    const text = previewText(draft, Date.now());
    await this.#texts.showBeside(`/${name}.plan.txt`, text);
    return text;
  }
}
