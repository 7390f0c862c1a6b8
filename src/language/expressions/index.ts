export { createExpressions, ExpressionError } from './cel.js';
export type { CelType, CheckResult, Expressions } from './cel.js';
export { HOST_MEMBERS } from './names.js';
export type { CelValue, ExtraName, HopValues, NamesHere, NameTypes, NameValues, RoleType } from './names.js';
export { hasTemplate, parseTemplate, wholeExpression } from './template.js';
export type { Template, TemplatePart } from './template.js';
export { describeUnknown, UnknownValue } from './unknown.js';
export type { UnknownName } from './unknown.js';
export { hasSeveralHops, isSingleRole, nameTypesOf, roleLineage, roleNames, varType } from './namesOf.js';
