import type { Header } from '../../ports.js';
import { DIGEST_HEADER } from '../../webhook/scheme.js';
import { asBuffer } from '../json-value.js';
import { markBytes } from '../lines.js';
import { malformed, type ParsedCapture, type PlacedCapture } from '../record.js';
import { pathOfTarget } from '../request-target.js';
import { type Variables, variablesOf } from './brace-variables.js';

/** A block of a file: `name {`, its lines without their indent, `}`. */
interface BrunoBlock {
  readonly name: string;
  readonly lines: readonly string[];
}

const OPENING = /^([a-z]+(?::[\w-]+)*) *\{$/;
const METHODS = /^(?:get|post|put|delete|patch|options|head|connect|trace|http)$/;
const PAIR = /^(~?)(?:"((?:[^"\\]|\\.)*)"|([^\s:]+)) *: ?(.*)$/;
const INDENT = /^ {2}/;
const TEXT_BODIES: readonly string[] = ['json', 'text', 'xml', 'sparql'];

/** Reads a request of Bruno (docs.usebruno.com, Bru language): one file, one request. */
export function readBruno(bytes: Uint8Array): readonly PlacedCapture[] {
  const text = asBuffer(bytes).toString('latin1', markBytes(bytes, 0, bytes.length));
  const blocks = blocksOf(text.split(/\r?\n/));
  const request = blocks.find(({ name }) => METHODS.test(name));
  return [
    request === undefined ? malformed('The file holds no request.') : parseRequest(request, blocks),
  ];
}

function blocksOf(lines: readonly string[]): readonly BrunoBlock[] {
  const blocks: { readonly name: string; readonly lines: string[] }[] = [];
  let isOpen = false;
  for (const line of lines) {
    const name = isOpen ? undefined : OPENING.exec(line)?.[1];
    if (name !== undefined) {
      blocks.push({ name, lines: [] });
      isOpen = true;
    } else if (line === '}') isOpen = false;
    else if (isOpen) blocks.at(-1)?.lines.push(line.replace(INDENT, ''));
  }
  return blocks;
}

function parseRequest(request: BrunoBlock, blocks: readonly BrunoBlock[]): ParsedCapture {
  const linesOf = (wanted: string) => blocks.find(({ name }) => name === wanted)?.lines ?? [];
  const variables = variablesOf(new Map(pairsOf(linesOf('vars:pre-request'))));
  const settings = new Map(pairsOf(request.lines));
  const head = headersOf(linesOf('headers'), variables);
  if (head.kind === 'malformed') return head;
  const kind = settings.get('body') ?? 'none';
  if (kind !== 'none' && !TEXT_BODIES.includes(kind)) {
    return malformed(
      'Bruno makes the body when it sends it (a form or a file); it is not kept here.',
    );
  }
  const body = variables.fillIn(linesOf(`body:${kind}`).join('\n'));
  if (body.unknown !== undefined) return variables.missing('body', body.unknown);
  const record = {
    method: (settings.get('method') ?? request.name).toUpperCase(),
    path: pathOfTarget(variables.fillIn(settings.get('url') ?? '').text),
    headers: head.headers,
    body: Buffer.from(body.text, 'latin1'),
  };
  return { kind: 'capture', record, ...(kind === 'none' && { isStatedEmpty: true }) };
}

/** A pair with a tilde is switched off. */
function pairsOf(lines: readonly string[]): readonly (readonly [string, string])[] {
  return lines.flatMap((line) => {
    const [, off, quoted, plain, value] = PAIR.exec(line.trim()) ?? [];
    const name = quoted?.replace(/\\(.)/g, '$1') ?? plain;
    return name === undefined || value === undefined || off === '~' ? [] : [[name, value] as const];
  });
}

function headersOf(lines: readonly string[], variables: Variables) {
  const headers: Header[] = [];
  for (const [name, given] of pairsOf(lines)) {
    const { text, unknown } = variables.fillIn(given);
    const isDigest = name.toLowerCase() === DIGEST_HEADER.toLowerCase();
    if (unknown !== undefined && isDigest) return variables.missing('digest', unknown);
    headers.push([name, text]);
  }
  return { kind: 'headers', headers } as const;
}
