import type { Rule } from '../rule.js';
import { advisoryCycle } from './advisoryCycle.js';
import { advisoryShape } from './advisoryShape.js';
import { allAtOnce } from './allAtOnce.js';
import { ambiguousReference } from './ambiguousReference.js';
import { assertionWithoutProbe } from './assertionWithoutProbe.js';
import { bashUnderSh } from './bashUnderSh.js';
import { bypassedService } from './bypassedService.js';
import { changeInPrerequisites } from './changeInPrerequisites.js';
import { changeWithoutUndo } from './changeWithoutUndo.js';
import { changeWithoutVerify } from './changeWithoutVerify.js';
import { changingProbe } from './changingProbe.js';
import { disruptiveWithoutTarget } from './disruptiveWithoutTarget.js';
import { downloadWithoutChecksum } from './downloadWithoutChecksum.js';
import { duplicateStep } from './duplicateStep.js';
import { duplicateStepId } from './duplicateStepId.js';
import { endlessCommand } from './endlessCommand.js';
import { environmentHijack } from './environmentHijack.js';
import { fragileCheck } from './fragileCheck.js';
import { fromNotSingle } from './fromNotSingle.js';
import { gateAfterEffect } from './gateAfterEffect.js';
import { hiddenFailure } from './hiddenFailure.js';
import { hopOutsidePath } from './hopOutsidePath.js';
import { ineffectiveKey } from './ineffectiveKey.js';
import { interpolatedScript } from './interpolatedScript.js';
import { invalidDuration } from './invalidDuration.js';
import { invalidExpression } from './invalidExpression.js';
import { invalidRegex } from './invalidRegex.js';
import { invalidValue } from './invalidValue.js';
import { irreversibleWithoutHelp } from './irreversibleWithoutHelp.js';
import { longExpression } from './longExpression.js';
import { longTimeout } from './longTimeout.js';
import { missingPlatform } from './missingPlatform.js';
import { missingTimeout } from './missingTimeout.js';
import { numberedLabel } from './numberedLabel.js';
import { optionNotOnPlatform } from './optionNotOnPlatform.js';
import { orderWithoutBecause } from './orderWithoutBecause.js';
import { pathOfOtherPlatform } from './pathOfOtherPlatform.js';
import { pipedInstaller } from './pipedInstaller.js';
import { prerequisiteWithoutEvidence } from './prerequisiteWithoutEvidence.js';
import { purposeNotMet } from './purposeNotMet.js';
import { rebootByScript } from './rebootByScript.js';
import { roleShape } from './roleShape.js';
import { secretInArguments } from './secretInArguments.js';
import { secretInCommand } from './secretInCommand.js';
import { secretInWrongPlace } from './secretInWrongPlace.js';
import { secretOverPlainHttp } from './secretOverPlainHttp.js';
import { sudoInScript } from './sudoInScript.js';
import { timeoutTooShort } from './timeoutTooShort.js';
import { tooManySteps } from './tooManySteps.js';
import { unansweredQuestion } from './unansweredQuestion.js';
import { uncheckedServer } from './uncheckedServer.js';
import { undeclaredEffect } from './undeclaredEffect.js';
import { undefinedAdvisory } from './undefinedAdvisory.js';
import { undefinedContact } from './undefinedContact.js';
import { undefinedDocument } from './undefinedDocument.js';
import { undefinedFact } from './undefinedFact.js';
import { undefinedInput } from './undefinedInput.js';
import { undefinedRole } from './undefinedRole.js';
import { undefinedSecret } from './undefinedSecret.js';
import { undefinedStep } from './undefinedStep.js';
import { undefinedVersionScheme } from './undefinedVersionScheme.js';
import { unguardedDeletion } from './unguardedDeletion.js';
import { unreadableUse } from './unreadableUse.js';
import { unsafeRetry } from './unsafeRetry.js';
import { unusedAnchor } from './unusedAnchor.js';
import { unusedDeclaration } from './unusedDeclaration.js';
import { upgradeShape } from './upgradeShape.js';
import { useCycle } from './useCycle.js';
import { usedRoleMismatch } from './usedRoleMismatch.js';
import { valueBeforeStep } from './valueBeforeStep.js';
import { versionLiteral } from './versionLiteral.js';
import { worldWritable } from './worldWritable.js';

/** Every rule for runbooks. A new rule is a file and a line here. */
export const RULES: readonly Rule[] = [
  advisoryCycle,
  advisoryShape,
  allAtOnce,
  ambiguousReference,
  assertionWithoutProbe,
  bashUnderSh,
  bypassedService,
  changeInPrerequisites,
  changeWithoutUndo,
  changeWithoutVerify,
  changingProbe,
  disruptiveWithoutTarget,
  downloadWithoutChecksum,
  duplicateStep,
  duplicateStepId,
  endlessCommand,
  environmentHijack,
  fragileCheck,
  fromNotSingle,
  gateAfterEffect,
  hiddenFailure,
  hopOutsidePath,
  ineffectiveKey,
  interpolatedScript,
  invalidDuration,
  invalidExpression,
  invalidRegex,
  invalidValue,
  irreversibleWithoutHelp,
  longExpression,
  longTimeout,
  missingPlatform,
  missingTimeout,
  numberedLabel,
  optionNotOnPlatform,
  orderWithoutBecause,
  pathOfOtherPlatform,
  pipedInstaller,
  prerequisiteWithoutEvidence,
  purposeNotMet,
  rebootByScript,
  roleShape,
  secretInArguments,
  secretInCommand,
  secretInWrongPlace,
  secretOverPlainHttp,
  sudoInScript,
  timeoutTooShort,
  tooManySteps,
  unansweredQuestion,
  uncheckedServer,
  undeclaredEffect,
  undefinedAdvisory,
  undefinedContact,
  undefinedDocument,
  undefinedFact,
  undefinedInput,
  undefinedRole,
  undefinedSecret,
  undefinedStep,
  undefinedVersionScheme,
  unguardedDeletion,
  unreadableUse,
  unsafeRetry,
  unusedAnchor,
  unusedDeclaration,
  upgradeShape,
  useCycle,
  usedRoleMismatch,
  valueBeforeStep,
  versionLiteral,
  worldWritable,
];
