import type { Rule } from '../rule.js';
import { duplicateStepId } from './duplicateStepId.js';
import { fromNotSingle } from './fromNotSingle.js';
import { interpolatedScript } from './interpolatedScript.js';
import { invalidDuration } from './invalidDuration.js';
import { invalidExpression } from './invalidExpression.js';
import { invalidRegex } from './invalidRegex.js';
import { invalidValue } from './invalidValue.js';
import { missingPlatform } from './missingPlatform.js';
import { roleShape } from './roleShape.js';
import { secretInWrongPlace } from './secretInWrongPlace.js';
import { undefinedAdvisory } from './undefinedAdvisory.js';
import { undefinedContact } from './undefinedContact.js';
import { undefinedDocument } from './undefinedDocument.js';
import { undefinedFact } from './undefinedFact.js';
import { undefinedInput } from './undefinedInput.js';
import { undefinedRole } from './undefinedRole.js';
import { undefinedSecret } from './undefinedSecret.js';
import { undefinedStep } from './undefinedStep.js';
import { undefinedVersionScheme } from './undefinedVersionScheme.js';
import { unreadableUse } from './unreadableUse.js';
import { useCycle } from './useCycle.js';

/** Every rule for runbooks. A new rule is a file and a line here. */
export const RULES: readonly Rule[] = [
  duplicateStepId,
  fromNotSingle,
  interpolatedScript,
  invalidDuration,
  invalidExpression,
  invalidRegex,
  invalidValue,
  missingPlatform,
  roleShape,
  secretInWrongPlace,
  undefinedAdvisory,
  undefinedContact,
  undefinedDocument,
  undefinedFact,
  undefinedInput,
  undefinedRole,
  undefinedSecret,
  undefinedStep,
  undefinedVersionScheme,
  unreadableUse,
  useCycle,
];
