import type { Subject } from '../subject.js';
import { type BodyCandidate, type BodyMistake, changed, only, texts } from './body-mistake.js';
import { urlDecoded } from './url-decoded.js';

/** The code that computed the digest put the body into something else first. */
export const wrappers: readonly BodyMistake[] = [
  {
    id: 'body/url-decoded',
    stage: 'envelope',
    explanation: 'The digest is that of the body after URL-decoding.',
    fix: 'Do not URL-decode the body: it is JSON.',
    candidates: urlDecoded,
  },
  {
    id: 'body/plus-as-space',
    stage: 'envelope',
    explanation: 'The digest is that of the body with each plus sign turned into a space.',
    fix: 'Do not URL-decode the body: it is JSON.',
    candidates: ({ bytes }) =>
      bytes.includes('+') ? only(changed(bytes, (text) => text.replaceAll('+', ' '))) : [],
  },
  {
    id: 'body/base64',
    stage: 'envelope',
    explanation: 'The digest is that of the base64 form of the body.',
    fix: 'Decode the body before hashing, as isBase64Encoded in an AWS event asks for.',
    candidates: ({ bytes }) => texts(bytes.toString('base64'), bytes.toString('base64url')),
  },
  {
    id: 'body/double-encoded',
    stage: 'envelope',
    explanation: 'The digest is that of the body as a JSON string inside quotes.',
    fix: 'Do not JSON.stringify a body that is text already.',
    candidates: (subject) => texts(JSON.stringify(subject.text())),
  },
  {
    id: 'body/form-encoded',
    stage: 'envelope',
    explanation: 'The digest is that of the body as a field of a form.',
    fix: 'Hash the raw request bytes: some middleware made a form of them.',
    candidates: formEncoded,
  },
  {
    id: 'body/url-encoded',
    stage: 'envelope',
    explanation: 'The digest is that of the percent-encoded body.',
    fix: 'Hash the body without URL-encoding it.',
    candidates: (subject) => encodedForms(subject.text()).flatMap((text) => texts(text)),
  },
  {
    id: 'body/wrapped',
    stage: 'envelope',
    explanation: 'The digest is that of an object which a gateway put around the body.',
    fix: 'Hash the inner body exactly as it stands there, for instance event.body in AWS Lambda.',
    candidates: wrapped,
  },
  {
    id: 'body/quoted',
    stage: 'envelope',
    explanation: 'The digest is that of the body in quotes.',
    fix: "Do not hash a shell's or a log's quotes with the body; in Python, str(body) of bytes adds b'…'.",
    candidates: (subject) => {
      const text = subject.text();
      return texts(`'${text}'`, `"${text}"`, `b'${text}'`);
    },
  },
];

/** As a string and as an object, in the usual fields; as the only element of an array. */

const FIELD_NAMES = ['payload', 'body', 'data', 'json'];

function formEncoded(subject: Subject): readonly BodyCandidate[] {
  const forms = encodedForms(subject.text());
  return FIELD_NAMES.flatMap((name) => texts(...forms.map((form) => `${name}=${form}`)));
}

function encodedForms(text: string): readonly string[] {
  const asField = new URLSearchParams({ field: text }).toString().slice('field='.length);
  return [encodeURIComponent(text), asField];
}

function wrapped(subject: Subject): readonly BodyCandidate[] {
  const text = subject.text();
  const inString = JSON.stringify(text);
  return texts(
    ...FIELD_NAMES.flatMap((name) => [`{"${name}":${inString}}`, `{"${name}":${text}}`]),
    `[${text}]`,
  );
}
