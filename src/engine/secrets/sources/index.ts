export { commandSource } from './command.js';
export type { SecretCommand } from './command.js';
export { descriptorSource } from './descriptor.js';
export { environmentSource, variableOf } from './environment.js';
export { promptSource } from './prompt.js';
export { inOrder } from './source.js';
export type { DeclaredSecret, GivenSecret, SecretGiver, SecretPlace, SecretSource } from './source.js';
