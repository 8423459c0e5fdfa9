import { expect, it } from 'vitest';
import { unshownSuccess } from '../../src/conformance/calibration/unshown-success.js';
import { kindNamed, leavesOf } from './plain.js';

const payment = kindNamed('payment');
const nothing = leavesOf({});

type Values = Readonly<Record<string, string>>;

function told(main: Values, contrast: Values) {
  return unshownSuccess(payment, {
    before: nothing,
    between: undefined,
    main: leavesOf(main),
    contrast: leavesOf(contrast),
    first: nothing,
    amount: '100',
  });
}

it.each<[Values, Values]>([
  [{}, { status: '"failed"' }],
  [{}, { failed: 'true' }],
  [{}, { refunded: '100' }],
  [{}, { state: '3' }],
])(
  'a success that changes nothing is told where the state shows a failure: %j, %j',
  (...states) => {
    expect(told(...states)).toMatchObject({ code: 'success-unshown', shows: 'failure' });
  },
);

it.each<[Values, Values]>([
  [{}, {}],
  [{}, { balance: '449.7' }],
  [{}, { balance: '"1199.2"' }],
])('a number of all orders, which others move, shows no failure: %j, %j', (...states) => {
  expect(told(...states)).toBeUndefined();
});
