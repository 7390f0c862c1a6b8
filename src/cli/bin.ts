import { rememberCompiled } from './compileCache.js';

rememberCompiled(process.env, process.cwd());
const { main, processIo } = await import('./main.js');
process.exitCode = await main(process.argv.slice(2), processIo());
