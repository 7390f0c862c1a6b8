import { listsOf, parseUseReference, resolveFile } from '../../language/index.js';
import type { ParsedRunbook, Project } from '../../language/index.js';
import { relativeFile } from '../digest.js';
import { conditionsOf } from './celTexts.js';

/** Inputs of a file by the name the file has in a plan. */
export type OpenInputs = ReadonlyMap<string, ReadonlySet<string>>;

interface UsingPart {
  readonly use?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}

/**
 * Inputs that conditions name and whose values variants do not go through one by one, and inputs of used files that are given from them: no
 * value stands for all others, so they are left open and their conditions tried both ways. `tried`: inputs of the root that variants go through.
 */
export function openInputsOf(project: Project, tried: ReadonlySet<string>): OpenInputs {
  const root = project.root.value;
  const names = Object.keys(root?.inputs ?? {}).filter((name) => !tried.has(name));
  const tainted = new Map<string, Set<string>>([[project.root.file, new Set(names)]]);
  for (let grows = true; grows;) {
    grows = false;
    for (const document of project.files.values()) {
      for (const [file, given] of givenOn(document, tainted.get(document.file))) {
        const known = tainted.get(file) ?? new Set();
        tainted.set(file, known);
        if (known.has(given)) continue;
        known.add(given);
        grows = true;
      }
    }
  }
  return new Map(
    [...project.files.values()].map((document) => {
      const conditions = document.value === undefined ? '' : conditionsOf(document.value).join('\n');
      const named = [...(tainted.get(document.file) ?? [])].filter((name) => namesInput(conditions, name));
      return [relativeFile(project.root.file, document.file), new Set(named)];
    }),
  );
}

/** Inputs of other files that a file gives from its own open ones. */
function givenOn(document: ParsedRunbook, open: ReadonlySet<string> | undefined): readonly (readonly [file: string, input: string])[] {
  if (document.value === undefined || open === undefined || open.size === 0) return [];
  const parts: readonly UsingPart[] = [...[...listsOf(document.value)].flat(), ...(document.value.upgrade?.instead ?? [])];
  return parts.flatMap(({ use, with: given = {} }) => {
    const file = parseUseReference(use ?? '')?.file;
    if (file === undefined) return [];
    return Object.entries(given)
      .filter(([, text]) => typeof text === 'string' && [...open].some((name) => namesInput(text, name)))
      .map(([input]) => [resolveFile(document.file, file), input] as const);
  });
}

function namesInput(text: string, name: string): boolean {
  return new RegExp(`\\binputs\\s*(?:\\.\\s*${name}\\b|\\[\\s*["']${name}["'])`).test(text);
}
