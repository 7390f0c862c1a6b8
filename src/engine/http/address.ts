import { lookup } from 'node:dns';
import { BlockList, isIP } from 'node:net';
import type { LookupFunction } from 'node:net';

/** Addresses where clouds hand out credentials to whoever asks from the machine itself, and the link-local ranges they stand in. */
const forbidden = new BlockList();
forbidden.addSubnet('169.254.0.0', 16, 'ipv4');
forbidden.addSubnet('fe80::', 10, 'ipv6');
for (const address of ['100.100.100.200', '168.63.129.16', '192.0.0.192']) forbidden.addAddress(address, 'ipv4');
forbidden.addSubnet('fd00:ec2::', 64, 'ipv6');
// The same IPv4 range as IPv6 writes it: translated (NAT64), 6to4, and the obsolete compatible form.
forbidden.addSubnet('64:ff9b::a9fe:0', 112, 'ipv6');
forbidden.addSubnet('2002:a9fe::', 32, 'ipv6');
forbidden.addSubnet('::a9fe:0', 112, 'ipv6');

/** Whether a web request may go to this IP address. Anything that is no IP address may not. */
export function mayAsk(address: string): boolean {
  const family = isIP(address.replace(/%.*$/, ''));
  if (family === 0) return false;
  return !forbidden.check(address.replace(/%.*$/, ''), family === 4 ? 'ipv4' : 'ipv6');
}

/** An address that is never asked. */
export class RefusedAddress extends Error {
  override readonly name = 'RefusedAddress';
  constructor(address: string) {
    super(`${address} is a link-local or metadata address, which is never asked`);
  }
}

/**
 * Looks names up for sockets, which then connect to exactly the addresses given back: a name that means something else a moment later changes
 * nothing. One bad address among several refuses them all: such an answer is no accident.
 */
export function guarded(resolve: typeof lookup): LookupFunction {
  return (hostname, options, callback) => {
    resolve(hostname, { ...options, all: true }, (error, addresses) => {
      if (error !== null) {
        callback(error, []);
        return;
      }
      const bad = addresses.find(({ address }) => !mayAsk(address));
      const [first] = addresses;
      if (bad !== undefined) callback(new RefusedAddress(bad.address === hostname ? hostname : `${hostname} (${bad.address})`), []);
      else if (options.all === true || first === undefined) callback(null, addresses);
      else callback(null, first.address, first.family);
    });
  };
}

/** {@link guarded} names, as this machine resolves them. */
export const guardedLookup: LookupFunction = guarded(lookup);
