/** Rules whose mistake cannot be seen on a page, or would fill too many of them: test/fixtures/malformed and test/language/parser show these. */
export const UNSHOWN: ReadonlySet<string> = new Set([
  'too-large',
  'too-deep',
  'too-many-keys',
  'too-many-aliases',
  'byte-order-mark',
  'invisible-character',
  'lone-carriage-return',
  'control-character',
]);
