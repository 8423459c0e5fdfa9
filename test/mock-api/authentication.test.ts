import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { ApiRequest } from '../../src/mock-api/api-server.js';
import { createAuthenticator } from '../../src/mock-api/authentication.js';
import type { Header } from '../../src/ports.js';
import { apiFindingText } from '../../src/report/mock-api/words.js';
import { Secret } from '../../src/webhook/secret.js';

const CREDENTIALS = { tokenId: 'TKN-1', secret: Secret.fromText('token secret') };
const SALT = '00ff';
const signature = (text: string, secret = 'token secret') =>
  createHmac('sha256', secret).update(text).digest('hex');
const request = (headers: readonly Header[], body = ''): ApiRequest => ({
  method: 'GET',
  target: '/',
  headers,
  body: Buffer.from(body),
});
const id: Header = ['X-Token-API-Id', 'TKN-1'];
const signed = (value: string, salt = SALT): readonly Header[] => [
  id,
  ['X-HMAC-SHA256-Signature', value],
  ['X-Salt', salt],
];
const ACCEPTED = { kind: 'accepted', note: undefined };

describe('with credentials', () => {
  const authenticate = (headers: readonly Header[], body?: string) =>
    createAuthenticator(CREDENTIALS)(request(headers, body));

  it('takes the id with the secret, whatever the case of the names', () => {
    expect(authenticate([id, ['X-Token-API-Secret', 'token secret']])).toEqual(ACCEPTED);
    expect(
      authenticate([
        ['x-token-api-id', 'TKN-1'],
        ['X-TOKEN-API-SECRET', 'token secret'],
      ]),
    ).toEqual(ACCEPTED);
  });

  it('takes the id with a signature over the body and the salt', () => {
    expect(authenticate(signed(signature(SALT)))).toEqual(ACCEPTED);
    expect(authenticate(signed(signature(`{"a":1}${SALT}`)), '{"a":1}')).toEqual(ACCEPTED);
  });

  it.each<[string, readonly Header[], string]>([
    ['nothing', [], 'There is no X-Token-API-Id.'],
    ['an id alone', [id], 'There is neither X-Token-API-Secret nor X-HMAC-SHA256-Signature.'],
    [
      'another id',
      [['X-Token-API-Id', 'TKN-2']],
      'X-Token-API-Id is not the token of $INQUD_API_TOKEN_ID.',
    ],
    [
      'a wrong secret',
      [id, ['X-Token-API-Secret', 'token secret ']],
      "X-Token-API-Secret is not the token's secret.",
    ],
    [
      'a signature without a salt',
      [id, ['X-HMAC-SHA256-Signature', signature(SALT)]],
      'There is a signature and no X-Salt.',
    ],
    [
      'a signature of another salt',
      signed(signature('ff00')),
      'X-HMAC-SHA256-Signature is not the HMAC-SHA256 of the body and the salt.',
    ],
    [
      'a signature by another secret',
      signed(signature(SALT, 'web hook secret')),
      'X-HMAC-SHA256-Signature is not the HMAC-SHA256 of the body and the salt.',
    ],
    [
      'a digest as web hooks have it',
      signed('a'.repeat(40)),
      'X-HMAC-SHA256-Signature is not 64 lower-case hexadecimal characters.',
    ],
    [
      'two secrets, one of them right',
      [id, ['X-Token-API-Secret', 'no'], ['x-token-api-secret', 'token secret']],
      'X-Token-API-Secret came more than once.',
    ],
  ])('refuses %s', (_what, headers, reason) => {
    const found = authenticate(headers);
    expect(found.kind === 'refused' && apiFindingText(found.reason)).toBe(reason);
  });

  it('does not take a right secret for a wrong signature', () => {
    const headers: readonly Header[] = [
      ...signed(signature('ff00')),
      ['X-Token-API-Secret', 'token secret'],
    ];
    expect(authenticate(headers).kind).toBe('refused');
  });
});

describe('without credentials', () => {
  it('any token passes, but there has to be one', () => {
    const authenticate = createAuthenticator(undefined);
    expect(
      authenticate(
        request([
          ['X-Token-API-Id', 'x'],
          ['X-Token-API-Secret', 'y'],
        ]),
      ),
    ).toEqual(ACCEPTED);
    expect(authenticate(request(signed('0'.repeat(64))))).toEqual(ACCEPTED);
    expect(authenticate(request([])).kind).toBe('refused');
  });
});

it('notes a salt that was used before, and takes it', () => {
  const authenticate = createAuthenticator(CREDENTIALS);
  const notes = ['aa', 'bb', 'aa'].map((salt) => {
    const found = authenticate(request(signed(signature(salt), salt)));
    return found.kind === 'accepted' ? found.note : found;
  });
  expect(notes).toEqual([undefined, undefined, { code: 'salt-used' }]);
});
