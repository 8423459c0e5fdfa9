import { isLosslessNumber, parse } from 'lossless-json';

/** What of a body is an amount of money that is paid or asked for, not a fee, a rate or a limit. */
const AMOUNTS = new Set([
  'amount',
  'requestAmount',
  'requestAmountConverted',
  'payAmount',
  'paidAmount',
  'processingAmount',
  'sourceAmount',
  'targetAmount',
]);

/** Where the currency of an amount stands beside it, when that is not `currency`. */
const CURRENCY_FIELDS: Readonly<Record<string, string>> = {
  requestAmount: 'requestAmountIn',
  sourceAmount: 'sourceCurrency',
  targetAmount: 'targetCurrency',
};

/** An amount of a body. */
export interface BodyAmount {
  /** As overrides name it. */
  readonly path: string;
  /** What the body says it is in, beside it or around it; undefined where it does not say. */
  readonly currency: string | undefined;
}

/** The paths of the amounts of a sample event, as overrides name them. */
export function amountPaths(sample: string): readonly string[] {
  return amountsIn(sample).map(({ path }) => path);
}

/** The amounts of a body, in their order. */
export function amountsIn(body: string): readonly BodyAmount[] {
  return amountsOf(parse(body), '', undefined);
}

function amountsOf(
  value: unknown,
  path: string,
  around: string | undefined,
): readonly BodyAmount[] {
  if (typeof value !== 'object' || value === null || isLosslessNumber(value)) return [];
  const members = new Map<string, unknown>(Object.entries(value));
  const textOf = (name: string) => {
    const text = members.get(name);
    return typeof text === 'string' ? text : undefined;
  };
  const currency = textOf('currency') ?? around;
  return [...members].flatMap(([key, member]) => {
    const step = path === '' ? key : `${path}.${key}`;
    if (!isLosslessNumber(member)) return amountsOf(member, step, currency);
    if (!AMOUNTS.has(key)) return [];
    return [{ path: step, currency: textOf(CURRENCY_FIELDS[key] ?? 'currency') ?? currency }];
  });
}
