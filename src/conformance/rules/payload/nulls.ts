import type { Laboratory } from '../../laboratory.js';
import { type Rule, type RuleVerdict, SOURCES } from '../../rule.js';
import { judgeChangedBodies } from './changed-bodies.js';

/** Optional fields, by kind: some samples of Inqud show them as null, or say they may be absent. */
const OPTIONAL: Readonly<Record<string, readonly string[]>> = {
  checkout: ['name', 'returnUrl', 'request.txHash', 'lastUpdatedAt'],
  request: ['txHash', 'lastUpdatedAt', 'convertPair'],
  payment: ['externalId'],
  'static-payment': ['txHash', 'externalId'],
  subscription: ['subStatus', 'nextWriteOffAt'],
  'on-ramp-checkout': ['name', 'returnUrl'],
};

export const payloadNulls: Rule = {
  id: 'payload/nulls',
  severity: 'should',
  title: 'An optional field can be null, or absent',
  source: SOURCES.webHooks,
  advice:
    'Expect null, or nothing at all, wherever a field is optional: name, returnUrl, externalId, txHash and the like. None of them is a key: two without it are two.',
  needs: [],
  when: 'side-by-side',
  run,
};

async function run(laboratory: Laboratory): Promise<RuleVerdict> {
  const nulls = await judgeChangedBodies(
    laboratory,
    ({ name }) => {
      const fields = OPTIONAL[name];
      return fields && { set: fields.map((field) => `${field}=null`) };
    },
    'A web hook with null in an optional field is not taken as it should be.',
  );
  if (nulls.status !== 'pass') return nulls;
  return judgeChangedBodies(
    laboratory,
    ({ name }) => {
      const without = OPTIONAL[name];
      return without && { without };
    },
    'A web hook without an optional field is not taken as it should be.',
  );
}
