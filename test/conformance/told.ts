import { RULES } from '../../src/conformance/rules/registry.js';
import {
  type CheckOptions,
  type CheckReport,
  type CheckResult,
  checkReceiver,
} from '../../src/library/check-receiver.js';
import { resultDocument } from '../../src/report/check/result-document.js';
import { type JudgeOptions, judge } from '../proving-ground/judge.js';
import { CORRECT, type Model } from '../proving-ground/model.js';
import { openShop, SECRET, type ShopOptions } from './shop.js';

/** A quick check of a shop, about what is looked at only. */
export function reportOn(
  options: ShopOptions,
  rules: readonly string[],
  more: Partial<CheckOptions> = {},
): Promise<CheckReport> {
  const { url, stateUrl, outside } = openShop(options);
  const kinds = [options.prefix === 'PMT' ? 'payment' : 'checkout'];
  const asked = { url, stateUrl, secret: SECRET, kinds, rules };
  return checkReceiver({ ...asked, runs: 10, lingerMs: 0, seed: '1', ...more }, outside);
}

/** What one rule says of a shop. */
export async function toldOfShop(
  rule: string,
  options: ShopOptions = {},
  more: Partial<CheckOptions> = {},
): Promise<CheckResult> {
  const { results } = await reportOn(options, [rule], more);
  return theOnly(results);
}

/** What one rule says of a receiver that is a correct one but for this change. */
export async function toldOfModel(
  rule: string,
  change: Partial<Model> = {},
  { kinds = ['checkout'], ...others }: Omit<JudgeOptions, 'rules'> = {},
): Promise<CheckResult> {
  const rules = RULES.filter(({ id }) => id === rule);
  const { results } = await judge({ ...CORRECT, ...change }, '1', { kinds, rules, ...others });
  return theOnly(results.map((result) => resultDocument(result)));
}

function theOnly(results: readonly CheckResult[]): CheckResult {
  const [result, ...others] = results;
  if (result === undefined || others.length > 0) throw new RangeError('It takes one rule.');
  return result;
}
