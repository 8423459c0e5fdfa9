import { describe, expect, test } from 'vitest';
import type { Case } from '../../src/conformance/confirm.js';
import { judge } from '../../src/conformance/judge.js';
import type { RuleVerdict } from '../../src/conformance/rule.js';
import {
  deliver,
  deliverTogether,
  type Script,
  type ScriptStep,
  scriptOf,
} from '../../src/conformance/script.js';
import { MARK_LAST } from '../../src/conformance/swallowed.js';
import { knownLaboratory, laboratoryOf, openLab } from './open-lab.js';
import { careful, credulous, openShop } from './shop.js';
import { shopWithBalance } from './shop-with-balance.js';

const WHAT = 'It went wrong.';

function caseOf(end: string, ...steps: readonly (string | ScriptStep)[]): Case {
  const all = steps.map((step) => (typeof step === 'string' ? deliver(step) : step));
  return { script: scriptOf({ kind: 'checkout', end }, all), measure: { kind: 'same' } };
}

function stepsIn(script: Script | undefined) {
  return script?.steps.map(({ deliveries }) => deliveries.map(({ event }) => event).join(' + '));
}

function storyOf(verdict: RuleVerdict) {
  return verdict.status === 'fail' ? verdict.story : undefined;
}

const LIFE = ['new', 'request-created', 'payment-detected', 'success'];
const AGAIN = caseOf('success', 'new', 'success', 'success');
const IN_ORDER = caseOf('success', ...LIFE);

describe('a receiver is judged', () => {
  test('right by how many plans it got right', async () => {
    const laboratory = await knownLaboratory(openShop());
    expect(await judge(laboratory, [AGAIN, IN_ORDER], WHAT)).toEqual({
      status: 'pass',
      evidence: '2 delivery plans left the right state.',
    });
  });

  test('wrong by the smallest plan that shows it', async () => {
    const laboratory = await knownLaboratory(openShop({ handle: credulous }));
    const verdict = await judge(laboratory, [AGAIN, IN_ORDER], WHAT);
    expect(verdict).toMatchObject({ status: 'fail', evidence: WHAT });
    expect(stepsIn(storyOf(verdict)?.script)).toEqual(['success', 'success']);
    expect(storyOf(verdict)?.times).toEqual({ failed: 5, of: 5 });
  });

  test('by its usual life first, however short others are', async () => {
    const laboratory = await knownLaboratory(
      openShop({
        handle: (order, event) => {
          const isFinal = event.status === 'SUCCESS' || event.status === 'EXPIRED';
          const isAgain = isFinal && order?.status === event.status;
          return isAgain ? { ...order, credited: order.credited + 1 } : careful(order, event);
        },
      }),
    );
    const other = caseOf('expired', 'expired', 'expired');
    const verdict = await judge(laboratory, [other, caseOf('success', 'success', 'success')], WHAT);
    expect(storyOf(verdict)?.script.resources[0]?.end).toBe('success');
  });

  test('by fewer plans where it works on few lives a second', async () => {
    const known = await knownLaboratory(openShop());
    const cases = LIFE.map((event) => caseOf('success', event, 'success'));
    const plans = [];
    for (const perSecond of [undefined, 2, 0.5]) {
      const pace = { perSecond, lifeMs: 0, webHooks: 4 };
      const { evidence } = await judge({ ...known, pace }, cases, WHAT);
      plans.push(Number.parseInt(String(evidence), 10));
    }
    expect(plans).toEqual([4, 2, 1]);
  });

  test('by a balance of all, where each state is right', async () => {
    const laboratory = await knownLaboratory(shopWithBalance((amount) => amount));
    const verdict = await judge(laboratory, [AGAIN], WHAT);
    expect(storyOf(verdict)?.wrong[0]?.differences).toEqual([
      { path: 'shop.balance', expected: '+149.9', actual: '+299.8' },
    ]);
  });

  test('by what it refuses, where that is all', async () => {
    let isKnown = false;
    const laboratory = await knownLaboratory(
      openShop({
        before: ({ event }) => (isKnown && event?.status === 'NEW' ? { status: 400 } : undefined),
      }),
    );
    await laboratory.references.ofScript(IN_ORDER.script);
    await laboratory.references.ofScript(caseOf('success', 'success').script);
    isKnown = true;
    const verdict = await judge(laboratory, [caseOf('success', 'success', 'new')], WHAT);
    expect(verdict).toMatchObject({
      status: 'fail',
      evidence: 'checkout.new is answered 400 whenever it comes, so Inqud sends it in vain.',
    });
  });

  test('with other advice where a retry was taken for a duplicate', async () => {
    let isFaulty = false;
    const marked = new Set<string>();
    const laboratory = await knownLaboratory(
      openShop({
        before: ({ event }) => {
          if (!isFaulty || event === undefined) return undefined;
          const isMarked = marked.has(event.id);
          marked.add(event.id);
          return { status: isMarked ? 200 : 500 };
        },
      }),
    );
    await laboratory.references.ofScript(caseOf('success', 'success').script);
    isFaulty = true;
    const verdict = await judge(laboratory, [caseOf('success', 'success')], WHAT);
    expect(verdict).toMatchObject({ status: 'fail', advice: MARK_LAST });
  });
});

describe('nothing is told', () => {
  const both = { ...caseOf('success', deliverTogether(['success', 'success'])), isRace: true };

  test('without a plan', async () => {
    const laboratory = laboratoryOf(await openLab(openShop()));
    expect((await judge(laboratory, [], WHAT)).status).toBe('inconclusive');
  });

  test('where nothing ever came at the same time', async () => {
    let underWay = Promise.resolve();
    const shop = openShop();
    const laboratory = await knownLaboratory({
      ...shop,
      outside: {
        ...shop.outside,
        connect: async (url) => {
          const { transport, ...target } = await shop.outside.connect(url);
          const send: typeof transport.send = (request, options) => {
            const sent = underWay.then(() => transport.send(request, options));
            underWay = sent.then(() => shop.clock.sleep(1));
            return sent;
          };
          return { ...target, transport: { ...transport, send } };
        },
      },
    });
    expect(await judge(laboratory, [both], WHAT)).toEqual({
      status: 'inconclusive',
      evidence: 'The deliveries never were under way at the same time.',
    });
  });

  test('where what came was limited', async () => {
    let isKnown = false;
    const laboratory = await knownLaboratory(
      openShop({
        before: ({ event }) => (isKnown && event?.status === 'NEW' ? { status: 429 } : undefined),
      }),
    );
    await laboratory.references.ofScript(caseOf('success', 'new', 'success').script);
    isKnown = true;
    const limited = { ...caseOf('success', 'success', 'new'), options: { once: true } };
    const verdict = await judge(laboratory, [limited, caseOf('success', 'success')], WHAT);
    expect(verdict).toEqual({ status: 'inconclusive', evidence: { code: 'only-limited' } });
  });
});
