/** What a group passes on to the steps in it, or does itself; everything else belongs to single steps. */
export const KEYS_OF_GROUPS: ReadonlySet<string> = new Set([
  'id',
  'title',
  'on',
  'from',
  'once',
  'when',
  'serial',
  'pause_between',
  'per_hop',
  'notes',
  'impact',
  'source',
  'steps',
  'use',
  'roles',
  'with',
]);
/** What belongs to a script alone. */
export const KEYS_OF_SCRIPTS = ['args', 'env', 'shell', 'workdir', 'terminal', 'answers'] as const;
/** What belongs to acts of people alone. */
export const KEYS_OF_PEOPLE = ['evidence', 'approver', 'open'] as const;
