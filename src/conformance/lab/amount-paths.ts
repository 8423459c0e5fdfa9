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

/** The paths of the amounts of a sample event, as overrides name them. */
export function amountPaths(sample: string): readonly string[] {
  return pathsIn(parse(sample), '');
}

function pathsIn(value: unknown, path: string): readonly string[] {
  if (typeof value !== 'object' || value === null || isLosslessNumber(value)) return [];
  return Object.entries(value).flatMap(([key, member]) => {
    const step = path === '' ? key : `${path}.${key}`;
    if (isLosslessNumber(member)) return AMOUNTS.has(key) ? [step] : [];
    return pathsIn(member, step);
  });
}
