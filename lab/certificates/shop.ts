/** Directory of the certificate and its private key on every web server. */
export const TLS_DIRECTORY = '/etc/shop/tls';
export const CERTIFICATE_FILE = `${TLS_DIRECTORY}/server.crt`;
export const KEY_FILE = `${TLS_DIRECTORY}/server.key`;

/** Name of the service of the web server. */
export const SERVICE = 'shop';

/** Port on which the web server serves its certificate; the lab only claims that it is open. */
export const TLS_PORT = 8443;

/** A certificate that is valid for at least as many days is good; there is no reason to replace it. */
export const GOOD_FOR_DAYS = 30;

/** What the authority asks for in `Authorization: Bearer …`. */
export const AUTHORITY_TOKEN = 'lab-authority-token';
