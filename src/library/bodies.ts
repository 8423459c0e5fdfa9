// Written by `npm run schema` from src/webhook/bodies.json and catalogue.json.

/** Another text: there may be more values than are known. */
type OtherText = string & Record<never, never>;

/** The events that there is a sample of. */
export type SampleEventName =
  | 'payment.new'
  | 'payment.pending'
  | 'payment.frozen'
  | 'payment.partial-success'
  | 'payment.success'
  | 'payment.failed'
  | 'payment.cancelled'
  | 'payment.expired'
  | 'legacy-payment.new'
  | 'legacy-payment.pending'
  | 'legacy-payment.frozen'
  | 'legacy-payment.partial-success'
  | 'legacy-payment.success'
  | 'legacy-payment.failed'
  | 'legacy-payment.cancelled'
  | 'legacy-payment.expired'
  | 'checkout.new'
  | 'checkout.request-created'
  | 'checkout.payment-detected'
  | 'checkout.success'
  | 'checkout.conflict'
  | 'checkout.expired'
  | 'request.waiting-payment'
  | 'request.pending-payment'
  | 'request.success'
  | 'request.conflict'
  | 'request.expired'
  | 'static-payment.pending'
  | 'static-payment.frozen'
  | 'static-payment.success'
  | 'static-payment.failed'
  | 'invoice.new'
  | 'invoice.pending'
  | 'invoice.success'
  | 'invoice.failed'
  | 'authorization.granted'
  | 'authorization.revoked-by-merchant'
  | 'subscription.initiated'
  | 'subscription.active'
  | 'subscription.cancelled'
  | 'subscription.expired'
  | 'on-ramp-checkout.pending'
  | 'on-ramp-checkout.success'
  | 'on-ramp-checkout.failed'
  | 'on-ramp-checkout.expired';

/**
 * The statuses of a payment that are known.
 * - `NEW` (initial) documented: https://docs.inqud.com/developer/payment-statuses
 * - `PENDING` (intermediate) documented: https://docs.inqud.com/developer/payment-statuses
 * - `FROZEN` (intermediate) documented: https://docs.inqud.com/developer/payment-statuses
 * - `PARTIAL_SUCCESS` (final) documented: https://docs.inqud.com/developer/payment-statuses: payouts only, the amount becomes what was paid
 * - `SUCCESS` (final) documented: https://docs.inqud.com/developer/payment-statuses
 * - `FAILED` (final) documented: https://docs.inqud.com/developer/payment-statuses
 * - `CANCELLED` (final) documented: https://docs.inqud.com/developer/payment-statuses
 * - `EXPIRED` (final) documented: https://docs.inqud.com/developer/payment-statuses
 */
export type PaymentStatus =
  | 'NEW'
  | 'PENDING'
  | 'FROZEN'
  | 'PARTIAL_SUCCESS'
  | 'SUCCESS'
  | 'FAILED'
  | 'CANCELLED'
  | 'EXPIRED';

/**
 * Payment (payin, payout, H2H): the body of its web hook. Take care of amounts: `JSON.parse` rounds long ones.
 * A field that is not known to be in every body may be absent. Each says how sure it is:
 * `documented`, `partly-documented` or `approximate`, and its source.
 * partly-documented: https://docs.inqud.com/payments/h2h-deposit-payin: a subset of the payment model
 * @see https://docs.inqud.com/developer/web-hooks/payment-web-hook
 */
export interface Payment {
  /** documented: https://docs.inqud.com/payments/h2h-deposit-payin */
  readonly id: string;
  /** documented: https://docs.inqud.com/payments/h2h-deposit-payin */
  readonly orderId: string;
  /**
   * Your own name for the order. That it can be null is inferred: it is optional when a payment is created.
   * documented: https://docs.inqud.com/payments/h2h-deposit-payin
   */
  readonly clientOrderId?: string | null;
  /**
   * 64 hexadecimal characters in the only example. That it can be null is inferred.
   * documented: https://docs.inqud.com/payments/h2h-deposit-payin
   */
  readonly externalId?: string | null;
  /** documented: https://docs.inqud.com/payments/h2h-deposit-payin */
  readonly orderType: 'PAYIN' | 'PAYOUT';
  /**
   * DEBIT is seen of a payin; CREDIT of a payout is inferred.
   * documented: https://docs.inqud.com/payments/h2h-deposit-payin
   */
  readonly transactionType: 'DEBIT' | 'CREDIT' | OtherText;
  /**
   * Whether it can be null is not known.
   * documented: https://docs.inqud.com/payments/h2h-deposit-payin
   */
  readonly method?: 'CC_VISAMC' | 'CRYPTOCOIN' | OtherText | null;
  /** documented: https://docs.inqud.com/payments/h2h-deposit-payin */
  readonly currency: string;
  /**
   * Of a PARTIAL_SUCCESS it is the sum that was really paid.
   * documented: https://docs.inqud.com/payments/h2h-deposit-payin
   */
  readonly amount: number;
  /** documented: https://docs.inqud.com/payments/h2h-deposit-payin */
  readonly status: PaymentStatus;
  /** documented: https://docs.inqud.com/payments/h2h-deposit-payin */
  readonly createdAt: string;
  /**
   * Whether payments that are not H2H have it is not known.
   * documented: https://docs.inqud.com/payments/h2h-deposit-payin
   */
  readonly h2H?: boolean;
  /**
   * Redirect the payer there. It is named in prose, without an example.
   * documented: https://docs.inqud.com/payments/h2h-deposit-payin names it in prose
   */
  readonly payUrl?: string;
}

/**
 * The statuses of a legacy-payment that are known.
 * - `NEW` (initial) documented: https://docs.inqud.com/developer/payment-statuses
 * - `PENDING` (intermediate) documented: https://docs.inqud.com/developer/payment-statuses
 * - `FROZEN` (intermediate) documented: https://docs.inqud.com/developer/payment-statuses
 * - `PARTIAL_SUCCESS` (final) documented: https://docs.inqud.com/developer/payment-statuses: payouts only, the amount becomes what was paid
 * - `SUCCESS` (final) documented: https://docs.inqud.com/developer/payment-statuses
 * - `FAILED` (final) documented: https://docs.inqud.com/developer/payment-statuses
 * - `CANCELLED` (final) documented: https://docs.inqud.com/developer/payment-statuses
 * - `EXPIRED` (final) documented: https://docs.inqud.com/developer/payment-statuses
 */
export type LegacyPaymentStatus =
  | 'NEW'
  | 'PENDING'
  | 'FROZEN'
  | 'PARTIAL_SUCCESS'
  | 'SUCCESS'
  | 'FAILED'
  | 'CANCELLED'
  | 'EXPIRED';

/**
 * Payment, old callback: the body of its web hook. Take care of amounts: `JSON.parse` rounds long ones.
 * A field that is not known to be in every body may be absent. Each says how sure it is:
 * `documented`, `partly-documented` or `approximate`, and its source.
 * documented: retired docs (alexinqud/inqud-api callback.md): the whole body
 * @see https://docs.inqud.com/developer/web-hooks/payment-web-hook
 */
export interface LegacyPayment {
  /** documented: retired docs (alexinqud/inqud-api callback.md) */
  readonly paymentId: string;
  /** documented: retired docs (alexinqud/inqud-api callback.md) */
  readonly orderId: string;
  /** documented: retired docs (alexinqud/inqud-api callback.md) */
  readonly userId: string;
  /** documented: retired docs (alexinqud/inqud-api callback.md) */
  readonly status: LegacyPaymentStatus;
  /** documented: retired docs (alexinqud/inqud-api callback.md) */
  readonly orderType: 'PAYIN' | 'PAYOUT';
  /**
   * Of a PARTIAL_SUCCESS it is the sum that was really paid.
   * documented: retired docs (alexinqud/inqud-api callback.md)
   */
  readonly amount: number;
  /** documented: retired docs (alexinqud/inqud-api callback.md) */
  readonly currency: string;
  /** documented: retired docs (alexinqud/inqud-api callback.md) */
  readonly timestamp: string;
}

/**
 * The statuses of a checkout that are known; there may be more.
 * - `NEW` (initial) documented: https://docs.inqud.com/crypto-widget/integration/inqud-hosted, by example
 * - `REQUEST_CREATED` (intermediate) partly-documented: github Inqud/inqud-recurring-sdk-example, src/models/index.ts
 * - `PAYMENT_DETECTED` (intermediate) partly-documented: github Inqud/inqud-recurring-sdk-example, src/models/index.ts
 * - `SUCCESS` (final) partly-documented: github Inqud/inqud-recurring-sdk-example, src/models/index.ts
 * - `CONFLICT` (final) partly-documented: github Inqud/inqud-recurring-sdk-example, src/models/index.ts
 * - `EXPIRED` (final) partly-documented: github Inqud/inqud-recurring-sdk-example, src/models/index.ts
 */
export type CheckoutStatus =
  | 'NEW'
  | 'REQUEST_CREATED'
  | 'PAYMENT_DETECTED'
  | 'SUCCESS'
  | 'CONFLICT'
  | 'EXPIRED';

/**
 * Crypto-widget checkout: the body of its web hook. Take care of amounts: `JSON.parse` rounds long ones.
 * A field that is not known to be in every body may be absent. Each says how sure it is:
 * `documented`, `partly-documented` or `approximate`, and its source.
 * partly-documented: https://docs.inqud.com/crypto-widget/integration/inqud-hosted: the create answer; that the web hook has its shape is inferred
 * @see https://docs.inqud.com/crypto-widget/integration/web-hooks/checkout-web-hook
 */
export interface Checkout {
  /** partly-documented: https://docs.inqud.com/crypto-widget/integration/inqud-hosted */
  readonly id: string;
  /** partly-documented: https://docs.inqud.com/crypto-widget/integration/inqud-hosted */
  readonly projectId?: string;
  /** partly-documented: https://docs.inqud.com/crypto-widget/integration/inqud-hosted */
  readonly projectName?: string;
  /**
   * Whether it can be null is not known.
   * partly-documented: https://docs.inqud.com/crypto-widget/integration/inqud-hosted
   */
  readonly merchantDomain?: string | null;
  /**
   * Your own name for the order. That it can be null is inferred.
   * partly-documented: https://docs.inqud.com/crypto-widget/integration/inqud-hosted
   */
  readonly clientOrderId?: string | null;
  /** partly-documented: https://docs.inqud.com/crypto-widget/integration/inqud-hosted */
  readonly status: CheckoutStatus;
  /**
   * That it says why a checkout is a CONFLICT is inferred. Other values than UNDERPAID are not known.
   * partly-documented: https://docs.inqud.com/crypto-widget/integration/inqud-hosted
   */
  readonly reason?: 'UNDERPAID' | OtherText | null;
  /**
   * Whether it can be null is not known.
   * partly-documented: https://docs.inqud.com/crypto-widget/integration/inqud-hosted
   */
  readonly name?: string | null;
  /** partly-documented: https://docs.inqud.com/crypto-widget/integration/inqud-hosted */
  readonly type?: 'FIXED_PRICE' | 'NO_PRICE' | 'SUGGESTED_FIXED_PRICE' | OtherText;
  /**
   * Null or absent unless the type is FIXED_PRICE.
   * partly-documented: https://docs.inqud.com/crypto-widget/integration/inqud-hosted
   */
  readonly fixedAmount?: FixedAmount | null;
  /**
   * Null in the only example.
   * partly-documented: https://docs.inqud.com/crypto-widget/integration/inqud-hosted
   */
  readonly suggestedAmounts?: unknown;
  /**
   * Asset codes such as ETHEREUM_USDT.
   * partly-documented: https://docs.inqud.com/crypto-widget/integration/inqud-hosted
   */
  readonly cryptoCurrencies?: readonly string[];
  /**
   * The docs leave its contents out; those of the samples are a guess.
   * partly-documented: https://docs.inqud.com/crypto-widget/integration/inqud-hosted
   */
  readonly cryptoCurrenciesByBlockchain?: Readonly<Record<string, unknown>>;
  /**
   * The docs leave its contents out; those of the samples are a guess.
   * partly-documented: https://docs.inqud.com/crypto-widget/integration/inqud-hosted
   */
  readonly cryptoCurrencyDetails?: Readonly<Record<string, unknown>>;
  /**
   * The docs leave its contents out; those of the samples are a guess.
   * partly-documented: https://docs.inqud.com/crypto-widget/integration/inqud-hosted
   */
  readonly estimatedPayAmounts?: Readonly<Record<string, unknown>>;
  /**
   * Empty in the only example.
   * partly-documented: https://docs.inqud.com/crypto-widget/integration/inqud-hosted
   */
  readonly minLimits?: Readonly<Record<string, unknown>>;
  /**
   * Empty in the only example.
   * partly-documented: https://docs.inqud.com/crypto-widget/integration/inqud-hosted
   */
  readonly maxLimits?: Readonly<Record<string, unknown>>;
  /**
   * The docs leave its contents out; those of the samples are a guess.
   * partly-documented: https://docs.inqud.com/crypto-widget/integration/inqud-hosted
   */
  readonly merchantFixedPlatformFees?: Readonly<Record<string, unknown>>;
  /**
   * The docs leave its contents out; those of the samples are a guess.
   * partly-documented: https://docs.inqud.com/crypto-widget/integration/inqud-hosted
   */
  readonly merchantPercentPlatformFees?: Readonly<Record<string, unknown>>;
  /**
   * Empty in the only example.
   * partly-documented: https://docs.inqud.com/crypto-widget/integration/inqud-hosted
   */
  readonly payerFixedPlatformFees?: Readonly<Record<string, unknown>>;
  /**
   * Empty in the only example.
   * partly-documented: https://docs.inqud.com/crypto-widget/integration/inqud-hosted
   */
  readonly payerPercentPlatformFees?: Readonly<Record<string, unknown>>;
  /**
   * Null until the payer picks a coin. That it has the shape of a request is inferred.
   * approximate: https://docs.inqud.com/crypto-widget/integration/inqud-hosted shows it as null; its shape is inferred from https://docs.inqud.com/crypto-widget/integration/api-only
   */
  readonly request?: Partial<WidgetRequest> | null;
  /**
   * Whether it can be null is not known.
   * partly-documented: https://docs.inqud.com/crypto-widget/integration/inqud-hosted
   */
  readonly returnUrl?: string | null;
  /** partly-documented: https://docs.inqud.com/crypto-widget/integration/inqud-hosted */
  readonly acquiringUrl?: string;
  /** partly-documented: https://docs.inqud.com/crypto-widget/integration/inqud-hosted */
  readonly createdAt?: string;
  /** partly-documented: https://docs.inqud.com/crypto-widget/integration/inqud-hosted */
  readonly lastUpdatedAt?: string | null;
  /** partly-documented: https://docs.inqud.com/crypto-widget/integration/inqud-hosted */
  readonly expiresAt?: string;
}

/**
 * The statuses of a request that are known; there may be more.
 * - `WAITING_PAYMENT` (initial) documented: https://docs.inqud.com/crypto-widget/explore/requests
 * - `PENDING_PAYMENT` (intermediate) documented: https://docs.inqud.com/crypto-widget/explore/requests
 * - `SUCCESS` (final) approximate: inferred from the checkout statuses
 * - `CONFLICT` (final) documented: https://docs.inqud.com/crypto-widget/explore/requests; that it is final is inferred
 * - `EXPIRED` (final) approximate: inferred from the checkout statuses
 */
export type WidgetRequestStatus =
  | 'WAITING_PAYMENT'
  | 'PENDING_PAYMENT'
  | 'SUCCESS'
  | 'CONFLICT'
  | 'EXPIRED';

/**
 * Crypto-widget request: the body of its web hook. Take care of amounts: `JSON.parse` rounds long ones.
 * A field that is not known to be in every body may be absent. Each says how sure it is:
 * `documented`, `partly-documented` or `approximate`, and its source.
 * partly-documented: https://docs.inqud.com/crypto-widget/integration/api-only: the create answer; that the web hook has its shape is inferred
 * @see https://docs.inqud.com/crypto-widget/integration/web-hooks/request-web-hook
 */
export interface WidgetRequest {
  /** partly-documented: https://docs.inqud.com/crypto-widget/integration/api-only */
  readonly id: string;
  /** partly-documented: https://docs.inqud.com/crypto-widget/integration/api-only */
  readonly orderId?: string;
  /**
   * Your own name for the order. It is optional when a request is created.
   * partly-documented: https://docs.inqud.com/crypto-widget/integration/api-only
   */
  readonly clientOrderId?: string | null;
  /**
   * The token, e.g. USDT.
   * partly-documented: https://docs.inqud.com/crypto-widget/integration/api-only
   */
  readonly currency?: string;
  /**
   * The chain, e.g. ETHEREUM.
   * partly-documented: https://docs.inqud.com/crypto-widget/integration/api-only
   */
  readonly blockchain?: string;
  /** partly-documented: https://docs.inqud.com/crypto-widget/integration/api-only */
  readonly status: WidgetRequestStatus;
  /**
   * UNDERPAID with CONFLICT. Other values are not known.
   * partly-documented: https://docs.inqud.com/crypto-widget/integration/api-only
   */
  readonly reason?: 'UNDERPAID' | OtherText | null;
  /** partly-documented: https://docs.inqud.com/crypto-widget/integration/api-only */
  readonly cryptoAcquiringProjectId?: string;
  /** partly-documented: https://docs.inqud.com/crypto-widget/integration/api-only */
  readonly cryptoAcquiringProjectName?: string;
  /**
   * Null of a request that was made by API.
   * partly-documented: https://docs.inqud.com/crypto-widget/integration/api-only
   */
  readonly checkoutId?: string | null;
  /** partly-documented: https://docs.inqud.com/crypto-widget/integration/api-only */
  readonly address?: string;
  /**
   * What the payer is told; Inqud waits slightly longer.
   * partly-documented: https://docs.inqud.com/crypto-widget/integration/api-only
   */
  readonly paymentWindowEndsAt?: string;
  /** partly-documented: https://docs.inqud.com/crypto-widget/integration/api-only */
  readonly expiresAt?: string;
  /** partly-documented: https://docs.inqud.com/crypto-widget/integration/api-only */
  readonly createdAt?: string;
  /** partly-documented: https://docs.inqud.com/crypto-widget/integration/api-only */
  readonly lastUpdatedAt?: string | null;
  /**
   * Null in the only example; its values are inferred.
   * approximate: https://docs.inqud.com/crypto-widget/integration/api-only shows it as null; its values are inferred from https://docs.inqud.com/crypto-widget/explore/payments
   */
  readonly paymentStatus?: 'PENDING' | 'SUCCESS' | 'FAILED' | OtherText | null;
  /**
   * Null in the only example; its prefix is inferred.
   * approximate: https://docs.inqud.com/crypto-widget/integration/api-only shows it as null; its prefix is inferred
   */
  readonly paymentId?: string | null;
  /**
   * Null in the only example. That it has the shape of a payment is inferred.
   * approximate: https://docs.inqud.com/crypto-widget/integration/api-only shows it as null; its shape is inferred from https://docs.inqud.com/payments/h2h-deposit-payin
   */
  readonly payment?: Partial<Payment> | null;
  /** partly-documented: https://docs.inqud.com/crypto-widget/integration/api-only */
  readonly txHash?: string | null;
  /**
   * Whether it is null where no price is fixed is not known.
   * partly-documented: https://docs.inqud.com/crypto-widget/integration/api-only
   */
  readonly requestAmount?: number | null;
  /**
   * Whether it is null where no price is fixed is not known.
   * partly-documented: https://docs.inqud.com/crypto-widget/integration/api-only
   */
  readonly requestAmountIn?: string | null;
  /**
   * Whether it is null where no price is fixed is not known.
   * partly-documented: https://docs.inqud.com/crypto-widget/integration/api-only
   */
  readonly requestAmountConverted?: number | null;
  /**
   * Crypto, then fiat: USDTUSD. That it is null without a conversion is inferred.
   * partly-documented: https://docs.inqud.com/crypto-widget/integration/api-only
   */
  readonly convertPair?: string | null;
  /**
   * That it is null without a conversion is inferred.
   * partly-documented: https://docs.inqud.com/crypto-widget/integration/api-only
   */
  readonly convertRate?: number | null;
  /**
   * The payer is to pay at least this. Whether it is null where no price is fixed is not known.
   * partly-documented: https://docs.inqud.com/crypto-widget/integration/api-only
   */
  readonly payAmount?: number | null;
  /** partly-documented: https://docs.inqud.com/crypto-widget/integration/api-only */
  readonly payerPlatformFee?: number;
  /** partly-documented: https://docs.inqud.com/crypto-widget/integration/api-only */
  readonly payerFixedPlatformFee?: number | null;
  /** partly-documented: https://docs.inqud.com/crypto-widget/integration/api-only */
  readonly payerPercentPlatformFee?: number | null;
  /** partly-documented: https://docs.inqud.com/crypto-widget/integration/api-only */
  readonly merchantPlatformFee?: number;
  /**
   * Whether it can be null is not known.
   * partly-documented: https://docs.inqud.com/crypto-widget/integration/api-only
   */
  readonly merchantFixedPlatformFee?: number | null;
  /**
   * Whether it can be null is not known.
   * partly-documented: https://docs.inqud.com/crypto-widget/integration/api-only
   */
  readonly merchantPercentPlatformFee?: number | null;
  /** partly-documented: https://docs.inqud.com/crypto-widget/integration/api-only */
  readonly processingAmount?: number;
  /** partly-documented: https://docs.inqud.com/crypto-widget/integration/api-only */
  readonly paidAmount?: number | null;
  /** partly-documented: https://docs.inqud.com/crypto-widget/integration/api-only */
  readonly overpaid?: boolean;
  /** partly-documented: https://docs.inqud.com/crypto-widget/integration/api-only */
  readonly minLimit?: number | null;
  /** partly-documented: https://docs.inqud.com/crypto-widget/integration/api-only */
  readonly maxLimit?: number | null;
}

/**
 * The statuses of a static-payment that are known; there may be more.
 * - `PENDING` (initial) partly-documented: https://docs.inqud.com/crypto-widget/explore/payments
 * - `FROZEN` (intermediate) approximate: inferred from the payment statuses
 * - `SUCCESS` (final) partly-documented: https://docs.inqud.com/crypto-widget/explore/payments
 * - `FAILED` (final) partly-documented: https://docs.inqud.com/crypto-widget/explore/payments
 */
export type StaticPaymentStatus = 'PENDING' | 'FROZEN' | 'SUCCESS' | 'FAILED';

/**
 * Payment on a static address: the body of its web hook. Take care of amounts: `JSON.parse` rounds long ones.
 * A field that is not known to be in every body may be absent. Each says how sure it is:
 * `documented`, `partly-documented` or `approximate`, and its source.
 * approximate: inferred: the payment model with the address part of a bundle
 * @see https://docs.inqud.com/crypto-static-addresses/integration/web-hooks
 */
export interface StaticPayment {
  /** approximate: inferred from the payment model (https://docs.inqud.com/payments/h2h-deposit-payin) */
  readonly id: string;
  /** approximate: inferred from the payment model (https://docs.inqud.com/payments/h2h-deposit-payin) */
  readonly orderId?: string | null;
  /** approximate: inferred from the payment model (https://docs.inqud.com/payments/h2h-deposit-payin) */
  readonly clientOrderId?: string | null;
  /**
   * Your own name for whoever has the address.
   * approximate: inferred from the bundle answer (https://docs.inqud.com/crypto-static-addresses/integration/api-integration)
   */
  readonly referenceId?: string | null;
  /** approximate: inferred from the payment model (https://docs.inqud.com/payments/h2h-deposit-payin) */
  readonly externalId?: string | null;
  /** approximate: inferred from the payment model (https://docs.inqud.com/payments/h2h-deposit-payin) */
  readonly orderType?: 'PAYIN' | OtherText | null;
  /** approximate: inferred from the payment model (https://docs.inqud.com/payments/h2h-deposit-payin) */
  readonly transactionType?: 'DEBIT' | OtherText | null;
  /** approximate: inferred from the payment model (https://docs.inqud.com/payments/h2h-deposit-payin) */
  readonly method?: 'CRYPTOCOIN' | OtherText | null;
  /** approximate: inferred from the payment model (https://docs.inqud.com/payments/h2h-deposit-payin) */
  readonly currency?: string | null;
  /** approximate: inferred from the request model (https://docs.inqud.com/crypto-widget/integration/api-only) */
  readonly blockchain?: string | null;
  /**
   * An asset code such as ETHEREUM_USDT.
   * approximate: inferred from the bundle answer (https://docs.inqud.com/crypto-static-addresses/integration/api-integration)
   */
  readonly asset?: string | null;
  /** approximate: inferred from the payment model (https://docs.inqud.com/payments/h2h-deposit-payin) */
  readonly amount?: number | null;
  /** approximate: inferred from https://docs.inqud.com/crypto-widget/explore/payments */
  readonly status: StaticPaymentStatus;
  /** approximate: inferred from the bundle answer (https://docs.inqud.com/crypto-static-addresses/integration/api-integration) */
  readonly address?: string | null;
  /** approximate: inferred from the request model (https://docs.inqud.com/crypto-widget/integration/api-only) */
  readonly txHash?: string | null;
  /** approximate: inferred from the payment model (https://docs.inqud.com/payments/h2h-deposit-payin) */
  readonly createdAt?: string | null;
}

/**
 * The statuses of a invoice that are known.
 * - `NEW` (initial) documented: https://docs.inqud.com/crypto-recurring/explore/invoice
 * - `PENDING` (intermediate) documented: https://docs.inqud.com/crypto-recurring/explore/invoice
 * - `SUCCESS` (final) documented: https://docs.inqud.com/crypto-recurring/explore/invoice
 * - `FAILED` (final) documented: https://docs.inqud.com/crypto-recurring/explore/invoice
 */
export type InvoiceStatus = 'NEW' | 'PENDING' | 'SUCCESS' | 'FAILED';

/**
 * Recurring invoice: the body of its web hook. Take care of amounts: `JSON.parse` rounds long ones.
 * A field that is not known to be in every body may be absent. Each says how sure it is:
 * `documented`, `partly-documented` or `approximate`, and its source.
 * partly-documented: npm inqud-recurring-api 1.0.27, types; that the web hook has this shape is inferred, the id prefix is unknown
 * @see https://docs.inqud.com/crypto-recurring/integration/web-hooks/invoice-web-hook
 */
export interface Invoice {
  /**
   * Its prefix is not known.
   * partly-documented: npm inqud-recurring-api 1.0.27, types
   */
  readonly id: string;
  /** partly-documented: npm inqud-recurring-api 1.0.27, types */
  readonly authorizationId?: string;
  /** partly-documented: npm inqud-recurring-api 1.0.27, types */
  readonly planId?: string;
  /**
   * Whether it can be null is not known.
   * partly-documented: https://docs.inqud.com/crypto-recurring/explore/invoice
   */
  readonly planName?: string | null;
  /**
   * Your own name for the order.
   * partly-documented: npm inqud-recurring-api 1.0.27, types
   */
  readonly clientOrderId?: string | null;
  /** partly-documented: npm inqud-recurring-api 1.0.27, types */
  readonly status: InvoiceStatus;
  /** partly-documented: npm inqud-recurring-api 1.0.27, types */
  readonly currency?: string;
  /** partly-documented: npm inqud-recurring-api 1.0.27, types */
  readonly amount?: number;
  /**
   * The docs say that these are ids, the types of npm inqud-recurring-api that they are objects.
   * partly-documented: npm inqud-recurring-api 1.0.27, types
   */
  readonly paymentIntents?: readonly (string | PaymentIntent)[];
  /** partly-documented: npm inqud-recurring-api 1.0.27, types */
  readonly createdAt?: string;
  /** partly-documented: npm inqud-recurring-api 1.0.27, types */
  readonly modifiedAt?: string;
}

/**
 * The statuses of a authorization that are known.
 * - `GRANTED` (initial) documented: https://docs.inqud.com/crypto-recurring/explore/authorization
 * - `REVOKED_BY_MERCHANT` (final) documented: https://docs.inqud.com/crypto-recurring/explore/authorization
 */
export type AuthorizationStatus = 'GRANTED' | 'REVOKED_BY_MERCHANT';

/**
 * Recurring authorization: the body of its web hook. Take care of amounts: `JSON.parse` rounds long ones.
 * A field that is not known to be in every body may be absent. Each says how sure it is:
 * `documented`, `partly-documented` or `approximate`, and its source.
 * partly-documented: https://docs.inqud.com/crypto-recurring/explore/authorization; that the web hook has this shape is inferred
 * @see https://docs.inqud.com/crypto-recurring/integration/web-hooks/authorization-web-hook
 */
export interface Authorization {
  /** partly-documented: https://docs.inqud.com/crypto-recurring/explore/authorization */
  readonly id: string;
  /** partly-documented: https://docs.inqud.com/crypto-recurring/explore/authorization */
  readonly planId?: string;
  /**
   * That it is null of a plan that is ON_DEMAND is inferred.
   * partly-documented: https://docs.inqud.com/crypto-recurring/explore/authorization
   */
  readonly subscriptionId?: string | null;
  /** partly-documented: https://docs.inqud.com/crypto-recurring/explore/authorization */
  readonly wallet?: string;
  /**
   * An asset code such as ETHEREUM_USDT.
   * partly-documented: https://docs.inqud.com/crypto-recurring/explore/authorization
   */
  readonly cryptoCurrency?: string;
  /** partly-documented: https://docs.inqud.com/crypto-recurring/explore/authorization */
  readonly status: AuthorizationStatus;
  /** partly-documented: https://docs.inqud.com/crypto-recurring/explore/authorization */
  readonly initApprovalTx?: string;
  /**
   * Your own name for the order. Whether the web hook has it is not known.
   * approximate: npm inqud-recurring-api 1.0.27 sends it when an authorization is made
   */
  readonly clientOrderId?: string | null;
}

/**
 * The statuses of a subscription that are known.
 * - `INITIATED` (initial) documented: https://docs.inqud.com/crypto-recurring/explore/subscription
 * - `ACTIVE` (intermediate) documented: https://docs.inqud.com/crypto-recurring/explore/subscription
 * - `CANCELLED` (final) documented: https://docs.inqud.com/crypto-recurring/explore/subscription
 * - `EXPIRED` (final) partly-documented: https://docs.inqud.com/crypto-recurring/explore/subscription lists it; that it is final is inferred
 */
export type SubscriptionStatus = 'INITIATED' | 'ACTIVE' | 'CANCELLED' | 'EXPIRED';

/**
 * Recurring subscription: the body of its web hook. Take care of amounts: `JSON.parse` rounds long ones.
 * A field that is not known to be in every body may be absent. Each says how sure it is:
 * `documented`, `partly-documented` or `approximate`, and its source.
 * partly-documented: npm inqud-recurring-api 1.0.27, types; that the web hook has this shape is inferred
 * @see https://docs.inqud.com/crypto-recurring/integration/web-hooks/subscription-web-hook
 */
export interface Subscription {
  /** partly-documented: npm inqud-recurring-api 1.0.27, types */
  readonly id: string;
  /** partly-documented: npm inqud-recurring-api 1.0.27, types */
  readonly planId?: string;
  /** partly-documented: npm inqud-recurring-api 1.0.27, types */
  readonly planName?: string;
  /** partly-documented: npm inqud-recurring-api 1.0.27, types */
  readonly status: SubscriptionStatus;
  /**
   * That it can be null is inferred.
   * partly-documented: https://docs.inqud.com/crypto-recurring/explore/subscription
   */
  readonly subStatus?:
    | 'RENEWING'
    | 'CANCELLED_BY_MERCHANT'
    | 'CANCELLED_PLAN'
    | 'UNPAID'
    | OtherText
    | null;
  /**
   * Your own name for the order.
   * partly-documented: npm inqud-recurring-api 1.0.27, types
   */
  readonly clientOrderId?: string | null;
  /**
   * The docs spell it nextWriteOfAt.
   * partly-documented: npm inqud-recurring-api 1.0.27, types
   */
  readonly nextWriteOffAt?: string | null;
  /**
   * Optional in the types; that it can be null is inferred.
   * partly-documented: npm inqud-recurring-api 1.0.27, types
   */
  readonly activeInvoice?: Partial<Invoice> | null;
  /** partly-documented: npm inqud-recurring-api 1.0.27, types */
  readonly createdAt?: string;
}

/**
 * The statuses of a on-ramp-checkout that are known; there may be more.
 * - `PENDING` (initial) documented: https://docs.inqud.com/on-ramp/integration/checkout-flow, by example
 * - `SUCCESS` (final) approximate: inferred: the diagram is an image
 * - `FAILED` (final) approximate: inferred: the diagram is an image
 * - `EXPIRED` (final) approximate: inferred: the diagram is an image
 */
export type OnRampCheckoutStatus = 'PENDING' | 'SUCCESS' | 'FAILED' | 'EXPIRED';

/**
 * On-ramp checkout: the body of its web hook. Take care of amounts: `JSON.parse` rounds long ones.
 * A field that is not known to be in every body may be absent. Each says how sure it is:
 * `documented`, `partly-documented` or `approximate`, and its source.
 * partly-documented: https://docs.inqud.com/on-ramp/integration/checkout-flow; the shapes of deposit, exchange and transfer are unknown, so they stay null
 * @see https://docs.inqud.com/on-ramp/integration/web-hooks
 */
export interface OnRampCheckout {
  /** documented: https://docs.inqud.com/on-ramp/integration/checkout-flow */
  readonly id: string;
  /** documented: https://docs.inqud.com/on-ramp/integration/checkout-flow */
  readonly onRampUrl: string;
  /** documented: https://docs.inqud.com/on-ramp/integration/checkout-flow */
  readonly orderId: string;
  /** documented: https://docs.inqud.com/on-ramp/integration/checkout-flow */
  readonly projectId: string;
  /** documented: https://docs.inqud.com/on-ramp/integration/checkout-flow */
  readonly projectName: string;
  /**
   * What the payer pays; it may differ from the sum that was asked for. Whether it can be null is not known.
   * documented: https://docs.inqud.com/on-ramp/integration/checkout-flow
   */
  readonly sourceAmount?: number | null;
  /**
   * Whether it can be null is not known.
   * documented: https://docs.inqud.com/on-ramp/integration/checkout-flow
   */
  readonly sourceCurrency?: string | null;
  /**
   * What the merchant gets. Whether it can be null is not known.
   * documented: https://docs.inqud.com/on-ramp/integration/checkout-flow
   */
  readonly targetAmount?: number | null;
  /** documented: https://docs.inqud.com/on-ramp/integration/checkout-flow */
  readonly targetCurrency: string;
  /** documented: https://docs.inqud.com/on-ramp/integration/checkout-flow */
  readonly status: OnRampCheckoutStatus;
  /** documented: https://docs.inqud.com/on-ramp/integration/checkout-flow, https://docs.inqud.com/on-ramp/glossary */
  readonly type: 'FIXED_PRICE' | 'NO_PRICE';
  /** documented: https://docs.inqud.com/on-ramp/integration/checkout-flow */
  readonly createdAt: string;
  /** documented: https://docs.inqud.com/on-ramp/integration/checkout-flow */
  readonly modifiedAt: string;
  /** documented: https://docs.inqud.com/on-ramp/integration/checkout-flow */
  readonly expiresAt: string;
  /** documented: https://docs.inqud.com/on-ramp/integration/checkout-flow */
  readonly name?: string | null;
  /**
   * Your own name for the order.
   * documented: https://docs.inqud.com/on-ramp/integration/checkout-flow
   */
  readonly clientOrderId?: string | null;
  /** documented: https://docs.inqud.com/on-ramp/integration/checkout-flow */
  readonly returnUrl?: string | null;
  /**
   * Null in the only example; its shape is not known.
   * partly-documented: https://docs.inqud.com/on-ramp/integration/checkout-flow
   */
  readonly deposit?: unknown;
  /**
   * Null in the only example; its shape is not known.
   * partly-documented: https://docs.inqud.com/on-ramp/integration/checkout-flow
   */
  readonly exchange?: unknown;
  /**
   * Null in the only example; its shape is not known.
   * partly-documented: https://docs.inqud.com/on-ramp/integration/checkout-flow
   */
  readonly transfer?: unknown;
  /** documented: https://docs.inqud.com/on-ramp/integration/checkout-flow */
  readonly endUserId?: string | null;
}

/** The price of a checkout. */
export interface FixedAmount {
  /** partly-documented: https://docs.inqud.com/crypto-widget/integration/inqud-hosted */
  readonly currency?: string;
  /** partly-documented: https://docs.inqud.com/crypto-widget/integration/inqud-hosted */
  readonly amount?: number;
}

/** An attempt to have an invoice paid. */
export interface PaymentIntent {
  /**
   * Its prefix is not known.
   * partly-documented: npm inqud-recurring-api 1.0.27, types
   */
  readonly id?: string;
  /** partly-documented: https://docs.inqud.com/crypto-recurring/explore/payment-intent */
  readonly status?: 'NEW' | 'PENDING' | 'SUCCESS' | 'FAILED';
  /**
   * The docs show it in quotes.
   * partly-documented: npm inqud-recurring-api 1.0.27, types
   */
  readonly amount?: number | string;
  /**
   * Whether it can be null is not known.
   * partly-documented: npm inqud-recurring-api 1.0.27, types
   */
  readonly transaction?: IntentTransaction | null;
  /** partly-documented: npm inqud-recurring-api 1.0.27, types */
  readonly createdAt?: string;
  /** partly-documented: npm inqud-recurring-api 1.0.27, types */
  readonly modifiedAt?: string;
}

/** The blockchain transaction of a payment intent. */
export interface IntentTransaction {
  /**
   * The docs call it network. Whether it can be null is not known.
   * partly-documented: npm inqud-recurring-api 1.0.27, types
   */
  readonly blockchain?: string | null;
  /**
   * Whether it can be null is not known.
   * partly-documented: npm inqud-recurring-api 1.0.27, types
   */
  readonly currency?: string | null;
  /**
   * An asset code such as ETHEREUM_USDT. Whether it can be null is not known.
   * partly-documented: npm inqud-recurring-api 1.0.27, types
   */
  readonly cryptoCurrency?: string | null;
  /**
   * Whether it can be null is not known.
   * partly-documented: npm inqud-recurring-api 1.0.27, types
   */
  readonly amount?: number | null;
  /**
   * The docs call it TX. Whether it can be null is not known.
   * partly-documented: npm inqud-recurring-api 1.0.27, types
   */
  readonly tx?: string | null;
  /** partly-documented: npm inqud-recurring-api 1.0.27, types */
  readonly txLink?: string | null;
  /**
   * Whether it can be null is not known.
   * partly-documented: npm inqud-recurring-api 1.0.27, types
   */
  readonly txCreatedAt?: string | null;
  /**
   * Whether it can be null is not known.
   * partly-documented: npm inqud-recurring-api 1.0.27, types
   */
  readonly createdAt?: string | null;
  /**
   * Whether it can be null is not known.
   * partly-documented: npm inqud-recurring-api 1.0.27, types
   */
  readonly modifiedAt?: string | null;
}
