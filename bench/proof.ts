import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createLanguageService } from '../src/language/index.js';
import { planFindings, variantsOf } from '../src/planner/index.js';
import { interleaved, table } from './measure.js';

const EXAMPLES = ['sps/sps.runbook.yaml', 'secret-server/secret_server.runbook.yaml', 'urbancode-ha/urbancode.runbook.yaml'];

/** What the proof over all variants of an example costs beside one of them and beside reading and linting its text. */
export async function benchProof(root: string): Promise<string> {
  const tables: string[] = [];
  for (const example of EXAMPLES) {
    const file = join(root, 'examples', example);
    const load = (): ReturnType<ReturnType<typeof createLanguageService>['loadProject']> =>
      createLanguageService({ workspace: { readText: (name) => readFile(name, 'utf8').catch(() => undefined) } }).loadProject(file);
    const project = await load();
    if (project === undefined) throw new Error(`${file} cannot be read`);
    const variants = [...variantsOf(project)].length;
    const timed = async (once: () => unknown): Promise<number> => {
      const started = performance.now();
      await once();
      return performance.now() - started;
    };
    const cases = [
      { name: 'read and lint', once: () => timed(load) },
      { name: 'one variant', once: () => timed(() => variantsOf(project)[Symbol.iterator]().next()) },
      { name: `proof, ${String(variants)} variants`, once: () => timed(() => planFindings(project)) },
    ];
    tables.push(table(example, 'ms in one process', await interleaved(cases, 7), ['read and lint']));
  }
  return tables.join('\n');
}
