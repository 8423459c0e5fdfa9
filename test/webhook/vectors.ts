import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { Secret } from '../../src/webhook/secret.js';

/** One vector of `fixtures/signatures/vectors.json`. */
export interface Vector {
  readonly id: string;
  readonly body: Uint8Array;
  readonly secret: Secret;
  readonly digest: string;
  readonly accepted: boolean;
  readonly reason: string;
}

interface VectorFile {
  readonly schemaVersion: number;
  readonly vectors: readonly {
    readonly id: string;
    readonly body?: string;
    readonly bodyGzip?: string;
    readonly secret?: string;
    readonly secretBase64?: string;
    readonly digest: string;
    readonly accepted: boolean;
    readonly reason: string;
  }[];
}

const FILE = new URL('../../fixtures/signatures/vectors.json', import.meta.url);

export function readVectors(): readonly Vector[] {
  const file: VectorFile = JSON.parse(readFileSync(FILE, 'utf8'));
  return file.vectors.map(({ body, bodyGzip, secret, secretBase64, ...vector }) => ({
    ...vector,
    body:
      body === undefined
        ? gunzipSync(Buffer.from(bodyGzip ?? '', 'base64'))
        : Buffer.from(body, 'base64'),
    secret:
      secret === undefined
        ? Secret.fromBytes(Buffer.from(secretBase64 ?? '', 'base64'))
        : Secret.fromText(secret),
  }));
}
