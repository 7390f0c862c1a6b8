import type { Installation } from './installation.js';
import { LATEST } from './releases.js';

/** What is still wrong with the server that was upgraded, and with what all servers share. */
export function primaryDone(installation: Installation): string[] {
  const primary = installation.servers.find((server) => server.isPrimary);
  if (primary === undefined) return ['there is no primary server'];
  return [
    ...(primary.version === LATEST ? [] : [`${primary.name} is at ${primary.version}, not at ${LATEST}`]),
    ...(primary.pool === 'Started' ? [] : [`the application pool of ${primary.name} is stopped`]),
    ...(installation.setup === 'home' ? [] : [`the setup of ${primary.name} is still open`]),
    ...(installation.privilegeManager === LATEST ? [] : [`Privilege Manager is at ${installation.privilegeManager}`]),
    ...(installation.windowsLogonWorks === false
      ? ['nobody is logged on by Windows: the authentication settings do not suit the pipeline mode']
      : []),
    ...(installation.queues.total === 0 ? [] : ['messages pile up in the queues of RabbitMQ']),
  ];
}

/** What is still wrong with the end state. */
export function allDone(installation: Installation): string[] {
  const standby = installation.servers.filter((server) => !server.isPrimary);
  return [
    ...primaryDone(installation),
    ...standby.flatMap((server) => [
      ...(server.version === installation.schema ? [] : [`${server.name} has the files of ${server.version}`]),
      ...(server.pool === 'Started' ? [] : [`the application pool of ${server.name} is stopped`]),
    ]),
  ];
}
