import { broken } from '../broken-receiver.js';

const KNOWN = new Set(
  `acquiringUrl activeInvoice address amount asset authorizationId blockchain checkoutId
   clientOrderId convertPair convertRate createdAt cryptoAcquiringProjectId
   cryptoAcquiringProjectName cryptoCurrencies cryptoCurrenciesByBlockchain cryptoCurrency
   cryptoCurrencyDetails currency deposit endUserId estimatedPayAmounts exchange expiresAt
   externalId fixedAmount h2H id initApprovalTx lastUpdatedAt maxLimit maxLimits
   merchantDomain merchantFixedPlatformFee merchantFixedPlatformFees
   merchantPercentPlatformFee merchantPercentPlatformFees merchantPlatformFee method
   minLimit minLimits modifiedAt name nextWriteOffAt onRampUrl orderId orderType overpaid
   paidAmount payAmount payerFixedPlatformFee payerFixedPlatformFees
   payerPercentPlatformFee payerPercentPlatformFees payerPlatformFee payment paymentId
   paymentIntents paymentStatus paymentWindowEndsAt planId planName processingAmount
   projectId projectName reason referenceId request requestAmount requestAmountConverted
   requestAmountIn returnUrl sourceAmount sourceCurrency status subStatus subscriptionId
   suggestedAmounts targetAmount targetCurrency timestamp transactionType transfer txHash
   type userId wallet`.split(/\s+/),
);

export default broken({
  rule: 'payload/unknown-field',
  bug: 'Refuses a body with a field that its schema does not have.',
  recipe: (correct) => ({
    read: (body) => {
      const unknown = Object.keys(JSON.parse(String(body))).find((key) => !KNOWN.has(key));
      if (unknown !== undefined) throw new Error(`Unrecognized key: ${unknown}`);
      return correct.read(body);
    },
  }),
});
