/** Set when the command line is bundled. */
declare const PRODUCT_VERSION: string;

/** Version of the product; `0.0.0-source` when it runs unbundled. */
export function productVersion(): string {
  return typeof PRODUCT_VERSION === 'string' ? PRODUCT_VERSION : '0.0.0-source';
}
