import * as vscode from 'vscode';
import { showControls } from '../../events/index.js';
import type { HoverSections, LanguageService, OutlineNode } from '../../language/index.js';
import { DOCUMENTS, fileOf, RUNBOOK } from '../documents.js';
import type { Plans } from '../plans/plans.js';
import { rangeIn } from '../ranges.js';

/** Longest time that an explanation waits for the plan, in ms: what the text says does not need it. */
const PATIENCE_MS = 1500;

/** Explains the key, the value or the name under the pointer; in a runbook also what it means for the inventory in use. */
export function provideHover(service: LanguageService, plans: Plans): vscode.Disposable {
  return vscode.languages.registerHoverProvider(DOCUMENTS, {
    async provideHover(document, position) {
      const offset = document.offsetAt(position);
      const sections = document.languageId === RUNBOOK ? sectionsFor(document, offset, service, plans) : undefined;
      const found = await service.hover(fileOf(document.uri), document.getText(), offset, sections);
      return found === undefined
        ? undefined
        : new vscode.Hover(new vscode.MarkdownString(showControls(found.markdown)), rangeIn(document, found.range));
    },
  });
}

function sectionsFor(document: vscode.TextDocument, offset: number, service: LanguageService, plans: Plans): HoverSections {
  return async ({ kind, name, owner }) => {
    const draft = await Promise.race([plans.of(document.uri), patience()]);
    const plan = draft?.plan;
    if (draft === undefined || plan === undefined) return [];
    const start = startOfStep(service.outline(fileOf(document.uri), document.getText()), offset);
    const { planSections } = await import('../../planner/index.js');
    return planSections(
      { ...draft, plan },
      {
        kind,
        name,
        file: plan.runbook.file,
        ...(owner === undefined ? {} : { owner }),
        ...(start === undefined ? {} : { line: document.positionAt(start).line + 1 }),
      },
    );
  };
}

function patience(): Promise<undefined> {
  return new Promise((resolve) => setTimeout(() => resolve(undefined), PATIENCE_MS));
}

/** Where the innermost step or group around an offset begins. */
function startOfStep(outline: readonly OutlineNode[], offset: number): number | undefined {
  const node = outline.find(({ range }) => range.start <= offset && offset <= range.end);
  return node === undefined ? undefined : (startOfStep(node.children, offset) ?? node.range.start);
}
