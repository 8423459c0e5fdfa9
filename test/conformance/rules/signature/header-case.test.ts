import { expect, it } from 'vitest';
import type { ShopOptions } from '../../shop.js';
import { toldOfShop } from '../../told.js';

const RULE = 'signature/header-case';

it('a header name that is read in any case is right', async () => {
  expect(await toldOfShop(RULE)).toMatchObject({
    status: 'pass',
    evidence: 'Lower case and upper case are accepted.',
  });
});

it.each([
  ['as the documentation writes it', ['X-Payload-Digest'], 'x-payload-digest'],
  ['or in lower case', ['X-Payload-Digest', 'x-payload-digest'], 'X-PAYLOAD-DIGEST'],
])('a header that is only found %s is missed', async (_, names, missed) => {
  expect(await toldOfShop(RULE, { accepts: reading(names) })).toMatchObject({
    status: 'fail',
    severity: 'must',
    evidence: `${missed} is refused: answered 401.`,
  });
});

/** Looks the digest up under these names alone. */
function reading(names: readonly string[]): NonNullable<ShopOptions['accepts']> {
  return (_, right, { headers }) =>
    headers.some(([name, value]) => names.includes(name) && value === right);
}
