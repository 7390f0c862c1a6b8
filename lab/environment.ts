import { AUTHORITY_TOKEN } from './certificates/shop.js';
import { ACCESS_TOKEN, SQL_LOGIN } from './secretServer/releases.js';
import { IPMI_PASSWORD } from './sps/ipmi.js';

/** The passwords of the lab, by the environment variable the examples take each from. They protect nothing. */
export const ENVIRONMENT: Readonly<Record<string, string>> = {
  IPMI_PASSWORD,
  SECRET_SERVER_WEB_TOKEN: ACCESS_TOKEN,
  SECRET_SERVER_SQL_PASSWORD: SQL_LOGIN.password,
  CERTIFICATE_AUTHORITY_TOKEN: AUTHORITY_TOKEN,
};
