import { createCertificates } from './certificates/product.js';
import type { ProductFactory, ProductName } from './core/product.js';
import { createSecretServer } from './secretServer/product.js';
import { createSps } from './sps/product.js';
import { createUrbancode } from './urbancode/product.js';

/** How each product of the lab is built: one line per product. */
export const PRODUCTS: Readonly<Record<ProductName, ProductFactory>> = {
  sps: createSps,
  urbancode: createUrbancode,
  secret_server: createSecretServer,
  certificates: createCertificates,
};
