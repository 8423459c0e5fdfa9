// The room of the rules: one file a rule, in the folder of its area, and one line of this list.
import type { Rule } from '../rule.js';
import { acknowledgementBurst } from './acknowledgement/burst.js';
import { acknowledgementBurstKept } from './acknowledgement/burst-kept.js';
import { acknowledgementExactly200 } from './acknowledgement/exactly-200.js';
import { acknowledgementQuickAnswer } from './acknowledgement/quick-answer.js';
import { acknowledgementRefusalsMended } from './acknowledgement/refusals-mended.js';
import { acknowledgementStaysUp } from './acknowledgement/stays-up.js';
import { acknowledgementWithinLimit } from './acknowledgement/within-limit.js';
import { idempotencyDuplicateAfterLaterEvents } from './idempotency/duplicate-after-later-events.js';
import { idempotencyDuplicateAnswered200 } from './idempotency/duplicate-answered-200.js';
import { idempotencyDuplicateConcurrent } from './idempotency/duplicate-concurrent.js';
import { idempotencyDuplicateInSequence } from './idempotency/duplicate-in-sequence.js';
import { idempotencyDuplicateLongAfter } from './idempotency/duplicate-long-after.js';
import { idempotencyIdsAlike } from './idempotency/ids-alike.js';
import { idempotencySameStatusOtherBytes } from './idempotency/same-status-other-bytes.js';
import { orderingAnyOrder } from './ordering/any-order.js';
import { orderingEarlierStatusShown } from './ordering/earlier-status-shown.js';
import { orderingFinalOnly } from './ordering/final-only.js';
import { orderingLateIntermediate } from './ordering/late-intermediate.js';
import { orderingPaymentsAddUp } from './ordering/payments-add-up.js';
import { orderingSecondFinal } from './ordering/second-final.js';
import { orderingSeveralAtOnce } from './ordering/several-at-once.js';
import { orderingTwoResourcesOneOrder } from './ordering/two-resources-one-order.js';
import { payloadAmountPrecision } from './payload/amount-precision.js';
import { payloadConflictUnderpaid } from './payload/conflict-underpaid.js';
import { payloadCreditBeforeSuccess } from './payload/credit-before-success.js';
import { payloadDetours } from './payload/detours.js';
import { payloadEverydayAmounts } from './payload/everyday-amounts.js';

import { payloadFullLifecycles } from './payload/full-lifecycles.js';
import { payloadLargeBody } from './payload/large-body.js';
import { payloadNulls } from './payload/nulls.js';
import { payloadOverpaid } from './payload/overpaid.js';
import { payloadPartialSuccess } from './payload/partial-success.js';
import { payloadSampleNulls } from './payload/sample-nulls.js';
import { payloadSuccessEveryTime } from './payload/success-every-time.js';
import { payloadSuccessShows } from './payload/success-shows.js';
import { payloadTimeForms } from './payload/time-forms.js';
import { payloadUnknownField } from './payload/unknown-field.js';
import { payloadUnknownStatus } from './payload/unknown-status.js';
import { payloadUnknownStatusNotPaid } from './payload/unknown-status-not-paid.js';
import { recoveryHealsOnce } from './recovery/heals-once.js';
import { recoverySelfHeals } from './recovery/self-heals.js';
import { retriesBeforeTheOrder } from './retries/before-the-order.js';
import { retriesFailedWorkRedone } from './retries/failed-work-redone.js';
import { retriesLostAcknowledgement } from './retries/lost-acknowledgement.js';
import { retriesNotDoneBeforeDone } from './retries/not-done-before-done.js';
import { retriesOutageCatchUp } from './retries/outage-catch-up.js';
import { retriesOverlap } from './retries/overlap.js';
import { searchRandomDeliveries } from './search/random-deliveries.js';
import { signatureAcceptedDigestRefused } from './signature/accepted-digest-refused.js';
import { signatureBase64Refused } from './signature/base64-refused.js';
import { signatureChangedByteRefused } from './signature/changed-byte-refused.js';
import { signatureEmptyRefused } from './signature/empty-refused.js';
import { signatureHeaderCase } from './signature/header-case.js';
import { signatureMissingRefused } from './signature/missing-refused.js';
import { signatureNoSideEffect } from './signature/no-side-effect.js';
import { signatureNudgesSigned } from './signature/nudges-signed.js';
import { signatureOtherBodyRefused } from './signature/other-body-refused.js';
import { signatureOtherSecretRefused } from './signature/other-secret-refused.js';
import { signatureOverLongRefused } from './signature/over-long-refused.js';
import { signatureRawBytes } from './signature/raw-bytes.js';
import { signatureSentTwiceRefused } from './signature/sent-twice-refused.js';
import { signatureSha256Refused } from './signature/sha256-refused.js';
import { signatureTruncatedRefused } from './signature/truncated-refused.js';
import { signatureValidAccepted } from './signature/valid-accepted.js';

/** Every rule, in the order of the report. */
export const RULES: readonly Rule[] = [
  signatureValidAccepted,
  signatureMissingRefused,
  signatureEmptyRefused,
  signatureTruncatedRefused,
  signatureOverLongRefused,
  signatureOtherSecretRefused,
  signatureOtherBodyRefused,
  signatureAcceptedDigestRefused,
  signatureChangedByteRefused,
  signatureSha256Refused,
  signatureBase64Refused,
  signatureSentTwiceRefused,
  signatureNoSideEffect,
  signatureNudgesSigned,
  signatureRawBytes,
  signatureHeaderCase,
  acknowledgementExactly200,
  acknowledgementRefusalsMended,
  acknowledgementWithinLimit,
  acknowledgementQuickAnswer,
  acknowledgementBurst,
  acknowledgementBurstKept,
  acknowledgementStaysUp,
  idempotencyDuplicateInSequence,
  idempotencyDuplicateConcurrent,
  idempotencyDuplicateAfterLaterEvents,
  idempotencyDuplicateLongAfter,
  idempotencyDuplicateAnswered200,
  idempotencyIdsAlike,
  idempotencySameStatusOtherBytes,
  orderingAnyOrder,
  orderingLateIntermediate,
  orderingFinalOnly,
  orderingTwoResourcesOneOrder,
  orderingPaymentsAddUp,
  orderingSeveralAtOnce,
  orderingEarlierStatusShown,
  orderingSecondFinal,
  retriesLostAcknowledgement,
  retriesOverlap,
  retriesOutageCatchUp,
  retriesBeforeTheOrder,
  retriesFailedWorkRedone,
  retriesNotDoneBeforeDone,
  payloadSuccessShows,
  payloadUnknownField,
  payloadUnknownStatus,
  payloadUnknownStatusNotPaid,
  payloadSampleNulls,
  payloadNulls,
  payloadTimeForms,
  payloadLargeBody,
  payloadEverydayAmounts,
  payloadAmountPrecision,
  payloadFullLifecycles,
  payloadDetours,
  payloadPartialSuccess,
  payloadConflictUnderpaid,
  payloadCreditBeforeSuccess,
  payloadOverpaid,
  payloadSuccessEveryTime,
  recoverySelfHeals,
  recoveryHealsOnce,
  searchRandomDeliveries,
];
