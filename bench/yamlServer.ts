import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

/** The version that is compared with. */
const VERSION = '1.25.0';

/** The part of its interface that is used here. */
interface Server {
  getLanguageService(parts: object): {
    configure(settings: object): void;
    doValidation(document: object, isKubernetes: boolean): Promise<readonly unknown[]>;
  };
}

/** Validates texts of a runbook as yaml-language-server does, against our published schema. */
export type YamlServer = (text: string) => Promise<readonly unknown[]>;

/** Undefined where it is not installed and cannot be. */
export function yamlServer(root: string): YamlServer | undefined {
  const folder = join(root, 'out/peers');
  const installed = join(folder, 'node_modules/yaml-language-server');
  if (!existsSync(installed)) {
    mkdirSync(folder, { recursive: true });
    const words = [
      'install',
      '--prefix',
      folder,
      '--no-save',
      '--no-audit',
      '--no-fund',
      '--ignore-scripts',
      `yaml-language-server@${VERSION}`,
    ];
    spawnSync('npm', words, { stdio: 'ignore', timeout: 180_000 });
  }
  if (!existsSync(installed)) return undefined;
  const load = createRequire(join(installed, 'package.json'));
  const { getLanguageService } = load('yaml-language-server') as Server;
  const { TextDocument } = load('vscode-languageserver-textdocument') as {
    TextDocument: { create(uri: string, language: string, version: number, text: string): object };
  };
  const schema: unknown = JSON.parse(readFileSync(join(root, 'schemas/runbook.schema.json'), 'utf8'));
  const service = getLanguageService({
    schemaRequestService: () => Promise.reject(new Error('nothing is fetched')),
    workspaceContext: { resolveRelativePath: (path: string) => path },
    telemetry: { send: () => undefined, sendError: () => undefined, sendTrack: () => undefined },
  });
  service.configure({
    validate: true,
    completion: false,
    hover: false,
    schemas: [{ uri: 'file:///runbook.schema.json', fileMatch: ['*.runbook.yaml'], schema }],
  });
  let version = 0;
  return (text) => service.doValidation(TextDocument.create('file:///sample.runbook.yaml', 'yaml', ++version, text), false);
}
