import type { Project } from '../../language/index.js';

/** Effects that have to be ended again. */
const LASTING: readonly unknown[] = ['stop', 'isolate'];

/**
 * Whether anything in a project could break an order or leave a host behind: it declares orders, or something in it may stop or isolate. Of
 * others, plans show only which steps are reached. Says yes in doubt.
 */
export function canBreak(project: Project): boolean {
  return [...project.files.values()].some(({ value }) => (value?.order ?? []).length > 0 || mayStop(value));
}

function mayStop(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  for (const [key, member] of Object.entries(value)) {
    if (key === 'reboot' || key === 'effects' || key === 'stages') {
      if (!Array.isArray(member) || member.some((effect) => LASTING.includes(effect))) return true;
    } else if (key === 'state' ? member === 'stopped' || member === 'restarted' : mayStop(member)) return true;
  }
  return false;
}
