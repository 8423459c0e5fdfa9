import { isDeepStrictEqual } from 'node:util';
import { describe, expect, it } from 'vitest';
import { OBSERVATIONS } from './broken-bugs.js';
import { SECRET } from './client.js';
import correct from './correct/node.js';
import healing from './correct/self-healing.js';
import { healed } from './healed.js';
import type { Start } from './receiver.js';
import { brokenReceivers } from './registry.js';
import { startApi } from './stub-api.js';

const receivers = await brokenReceivers();
const TRIES = 5;

async function observed(start: Start, rule: string): Promise<unknown> {
  const api = await startApi();
  const receiver = await start({ secret: SECRET, apiUrl: api.url });
  try {
    return await (OBSERVATIONS[rule]?.(receiver) ?? healed(receiver, api));
  } finally {
    await Promise.all([receiver.close(), api.close()]);
  }
}

describe.concurrent('a broken receiver does not do what the correct one does', () => {
  for (const { name, bug, rule, start } of receivers) {
    it(`${name}: ${bug}`, async () => {
      const isAboutApi = rule.startsWith('recovery/');
      const right = await observed(isAboutApi ? healing.start : correct.start, rule);
      let seen = await observed(start, rule);
      // What loses a race loses it now and then, on a machine with other work as well.
      for (let tries = 1; tries < TRIES && isDeepStrictEqual(seen, right); tries += 1) {
        seen = await observed(start, rule);
      }
      expect(seen).not.toEqual(right);
    });
  }

  for (const rule of new Set(receivers.map((receiver) => receiver.rule))) {
    it(`${rule}: the correct one does the same every time`, async () => {
      const { start } = rule.startsWith('recovery/') ? healing : correct;
      expect(await observed(start, rule)).toEqual(await observed(start, rule));
    });
  }

  it('there are at least forty of them', () => {
    expect(receivers.length).toBeGreaterThanOrEqual(40);
  });
});
