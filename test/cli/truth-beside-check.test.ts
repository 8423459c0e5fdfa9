import { expect, onTestFinished, test } from 'vitest';
import { truthBesideCheck } from '../../src/cli/check/truth.js';
import { startApiServer } from '../../src/servers/api-server.js';

test('the mock beside a check hears of ids in paths that are decoded, and of none in others', async () => {
  const truth = await truthBesideCheck({ mockApi: 0 }, '1', {
    env: {},
    startMockApi: startApiServer,
  });
  onTestFinished(() => truth?.close());
  for (const path of ['/v1/payments/CCO%2D1', '/%zz/CCO-2', '/%', '/%E0%A4%A?id=%ff']) {
    expect((await fetch(`${truth?.url}${path}`)).status).toBeGreaterThanOrEqual(400);
  }
  expect(truth?.asked.wasAbout('CCO-1')).toBe(true);
  expect(truth?.asked.wasAbout('CCO-2')).toBe(true);
  expect(truth?.asked.wasAbout('CCO-3')).toBe(false);
  expect(truth?.asked).toMatchObject({ count: 4, refusedThroughout: { status: 400 } });
  expect(truth?.asked.refusalOf('CCO-1')).toEqual({
    status: 404,
    said: 'The mock does not serve /v1/payments/CCO%2D1.',
  });
});
