import { isOk } from '../../lab/lab.js';
import type { Laboratory } from '../../laboratory.js';
import { fail, inconclusive, pass, type Rule, SOURCES, type Verdict } from '../../rule.js';
import { BYTE_FORMS, deliver, scriptOf } from '../../script.js';

export const signatureRawBytes: Rule = {
  id: 'signature/raw-bytes',
  severity: 'must',
  title: 'The digest is checked over the bytes that came',
  source: SOURCES.verification,
  advice:
    'Check the digest over the raw body, before parsing it: parsing and writing JSON again changes bytes.',
  needs: [],
  when: 'side-by-side',
  run,
};

async function run({ lab, gate, kinds }: Laboratory): Promise<Verdict> {
  const [kind] = kinds;
  if (kind === undefined) return inconclusive('No valid web hook is answered 200.');
  const refused = BYTE_FORMS.map(async (bytes) => {
    const { end } = kind.main;
    const script = scriptOf({ kind: kind.name, end }, [deliver(end, 0, { bytes })]);
    const { exchanges } = await gate.shared(() => lab.execute(script));
    const last = exchanges.at(-1);
    if (last === undefined || isOk(last.outcome)) return [];
    const { outcome } = last;
    return [`${bytes} (${outcome.kind === 'responded' ? outcome.status : outcome.kind})`];
  });
  const forms = (await Promise.all(refused)).flat();
  if (forms.length === 0) return pass(`Accepted: ${BYTE_FORMS.join(', ')}.`);
  return fail(
    `Genuine web hooks are refused when their JSON is written otherwise: ${forms.join(', ')}.`,
  );
}
