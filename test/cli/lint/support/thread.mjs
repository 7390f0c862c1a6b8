// Runs the entry of the threads from its source.
import { register } from 'tsx/esm/api';

register();
await import('../../../../src/cli/lint/thread.ts');
