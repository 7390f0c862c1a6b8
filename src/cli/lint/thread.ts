import { rememberCompiled } from '../compileCache.js';

// Entry of the threads that check files.
rememberCompiled(process.env, process.cwd());
const { workInThread } = await import('./threads.js');
await workInThread();
