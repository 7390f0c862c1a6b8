import { TransportError } from '../transport.js';

const HOST = /^[A-Za-z0-9_:][A-Za-z0-9_.:%-]{0,254}$/;
/** Perhaps with a domain of Windows before it, and the dollar that ends the name of a machine. */
const USER = /^(?:[A-Za-z0-9_][A-Za-z0-9_.-]{0,63}\\)?[A-Za-z0-9_][A-Za-z0-9_.@+-]{0,127}\$?$/;

/** Throws a TransportError unless the name can be an address: nothing in it means anything to a shell or looks like an option. */
export function checkAddress(address: string): string {
  if (!HOST.test(address)) {
    throw new TransportError(
      'not_started',
      `${JSON.stringify(address)} cannot be the address of a host`,
      'Correct the address in the inventory or in your SSH configuration.',
    );
  }
  return address;
}

/** Throws a TransportError unless the number can be a port. */
export function checkPort(port: number): number {
  if (!Number.isInteger(port) || port < 1 || port > 65_535)
    throw new TransportError(
      'not_started',
      `${String(port)} cannot be the port of a host`,
      'Correct the port in the inventory or in your SSH configuration.',
    );
  return port;
}

/** Throws a TransportError unless the name can be a login. */
export function checkUser(user: string): string {
  if (!USER.test(user))
    throw new TransportError(
      'not_started',
      `${JSON.stringify(user)} cannot be a login name`,
      'Correct the user in the inventory or in your SSH configuration.',
    );
  return user;
}
