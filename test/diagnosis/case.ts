import { readFileSync } from 'node:fs';
import type { Diagnosis, DiagnosisInput, DiagnosisOptions } from '../../src/diagnosis/diagnosis.js';
import type { Header } from '../../src/ports.js';
import { Secret } from '../../src/webhook/secret.js';

/** A mismatch and what must be said of it; bodies are base64. */
export interface DiagnosisCase {
  readonly name: string;
  readonly secret: string;
  readonly body: string;
  readonly digest: string;
  readonly cause?: string;
  readonly suspicion?: string;
  readonly headers?: readonly Header[];
  readonly neighbours?: readonly CaseNeighbour[];
  readonly moreSecrets?: readonly string[];
  readonly alsoSecrets?: readonly string[];
  readonly secretNames?: readonly string[];
}

interface CaseNeighbour {
  readonly position: 'previous' | 'next';
  readonly body: string;
  readonly digest?: string;
}

export function readCases(): readonly DiagnosisCase[] {
  const file = new URL('../../fixtures/diagnosis/cases.json', import.meta.url);
  return JSON.parse(readFileSync(file, 'utf8'));
}

export function inputOf({ body, digest, headers, neighbours }: DiagnosisCase): DiagnosisInput {
  return {
    body: Buffer.from(body, 'base64'),
    digest,
    headers,
    neighbours: neighbours?.map((one) => ({ ...one, body: Buffer.from(one.body, 'base64') })),
  };
}

export function optionsOf(given: DiagnosisCase): DiagnosisOptions {
  const { secret, moreSecrets = [], alsoSecrets, secretNames } = given;
  return {
    secrets: [secret, ...moreSecrets].map((text) => Secret.fromText(text)),
    alsoSecrets: alsoSecrets?.map((text) => Secret.fromText(text)),
    secretNames,
  };
}

/** What the diagnosis says, in the words of a case. */
export function saidOf({ cause, suspicion }: Diagnosis): {
  readonly cause: string | undefined;
  readonly suspicion: string | undefined;
} {
  return { cause: cause?.id, suspicion: suspicion?.id };
}
