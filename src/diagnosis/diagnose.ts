// The room of the diagnosis: why a digest does not match, proven by a hash that does.
import { createBudget } from './budget.js';
import { causeOf } from './cause.js';
import type { Cause, Diagnosis, DiagnosisInput, DiagnosisOptions } from './diagnosis.js';
import { createEffort } from './effort.js';
import { createKeyring } from './keyring.js';
import { isLarge } from './limits.js';
import { createMemory } from './memory.js';
import { search } from './search.js';
import { slippedDigest } from './slipped.js';
import { Subject } from './subject.js';
import { suspect } from './suspicions.js';

/** Diagnoses one mismatch after another. */
export type Diagnoser = (entry: DiagnosisInput) => Diagnosis;

/**
 * Says which mistake, or which two, make the digest of a mismatch match, and what to do about it.
 * At most 4,000 candidates are tried (`maxCandidates`) and 12 MiB hashed (`maxHashedBytes`), or 320
 * times the body if that is more. A body of more than 1 MiB is not parsed: see `limits.ts`.
 * A digest is matched by at least 16 hexadecimal characters. Never throws, whatever the bytes.
 */
export function diagnose(entry: DiagnosisInput, options: DiagnosisOptions): Diagnosis {
  return createDiagnoser(options)(entry);
}

/**
 * The same for many entries: what explained an entry lately is tried first, which takes one hash.
 * A file full of digests that nothing explains is not searched to the end: see `maxFullSearches`.
 */
export function createDiagnoser(options: DiagnosisOptions): Diagnoser {
  const keyring = createKeyring(options);
  const memory = createMemory();
  const effort = createEffort(options);
  return (entry) => {
    const subject = Subject.ofEntry(entry);
    const isSmall = !isLarge(entry.body);
    const recalled = isSmall ? memory.recall(subject, entry.digest) : undefined;
    if (recalled !== undefined) return recalled;
    const slipped = slippedDigest(entry, keyring);
    if (slipped !== undefined) return explained(causeOf([slipped]), 1);
    const depth = effort.depth();
    const budget = createBudget(options, entry.body.length);
    const found = search({ subject, digest: entry.digest, keyring, budget, depth });
    if (found !== undefined) {
      memory.keep(found);
      return explained(causeOf(found.sightings), budget.tried());
    }
    effort.failed();
    const suspicion = suspect({
      subject,
      digest: entry.digest,
      secrets: options.secrets,
    });
    const cutBy = isSmall && depth < 2 ? { cutBy: 'file' as const } : {};
    const cut = budget.isSpent() || depth < 2 || !isSmall;
    return { cause: undefined, suspicion, cut, ...cutBy, tried: budget.tried() };
  };
}

function explained(cause: Cause, tried: number): Diagnosis {
  return { cause, suspicion: undefined, cut: false, tried };
}
