import { sorted } from '../references.js';
import type { Script, ScriptDelivery, ScriptStep } from '../script.js';

/** Scripts that are one step simpler, the boldest first: fewer resources, fewer deliveries, in order. */
export function simplerScripts(script: Script): readonly Script[] {
  const found = [
    ...script.resources.map((_, index) => withoutResource(script, index)),
    ...halves(script),
    ...script.steps.flatMap((step, place) =>
      step.deliveries.map((_, index) => withoutDelivery(script, place, index)),
    ),
    oneByOne(script),
    allAwaited(script),
    ...inOrderSwaps(script),
  ];
  const known = new Set([JSON.stringify(script)]);
  return found.filter((candidate) => {
    const key = JSON.stringify(candidate);
    if (candidate.steps.length === 0 || candidate.resources.length === 0 || known.has(key)) {
      return false;
    }
    known.add(key);
    return true;
  });
}

function withoutResource(script: Script, gone: number): Script {
  const renumbered = (index: number) => (index > gone ? index - 1 : index);
  const order = script.resources[gone]?.order;
  const heir = script.resources.findIndex(
    (resource, index) => index !== gone && resource.order === order,
  );
  const orderOf = (old: number) => renumbered(old === gone && heir >= 0 ? heir : old);
  const steps = script.steps.map((step) => ({
    ...step,
    deliveries: step.deliveries
      .filter(({ resource }) => resource !== gone)
      .map((delivery) => ({ ...delivery, resource: renumbered(delivery.resource) })),
  }));
  return {
    resources: script.resources
      .filter((_, index) => index !== gone)
      .map(({ idLike, ...resource }) => ({
        ...resource,
        order: orderOf(resource.order),
        ...(idLike === undefined || idLike.resource === gone
          ? {}
          : { idLike: { ...idLike, resource: renumbered(idLike.resource) } }),
      })),
    steps: steps.filter(({ deliveries }) => deliveries.length > 0),
  };
}

function halves(script: Script): readonly Script[] {
  const middle = Math.floor(script.steps.length / 2);
  if (middle < 2) return [];
  return [
    { ...script, steps: script.steps.slice(0, middle) },
    { ...script, steps: script.steps.slice(middle) },
  ];
}

function withoutDelivery(script: Script, place: number, index: number): Script {
  const steps = script.steps.map((step, at) =>
    at === place
      ? { ...step, deliveries: step.deliveries.filter((_, other) => other !== index) }
      : step,
  );
  return { ...script, steps: steps.filter(({ deliveries }) => deliveries.length > 0) };
}

function oneByOne(script: Script): Script {
  const steps = script.steps.flatMap(({ deliveries }) =>
    deliveries.map((delivery): ScriptStep => ({ kind: 'send', deliveries: [delivery] })),
  );
  return { ...script, steps };
}

function allAwaited(script: Script): Script {
  const steps = script.steps.map((step) => ({
    ...step,
    deliveries: step.deliveries.map(
      (delivery): ScriptDelivery =>
        delivery.answer === 'lost' ? { ...delivery, answer: 'awaited' } : delivery,
    ),
  }));
  return { ...script, steps };
}

/** Neighbours that stand against the order of their life change places. */
function inOrderSwaps(script: Script): readonly Script[] {
  return script.steps.flatMap((step, place) => {
    const next = script.steps[place + 1];
    const [one, other] = [step.deliveries[0], next?.deliveries[0]];
    if (next === undefined || one === undefined || other === undefined) return [];
    if (one.resource !== other.resource || one.event === other.event) return [];
    const kind = script.resources[one.resource]?.kind ?? '';
    if (sorted(kind, [one.event, other.event])[0] === one.event) return [];
    const steps = [...script.steps];
    steps[place] = next;
    steps[place + 1] = step;
    return [{ ...script, steps }];
  });
}
