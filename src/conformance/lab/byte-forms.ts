import { isLosslessNumber, LosslessNumber, parse, stringify } from 'lossless-json';
import type { ByteForm } from '../script.js';

const NOTE = 'inqudHookNote';

/** The same JSON, spelled in a way that parsing and writing it again does not keep. */
export function inForm(body: Uint8Array, form: ByteForm): Uint8Array {
  return new TextEncoder().encode(respelled(new TextDecoder().decode(body), form));
}

function respelled(text: string, form: ByteForm): string {
  switch (form) {
    case 'spacing':
      return stringify(parse(text), undefined, 2) ?? text;
    case 'key-order':
      return stringify(reversed(parse(text))) ?? text;
    case 'escapes':
      return text.replaceAll('/', '\\/').replaceAll('S', '\\u0053').replaceAll('T', '\\u0054');
    case 'number-forms':
      return stringify(parse(text, (_key, value) => longer(value))) ?? text;
    case 'trailing-newline':
      return `${text}\n`;
    case 'non-ascii':
      return withFirst(text, `"${NOTE}":"Zażółć gęślą jaźń, 注文 ✓ 💶"`);
    case 'duplicate-keys':
      return withFirst(text, `"${NOTE}":1,"${NOTE}":1`);
    default:
      return form satisfies never;
  }
}

function reversed(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).reverse());
}

/** `100` becomes `100.0`, `149.9` becomes `149.90`, and `1e5` becomes `1.0e5`. */
function longer(value: unknown): unknown {
  if (!isLosslessNumber(value)) return value;
  const [digits = '', exponent = ''] = value.value.split(/(?=e)/i);
  return new LosslessNumber(`${digits}${digits.includes('.') ? '0' : '.0'}${exponent}`);
}

function withFirst(text: string, member: string): string {
  return `{${member},${text.slice(1)}`;
}
