import { describe, expect, test } from 'vitest';
import { References } from '../../src/conformance/references.js';
import { deliver, scriptOf } from '../../src/conformance/script.js';
import type { MemoryAnswer } from '../memory-server.js';
import { calibrated, laboratoryOf, openLab } from './open-lab.js';
import { careful, type Order, openShop, type ShopOptions } from './shop.js';

const SCRIPT = scriptOf({ kind: 'checkout', end: 'success' }, [deliver('new'), deliver('success')]);

/** A receiver that is known, and then behaves otherwise. */
async function thenOtherwise(otherwise: ShopOptions) {
  let isKnown = false;
  const { view = (order: Order): unknown => order, handle = careful } = otherwise;
  const shop = openShop({
    handle: (order, event) => (isKnown ? handle : careful)(order, event),
    view: (order) => (isKnown ? view(order) : { ...order, shift: 'day' }),
    before: (moment) => (isKnown ? otherwise.before?.(moment) : undefined),
  });
  const { calibration, ...open } = await calibrated(shop);
  const { references } = laboratoryOf(open, calibration);
  const begin = () => {
    isKnown = true;
  };
  return { ...open, references, begin };
}

describe('a script is carried out once for all who ask,', () => {
  test('whether they wait or not', async () => {
    const { lab, oracle, gate } = await openLab(openShop());
    const references = new References(lab, oracle, gate, []);
    const copy = structuredClone(SCRIPT);
    const [one, other] = await Promise.all([
      references.ofScript(SCRIPT),
      references.ofScript(copy),
    ]);
    await references.know([SCRIPT]);
    expect(other).toEqual(one);
    expect(one[0]?.get('status')).toEqual(['"SUCCESS"']);
    expect(lab.log).toHaveLength(2);
  });

  test('and each is told of its own deliveries, though one of them is there twice', async () => {
    const { lab, oracle, gate } = await openLab(openShop());
    const references = new References(lab, oracle, gate, []);
    const again = deliver('new');
    const resource = { kind: 'checkout', end: 'success' };
    const shared = scriptOf(resource, [again, deliver('success'), again]);
    const copy = scriptOf(resource, [deliver('new'), deliver('success'), deliver('new')]);
    await references.carryOut(shared);
    const { exchanges, script } = await references.carryOut(copy);
    expect(script).toBe(copy);
    expect(exchanges).toHaveLength(3);
    for (const { step, delivery } of exchanges)
      expect(delivery).toBe(copy.steps[step]?.deliveries[0]);
  });
});

test('what was refused at first is no reference', async () => {
  let came = 0;
  const before = (): MemoryAnswer | undefined => {
    came += 1;
    return came === 1 ? { status: 500 } : undefined;
  };
  const first: string[] = [];
  const { lab, oracle, gate } = await openLab(
    openShop({
      before,
      handle: (order, event) => {
        if (order === undefined) first.push(event.status);
        return { id: event.id, status: event.status, credited: 0, updatedAt: order?.status ?? '' };
      },
    }),
  );
  const states = await new References(lab, oracle, gate, []).ofScript(SCRIPT);
  expect(first).toEqual(['SUCCESS', 'NEW']);
  expect(states[0]?.get('updatedAt')).toEqual(['"NEW"']);
});

test('settling that takes longer than was known is learned', async () => {
  const { lab, oracle, gate } = await openLab(openShop({ delayMs: 90 }));
  await new References(lab, oracle, gate, []).ofScript(SCRIPT);
  expect(oracle.settleMs).toBeGreaterThan(60);
});

describe('a reference that is doubted', () => {
  test('is done anew, once, and what differs beside the point is masked', async () => {
    const { references, begin, oracle, lab } = await thenOtherwise({
      view: (order) => ({ ...order, shift: 'night' }),
    });
    await references.ofScript(SCRIPT);
    begin();
    await references.doubt(SCRIPT);
    const requests = lab.log.length;
    await references.doubt(SCRIPT);
    expect(lab.log).toHaveLength(requests);
    expect([...oracle.masked]).toContain('shift');
    expect([...oracle.masked]).not.toContain('status');
  });

  test('gives way to what decides, where that is steady now', async () => {
    const { references, begin, oracle } = await thenOtherwise({
      handle: (order, event) => {
        const now = careful(order, event);
        return now && { ...now, credited: now.credited * 2 };
      },
    });
    const [before] = await references.ofScript(SCRIPT);
    begin();
    await references.doubt(SCRIPT);
    const [after] = await references.ofScript(SCRIPT);
    expect([before?.get('credited'), after?.get('credited')]).toEqual([['149.9'], ['299.8']]);
    expect([...oracle.masked]).not.toContain('credited');
  });

  test('is masked where what decides is another each time', async () => {
    let sum = 0;
    const { references, begin, oracle } = await thenOtherwise({
      handle: (order, event) => {
        const now = careful(order, event);
        sum += 1;
        return now && { ...now, credited: sum };
      },
    });
    await references.ofScript(SCRIPT);
    begin();
    await references.doubt(SCRIPT);
    expect([...oracle.masked]).toContain('credited');
  });

  test('stays where nothing is taken any more', async () => {
    const { references, begin, oracle } = await thenOtherwise({
      before: ({ isGenuine }) => (isGenuine ? { status: 200 } : undefined),
    });
    const before = await references.ofScript(SCRIPT);
    begin();
    await references.doubt(SCRIPT);
    expect(await references.ofScript(SCRIPT)).toEqual(before);
    expect([...oracle.masked]).not.toContain('status');
  });
});
