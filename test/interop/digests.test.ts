import { beforeAll, describe, expect, test } from 'vitest';
import { sign } from '../../src/webhook/digest.js';
import { programPath } from '../programs/program-path.js';
import { outputOf } from '../programs/run-program.js';
import { readVectors, type Vector } from '../webhook/vectors.js';

let openssl: string;
let python: string;

beforeAll(() => {
  openssl = programPath('openssl');
  python = programPath('python3');
});

describe('openssl', () => {
  test.each(readVectors())('computes the same digest: $id', async ({ body, secret }) => {
    expect(sign(body, secret)).toBe(await opensslDigest(body, secret.reveal()));
  });

  test.each(readVectors())('accepts what the vector says: $id', async (vector) => {
    const digest = await opensslDigest(vector.body, vector.secret.reveal());
    expect(vector.digest === digest).toBe(vector.accepted);
  });

  test('takes a secret that is text the way it is typed', async () => {
    const args = ['dgst', '-sha1', '-hmac', 'secret_value', '-r'];
    const output = await outputOf(openssl, args, { input: Buffer.from('{"field":"value"}') });
    expect(output.toString()).toMatch(/^7e36242a10fd65cbaacd7ff288df9fd3f9e75a46 /);
  });
});

describe("Python's hmac, reading the vectors as the README describes them", () => {
  test('computes the same digests', async () => {
    const vectors = readVectors();
    const output = await outputOf(python, ['-c', PYTHON, 'fixtures/signatures/vectors.json']);
    expect(JSON.parse(output.toString())).toEqual(vectors.map(judged));
  });
});

function judged({ id, body, secret, accepted }: Vector) {
  return { id, digest: sign(body, secret), accepted };
}

async function opensslDigest(body: Uint8Array, key: Uint8Array): Promise<string> {
  const hexKey = `hexkey:${Buffer.from(key).toString('hex')}`;
  const args = ['dgst', '-sha1', '-mac', 'HMAC', '-macopt', hexKey, '-r'];
  const output = await outputOf(openssl, args, { input: body });
  return output.toString().slice(0, 40);
}

const PYTHON = `
import base64, gzip, hashlib, hmac, json, sys

def body(vector):
    if 'bodyGzip' in vector:
        return gzip.decompress(base64.b64decode(vector['bodyGzip']))
    return base64.b64decode(vector['body'])

def judge(vector):
    key = base64.b64decode(vector['secretBase64']) if 'secretBase64' in vector else vector['secret'].encode()
    digest = hmac.new(key, body(vector), hashlib.sha1).hexdigest()
    return {'id': vector['id'], 'digest': digest, 'accepted': digest == vector['digest']}

with open(sys.argv[1], encoding='utf-8') as file:
    json.dump([judge(vector) for vector in json.load(file)['vectors']], sys.stdout)
`;
