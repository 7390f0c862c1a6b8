import type { Algorithms, ServerHostKeyAlgorithm } from 'ssh2';

/** Signatures by which a host may prove its key, the best first. */
export const HOST_KEYS: readonly ServerHostKeyAlgorithm[] = [
  'ssh-ed25519',
  'ecdsa-sha2-nistp256',
  'ecdsa-sha2-nistp384',
  'ecdsa-sha2-nistp521',
  'rsa-sha2-512',
  'rsa-sha2-256',
];

/**
 * What is offered to a server. ChaCha20-Poly1305 and CBC with encrypt-then-MAC are left out since the library cannot insist on strict
 * key exchange (CVE-2023-48795); SHA-1 signatures and exchanges are left out.
 * Host keys of the types already known for the host come first, so that the server shows a key that can be compared.
 */
export function offeredAlgorithms(knownTypes: readonly string[]): Algorithms {
  const known = HOST_KEYS.filter((algorithm) => knownTypes.includes(algorithm.startsWith('rsa-') ? 'ssh-rsa' : algorithm));
  return {
    kex: [
      'curve25519-sha256',
      'curve25519-sha256@libssh.org',
      'ecdh-sha2-nistp256',
      'ecdh-sha2-nistp384',
      'ecdh-sha2-nistp521',
      'diffie-hellman-group-exchange-sha256',
      'diffie-hellman-group16-sha512',
      'diffie-hellman-group18-sha512',
      'diffie-hellman-group14-sha256',
    ],
    serverHostKey: [...known, ...HOST_KEYS.filter((algorithm) => !known.includes(algorithm))],
    cipher: ['aes256-gcm@openssh.com', 'aes128-gcm@openssh.com', 'aes256-ctr', 'aes192-ctr', 'aes128-ctr'],
    hmac: ['hmac-sha2-256-etm@openssh.com', 'hmac-sha2-512-etm@openssh.com', 'hmac-sha2-256', 'hmac-sha2-512'],
    compress: ['none'],
  };
}
