import { openLab } from './core/lab.js';
import type { Lab, LabOptions } from './core/lab.js';
import { PRODUCTS } from './products.js';

export type { Lab, LabOptions } from './core/lab.js';
export type { FrontDoorKind } from './core/frontDoors/frontDoor.js';
export { PRODUCT_NAMES } from './core/product.js';
export type { ProductName } from './core/product.js';

/** Starts simulated hosts on loopback. Resolves when all of them accept connections. */
export function startLab(options: LabOptions): Promise<Lab> {
  return openLab(options, PRODUCTS);
}
export { ENVIRONMENT } from './environment.js';
