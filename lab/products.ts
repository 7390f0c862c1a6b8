import type { ProductFactory, ProductName } from './core/product.js';
import { createSps } from './sps/product.js';

/** How each product of the lab is built: one line per product. */
export const PRODUCTS: Readonly<Partial<Record<ProductName, ProductFactory>>> = {
  sps: createSps,
};
