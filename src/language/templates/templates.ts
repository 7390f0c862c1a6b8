import { certificateRotation } from './certificateRotation.js';
import { firstRunbook } from './firstRunbook.js';
import { haPair } from './haPair.js';
import { rollingRestart } from './rollingRestart.js';
import { rollingUpgrade } from './rollingUpgrade.js';
import { stopAllUpgrade } from './stopAllUpgrade.js';
import type { Template } from './template.js';

/** What a runbook may begin with, in the order in which it is offered. */
export const TEMPLATES: readonly Template[] = [firstRunbook, rollingRestart, rollingUpgrade, haPair, stopAllUpgrade, certificateRotation];
