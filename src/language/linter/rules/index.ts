import type { Rule } from '../rule.js';
import { advisoryCycle } from './advisoryCycle.js';
import { advisoryShape } from './advisoryShape.js';
import { ambiguousReference } from './ambiguousReference.js';
import { assertionWithoutProbe } from './assertionWithoutProbe.js';
import { bypassedService } from './bypassedService.js';
import { changeWithoutUndo } from './changeWithoutUndo.js';
import { changeWithoutVerify } from './changeWithoutVerify.js';
import { disruptiveWithoutTarget } from './disruptiveWithoutTarget.js';
import { duplicateStep } from './duplicateStep.js';
import { duplicateStepId } from './duplicateStepId.js';
import { fragileCheck } from './fragileCheck.js';
import { fromNotSingle } from './fromNotSingle.js';
import { gateAfterEffect } from './gateAfterEffect.js';
import { hopOutsidePath } from './hopOutsidePath.js';
import { ineffectiveKey } from './ineffectiveKey.js';
import { interpolatedScript } from './interpolatedScript.js';
import { invalidDuration } from './invalidDuration.js';
import { invalidExpression } from './invalidExpression.js';
import { invalidRegex } from './invalidRegex.js';
import { invalidValue } from './invalidValue.js';
import { longExpression } from './longExpression.js';
import { missingPlatform } from './missingPlatform.js';
import { missingTimeout } from './missingTimeout.js';
import { numberedLabel } from './numberedLabel.js';
import { optionNotOnPlatform } from './optionNotOnPlatform.js';
import { orderWithoutBecause } from './orderWithoutBecause.js';
import { purposeNotMet } from './purposeNotMet.js';
import { roleShape } from './roleShape.js';
import { secretInCommand } from './secretInCommand.js';
import { secretInWrongPlace } from './secretInWrongPlace.js';
import { tooManySteps } from './tooManySteps.js';
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
import { unusedDeclaration } from './unusedDeclaration.js';
import { upgradeShape } from './upgradeShape.js';
import { useCycle } from './useCycle.js';
import { usedRoleMismatch } from './usedRoleMismatch.js';
import { valueBeforeStep } from './valueBeforeStep.js';
import { versionLiteral } from './versionLiteral.js';

/** Every rule for runbooks. A new rule is a file and a line here. */
export const RULES: readonly Rule[] = [
  advisoryCycle,
  advisoryShape,
  ambiguousReference,
  assertionWithoutProbe,
  bypassedService,
  changeWithoutUndo,
  changeWithoutVerify,
  disruptiveWithoutTarget,
  duplicateStep,
  duplicateStepId,
  fragileCheck,
  fromNotSingle,
  gateAfterEffect,
  hopOutsidePath,
  ineffectiveKey,
  interpolatedScript,
  invalidDuration,
  invalidExpression,
  invalidRegex,
  invalidValue,
  longExpression,
  missingPlatform,
  missingTimeout,
  numberedLabel,
  optionNotOnPlatform,
  orderWithoutBecause,
  purposeNotMet,
  roleShape,
  secretInCommand,
  secretInWrongPlace,
  tooManySteps,
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
  unusedDeclaration,
  upgradeShape,
  useCycle,
  usedRoleMismatch,
  valueBeforeStep,
  versionLiteral,
];
