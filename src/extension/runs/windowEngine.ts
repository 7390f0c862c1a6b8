import { createEngine } from '../../engine/index.js';
import type { Engine } from '../../engine/index.js';
import { editorPty } from './editorPty.js';
import { letsGo } from './handingOver.js';
import { trustUnknownKey } from './hostKeys.js';
import { assertMayAct } from './permission.js';
import { askHidden, secretGiver } from './secrets.js';
import { operatorName, readSettings } from './settings.js';
import type { StoredSecrets } from './storedSecrets.js';

export interface WindowEngineOptions {
  readonly baseDirectory: string;
  /** Version of the extension. */
  readonly version: string;
  readonly secrets: StoredSecrets;
}

/** An engine that works with the settings of this window, and asks the person at it. */
export function windowEngine({ baseDirectory, version, secrets }: WindowEngineOptions): Engine {
  const settings = readSettings();
  const nodePty = editorPty();
  return createEngine({
    stateDirectory: settings.stateDirectory,
    version,
    operator: operatorName(),
    baseDirectory,
    assertMayAct,
    allowHandOver: letsGo,
    ...(nodePty === undefined ? {} : { nodePty }),
    secret: secretGiver(secrets, baseDirectory),
    ssh: {
      knownHosts: settings.knownHosts,
      identities: settings.identities,
      useConfig: settings.useConfig,
      trustUnknownKey,
      askSecret: (prompt) => askHidden('SSH', prompt),
    },
  });
}
