import type { ProgramCall } from '../core/calls.js';
import type { Cluster } from './cluster.js';
import { APP_DATA, INSTALL_DIRECTORY } from './releases.js';
import type { Server } from './server.js';

/** How long the installer works, in milliseconds at pace 1. */
const WORK_MS = 2500;
const SLOW_MS = 60_000;

/** The part of the installer that looks at the server and changes it; the questions are asked by the script of the package. */
export async function installerProgram(cluster: Cluster, server: Server, call: ProgramCall): Promise<number> {
  const [verb, ...args] = call.args;
  const answer = (yes: boolean): number => (yes ? 0 : 1);
  switch (verb) {
    case 'installed':
      return answer(args[0] === INSTALL_DIRECTORY);
    case 'running':
      return answer(server.running);
    case 'asks-database':
      return answer(cluster.database.migrations === 0 || cluster.switches.on('ucd.second_node_asks_for_database'));
    case 'asks-more':
      return answer(cluster.switches.on('ucd.installer_asks_more'));
    case 'apply':
      return apply(cluster, server, call, args);
    default:
      return 2;
  }
}

async function apply(cluster: Cluster, server: Server, call: ProgramCall, args: readonly string[]): Promise<number> {
  const [version = '', data = '', database = '', fips = ''] = args;
  const refuse = (why: string): number => {
    call.complain(why);
    return 1;
  };
  if (call.user !== 'root') return refuse('The installer needs the rights of an administrator.');
  if (data !== APP_DATA) {
    cluster.judge.violation(`the installer of ${server.name} was told to keep application data in ${data}`);
    return refuse(`${data} holds no application data.`);
  }
  if (cluster.database.migrations === 0 && database !== 'yes')
    return refuse('The database must be upgraded with the first server. Nothing was changed.');
  cluster.judge.count(server.name, 'install');
  cluster.judgeInstall(server);
  call.print('Copying files ...');
  await cluster.pace.pause(WORK_MS);
  if (cluster.switches.on('ucd.installer_slow')) await cluster.pace.pause(SLOW_MS);
  if (database === 'yes') {
    call.print('Upgrading the database ...');
    cluster.database.migrate(version);
  }
  server.fips = fips === 'yes';
  server.awaited = true;
  await server.installed(version);
  if (cluster.switches.on('ucd.drop_connection') && cluster.judge.counted(server.name, 'dropped') === 0) {
    cluster.judge.count(server.name, 'dropped');
    server.host.dropConnections();
    // A terminal that is gone takes its program with it before the last line is out.
    await cluster.pace.pause(WORK_MS);
  }
  call.print(`UrbanCode Deploy server ${version} is installed. Start it by its service script.`);
  return 0;
}
