import type { PlanStep } from '../../planner/index.js';
import type { Action } from './action.js';
import { check } from './check.js';
import { http } from './http.js';
import { manual } from './manual.js';
import { reboot } from './reboot.js';
import { run } from './run.js';
import { service } from './service.js';
import { download, upload } from './transfer.js';
import { wait } from './wait.js';

/** Every action that is carried out as an attempt. `methods` is a choice between them. */
export const actions: Readonly<Record<Exclude<PlanStep['action'], 'methods'>, Action>> = {
  run,
  service,
  check,
  wait,
  manual,
  http,
  upload,
  download,
  reboot,
};
