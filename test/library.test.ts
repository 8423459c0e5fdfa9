import { afterAll, describe, expect, test } from 'vitest';
import '../src/library/vitest.js';
import {
  check,
  formatPlan,
  HookError,
  matchers,
  parsePlan,
  plan,
  type RunRecord,
  sampleEvent,
  sampleEventNames,
  sign,
  simulate,
  verify,
} from '../src/library/index.js';
import { parseBehaviour } from '../src/servers/behaviour.js';
import { type BuiltInReceiver, startBuiltInReceiver } from '../src/servers/built-in.js';
import { Secret } from '../src/webhook/secret.js';

const BODY = '{"field":"value"}';
const DIGEST = '7e36242a10fd65cbaacd7ff288df9fd3f9e75a46';
const running: BuiltInReceiver[] = [];

afterAll(async () => {
  await Promise.all(running.map((receiver) => receiver.close()));
});

test("signs Inqud's published example, given as text or as bytes", () => {
  expect(sign(BODY, 'secret_value')).toBe(DIGEST);
  expect(sign(new TextEncoder().encode(BODY), Secret.fromText('secret_value'))).toBe(DIGEST);
});

test('verifies against any of several secrets and says which one fits', () => {
  expect(verify(BODY, DIGEST, 'secret_value')).toEqual({ kind: 'genuine', secret: 0 });
  expect(verify(BODY, DIGEST, ['old', 'secret_value'])).toEqual({ kind: 'genuine', secret: 1 });
});

test('calls a body without a digest unsigned and a wrong digest rejected', () => {
  expect(verify(BODY, undefined, 'secret_value')).toEqual({ kind: 'unsigned' });
  expect(verify(BODY, DIGEST, 'other')).toEqual({
    kind: 'rejected',
    reason: 'The digest is not the digest of this body under the given secret.',
  });
});

test('makes the same sample event of the same seed, and another of another', async () => {
  const [one, same, other] = await Promise.all([
    sampleEvent('checkout.success', { seed: 'a' }),
    sampleEvent('checkout.success', { seed: 'a' }),
    sampleEvent('checkout.success', { seed: 'b' }),
  ]);
  expect(same).toEqual(one);
  expect(other.resource).not.toBe(one.resource);
  expect(one.resource).toMatch(/^CCO-/);
});

test('makes a fresh resource when no seed is given', async () => {
  const [one, other] = await Promise.all([
    sampleEvent('checkout.success'),
    sampleEvent('checkout.success'),
  ]);
  expect(other.resource).not.toBe(one.resource);
  expect(plan().seed).not.toBe(plan().seed);
});

test('writes a changed amount as it was given', async () => {
  const { body } = await sampleEvent('payment.success', { set: ['amount=1.50'] });
  expect(new TextDecoder().decode(body)).toContain('"amount":1.50,');
});

test('knows every sample event by name and refuses others', async () => {
  expect(sampleEventNames()).toContain('request.conflict');
  await expect(sampleEvent('checkout.sucess')).rejects.toThrow(HookError);
});

test('simulates against a receiver and reports what came of it', async () => {
  const url = await start('flaky:2');
  const records: RunRecord[] = [];
  const summary = await simulate({
    url,
    secret: 'whsec',
    plan: plan({ lifecycles: ['payment'], seed: '7' }),
    onRecord: (record) => records.push(record),
  });
  expect(summary.events).toEqual({ total: 3, delivered: 3, lost: 0, withheld: 0, open: 0 });
  expect(summary.deliveredOnAttempt).toEqual([0, 0, 3]);
  expect(records).toHaveLength(9);
});

test('loses the events of a receiver that always fails, after eleven attempts each', async () => {
  const summary = await simulate({ url: await start('status:500'), secret: 'whsec' });
  expect(summary.events.lost).toBe(4);
  expect(summary.attempts.sent).toBe(44);
});

describe('what is missing is told as what it is', () => {
  const digest = sign(BODY, 'secret_value');

  test('a header that Fetch knows nothing of is no digest', () => {
    const { headers } = new Request('http://localhost/', { method: 'POST' });
    expect(verify(BODY, headers.get('X-Payload-Digest'), 'secret_value')).toEqual({
      kind: 'unsigned',
    });
  });

  test.each([
    ['undefined', undefined, 'it is undefined'],
    ['null', null, 'it is null'],
    ['empty text', '', 'it is empty'],
    ['an empty Secret', Secret.fromText(''), 'it is empty'],
  ])('a secret that is %s', async (_, given, how) => {
    const secret = given as string;
    const message = `there is no secret, ${how}. Give the web hook secret`;
    expect(() => sign(BODY, secret)).toThrow(new TypeError(textOf('sign', message)));
    for (const each of [secret, [secret], ['old', secret]]) {
      expect(() => verify(BODY, digest, each)).toThrow(new TypeError(textOf('verify', message)));
      expect(() => verify(BODY, undefined, each)).toThrow(TypeError);
    }
    const url = 'http://127.0.0.1:9/';
    await expect(simulate({ url, secret })).rejects.toThrow(textOf('simulate', message));
    await expect(check({ url, secret })).rejects.toThrow(textOf('check', message));
  });

  test('a secret that is a number, and no secret at all', () => {
    expect(() => sign(BODY, 7 as never)).toThrow('sign: the secret has to be text or a Secret');
    expect(() => verify(BODY, digest, [])).toThrow('verify: there is no secret, the list is empty');
  });

  test.each([
    [{ a: 1 }, 'an object'],
    [[1], 'a list'],
    [undefined, 'undefined'],
    [7, 'a number'],
    [Promise.resolve(BODY), 'a promise (is an `await` missing?)'],
    [new ArrayBuffer(1), 'an ArrayBuffer (wrap it: new Uint8Array(buffer))'],
  ])('a body that is no text: %j', (body, what) => {
    const given = body as never;
    for (const signs of [() => sign(given, 's'), () => verify(given, digest, 's')]) {
      expect(signs).toThrow(TypeError);
      expect(signs).toThrow(`the body has to be text or bytes, and ${what} was given.`);
    }
  });

  function textOf(name: string, message: string): string {
    return `${name}: ${message}, such as process.env.INQUD_HOOK_SECRET, which has to be set.`;
  }
});

describe('what a program cannot mean is refused', () => {
  test.each([
    [{ resources: 0 }, 'plan: resources has to be a whole number, 1 or more, and 0 was given.'],
    [{ resources: Number.NaN }, 'resources has to be a whole number, 1 or more, and NaN'],
    [{ resources: 1.5 }, 'resources has to be a whole number, 1 or more, and 1.5 was given.'],
    [{ resources: -1 }, 'resources has to be a whole number, 1 or more, and -1 was given.'],
    [{ jitter: 2 }, 'plan: jitter has to be a number from 0 to 1, and 2 was given.'],
    [{ spacingMs: Number.POSITIVE_INFINITY }, 'spacingMs has to be a number, 0 or more'],
    [{ epochMs: Number.NaN }, 'plan: epochMs has to be a number, 0 or more, and NaN was given.'],
    [{ faults: { drops: -1 } }, 'plan: faults.drops has to be a number from 0 to 1'],
    [{ backoff: { kind: 'list', waitsMs: [Number.NaN] } }, 'plan: a wait of backoff has to be'],
    [{ backoff: { kind: 'published', retries: 1.5 } }, 'plan: backoff.retries has to be a whole'],
  ] as const)('%j is a RangeError', (request, message) => {
    expect(() => plan(request as never)).toThrow(RangeError);
    expect(() => plan(request as never)).toThrow(message);
  });

  test.each([
    [
      { resources: '2' },
      'plan: resources has to be a whole number, 1 or more, and text was given.',
    ],
    [{ backoff: '1m,5m' }, "plan: backoff has to be { kind: 'list', waitsMs: [60_000, 300_000] }"],
    [{ backoff: null }, 'plan: backoff has to be'],
    [{ backoff: { kind: 'list' } }, 'plan: backoff.waitsMs has to be a list'],
    [{ backoff: { kind: 'exponential' } }, 'plan: backoff.retries has to be a whole number'],
    [
      { lifecycles: 'checkout' },
      "plan: lifecycles has to be a list, such as ['checkout', 'payment']",
    ],
    [{ resource: 2 }, 'plan: `resource` is no option. Did you mean `resources`?'],
    [{ faults: { drop: 1 } }, 'plan: faults: `drop` is no option. Did you mean `drops`?'],
    [{ faults: { outages: {} } }, 'plan: faults.outages has to be a list'],
    ['checkout', 'plan takes an object of options, and text was given.'],
  ] as const)('%j is a TypeError', (request, message) => {
    expect(() => plan(request as never)).toThrow(TypeError);
    expect(() => plan(request as never)).toThrow(message);
  });

  test('a misspelt option of anything else', async () => {
    const given = { url: 'http://127.0.0.1:9/', secret: 's', stateURL: 'x', onrecord: 1 };
    await expect(check(given as never)).rejects.toThrow(
      'check: `stateURL` is no option. Did you mean `stateUrl`?',
    );
    await expect(simulate({ url: given.url, plann: 1 } as never)).rejects.toThrow(
      'simulate: `plann` is no option. Did you mean `plan`?',
    );
    await expect(sampleEvent('checkout.new', { sets: [] } as never)).rejects.toThrow(
      'sampleEvent: `sets` is no option. Did you mean `set`?',
    );
  });

  test('every option of a type is known', () => {
    const all: Parameters<typeof plan>[0] = {
      lifecycles: ['payment'],
      resources: 2,
      spacingMs: 1,
      chaos: true,
      salt: 'a',
      epochMs: 0,
      set: [],
      backoff: { kind: 'published', retries: 3 },
      maxWaitMs: 9,
      jitter: 0.5,
      timeoutMs: 5,
      faults: { drops: 0.1, atLeastOnce: true },
      seed: '1',
    };
    expect(plan(all).batches[0]?.count).toBe(2);
    expect(plan({ resources: undefined, backoff: undefined }).waitsMs).toHaveLength(10);
  });

  test('a plan that is cut off', () => {
    for (const text of ['{', '', 'undefined']) {
      expect(() => parsePlan(text)).toThrow(
        'The text is not a plan this version reads: it is not JSON.',
      );
    }
    expect(() => parsePlan('{', 'plan.json')).toThrow('plan.json is not a plan');
    const made = plan({ seed: '1' });
    expect(parsePlan(formatPlan(made))).toEqual(made);
  });

  test.each([
    [Promise.resolve({}), 'a promise (is an `await` missing?)'],
    [undefined, 'undefined'],
    [{ exitCode: 0 }, 'an object'],
  ])('a report that is none: %j', (report, what) => {
    for (const asks of [
      () => matchers.toBeReadyForInqud(report as never),
      () => expect(report).not.toBeReadyForInqud(),
    ]) {
      expect(asks).toThrow(`toBeReadyForInqud is asked of a report, and ${what} was given.`);
      expect(asks).toThrow('expect(await check({…})).toBeReadyForInqud()');
    }
  });
});

async function start(behaviour: string): Promise<string> {
  const receiver = await startBuiltInReceiver({
    behaviour: parseBehaviour(behaviour, Number),
    secret: Secret.fromText('whsec'),
    planNow: () => 0,
    timeoutMs: 1_000,
  });
  running.push(receiver);
  return receiver.url;
}
