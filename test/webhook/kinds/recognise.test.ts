import { expect, test } from 'vitest';
import { recognise } from '../../../src/webhook/kinds/recognise.js';
import { sampleFiles, sampleText } from '../sample-files.js';

const seen = (body: string) => {
  const { id, kind, status } = recognise(Buffer.from(body));
  return [kind?.kind, status, id];
};

test.each(sampleFiles())('the sample %s is recognised as what it is', (path) => {
  const [kind = '', file = ''] = path.split('/');
  const status = file.replace('.json', '');
  const sample = sampleText(`${kind}.${status}`);
  expect(seen(sample).slice(0, 2)).toEqual([kind, status]);
  expect(seen(JSON.stringify(JSON.parse(sample)))).toEqual(seen(sample));
});

test('the id of a resource inside another one is not taken for its own', () => {
  const body = '{"payment":{"id":"PMT-1","status":"NEW"},"status":"SUCCESS","id":"CAPD-2"}';
  expect(seen(body)).toEqual(['request', 'success', 'CAPD-2']);
});

test('a status that Inqud does not list is kept', () => {
  expect(seen('{"id":"CCO-1","status":"REFUNDED_LATER"}')).toEqual([
    'checkout',
    'refunded-later',
    'CCO-1',
  ]);
});

test('a kind that is not known leaves the id', () => {
  expect(seen('{"id":"NEW-1","status":"OPEN"}')).toEqual([undefined, 'open', 'NEW-1']);
});

test.each([
  ['an empty body', ''],
  ['no JSON', 'id=CCO-1&status=NEW'],
  ['a list', '[{"id":"CCO-1"}]'],
  ['a cut body', '{"id":"CCO-'],
  ['a number for an id', '{"id":7}'],
  ['an escaped id', String.raw`{"id":"CCO-\u0031"}`],
  ['an id that holds a control character', '{"id":"CCO-\u001b[2J"}'],
  ['an id that never ends', `{"id":"${'x'.repeat(201)}"}`],
])('%s shows no id', (_what, body) => {
  expect(recognise(Buffer.from(body)).id).toBeUndefined();
});

test.each([
  ['quotes in a text', String.raw`{"name":"a\"},\\","id":"CCO-1"}`],
  ['blanks anywhere', '{ "name" :\t1 ,\n"id" : "CCO-1" }'],
  ['things inside things', '{"a":{"b":["}",{"c":"]"}]},"id":"CCO-1"}'],
  ['characters outside ASCII', '{"name":"Кофе ☕","id":"CCO-1"}'],
])('%s in front of it do not hide the id', (_what, body) => {
  expect(recognise(Buffer.from(body)).id).toBe('CCO-1');
});
