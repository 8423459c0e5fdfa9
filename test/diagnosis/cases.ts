import { readFileSync } from 'node:fs';
import type { DiagnosisInput, DiagnosisOptions } from '../../src/diagnosis/diagnosis.js';
import type { Header } from '../../src/ports.js';
import { Secret } from '../../src/webhook/secret.js';

/** One case of `fixtures/diagnosis/cases.json`. */
export interface Case {
  readonly id: string;
  /** How the mistake came about. */
  readonly note: string;
  readonly entry: DiagnosisInput;
  readonly options: DiagnosisOptions;
  readonly cause: string | undefined;
  readonly suspicion: string | undefined;
}

interface CaseFile {
  readonly schemaVersion: number;
  readonly cases: readonly WrittenCase[];
}

interface WrittenCase {
  readonly id: string;
  readonly note: string;
  readonly body?: string;
  readonly bodyBase64?: string;
  readonly secret: string;
  readonly moreSecrets?: readonly string[];
  readonly alsoSecrets?: readonly string[];
  readonly secretNames?: readonly string[];
  readonly digest: string;
  readonly headers?: readonly Header[];
  readonly neighbours?: readonly {
    readonly position: 'previous' | 'next';
    readonly body: string;
    readonly digest?: string;
  }[];
  readonly cause: string | null;
  readonly suspicion?: string | null;
}

const FILE = new URL('../../fixtures/diagnosis/cases.json', import.meta.url);

export function readCases(): readonly Case[] {
  const file: CaseFile = JSON.parse(readFileSync(FILE, 'utf8'));
  return file.cases.map((written) => ({
    id: written.id,
    note: written.note,
    entry: entryOf(written),
    options: optionsOf(written),
    cause: written.cause ?? undefined,
    suspicion: written.suspicion ?? undefined,
  }));
}

function entryOf({ body, bodyBase64, digest, headers, neighbours }: WrittenCase): DiagnosisInput {
  return {
    body: body === undefined ? Buffer.from(bodyBase64 ?? '', 'base64') : Buffer.from(body),
    digest,
    headers,
    neighbours: neighbours?.map((neighbour) => ({
      ...neighbour,
      body: Buffer.from(neighbour.body),
    })),
  };
}

function optionsOf({ secret, moreSecrets = [], alsoSecrets, secretNames }: WrittenCase) {
  return {
    secrets: [secret, ...moreSecrets].map(Secret.fromText),
    alsoSecrets: alsoSecrets?.map(Secret.fromText),
    secretNames,
  };
}
