import { HookError } from '../../errors.js';
import { bodyFromBase64, bodyFromText, type FoundBody } from '../body-text.js';
import { isObject, listOf, memberOf, textOf } from '../json-value.js';
import { loggedBytes } from '../logs/logged-bytes.js';
import type { ReadAtFile } from '../reader.js';
import { type Doubt, type MalformedCapture, malformed, PARSED_BODY } from '../record.js';
import type { Variables } from './brace-variables.js';
import type { PlacedValue } from './json-places.js';
import { unwrapBody } from './wrapped-body.js';

export interface ExportSurroundings {
  /** Undefined where braces are no variables. */
  readonly variables: Variables | undefined;
  readonly readAtFile: ReadAtFile | undefined;
}

type FoundExport = (FoundBody & BodyRemarks) | MalformedCapture;

interface BodyRemarks {
  readonly note?: string;
  readonly doubt?: Doubt;
  readonly isStatedEmpty?: true;
}

/** What is exact comes first: a tool may keep a body in several ways. */
const BASE64_KEYS = ['bodyAsBase64', 'bodyBase64', 'body_base64', 'rawBodyBase64', 'base64Bytes'];
const TEXT_KEYS = ['bodyRaw', 'rawBody', 'raw_body', 'body_raw'];
const BODY_KEYS = ['body', 'requestBody', 'request_body', 'data', 'payload', 'content', 'json'];
const NOTE = 'The tool keeps the body as parsed JSON; it is taken as it stands in the file.';
const NONE: FoundBody = { kind: 'body', body: Buffer.alloc(0) };

/** The body of an exported request. */
export async function exportBody(
  node: PlacedValue,
  surroundings: ExportSurroundings,
): Promise<FoundExport> {
  const base64 = firstText(node.value, BASE64_KEYS);
  if (base64 !== undefined && base64 !== '') return bodyFromBase64(base64);
  const text = firstText(node.value, TEXT_KEYS);
  if (text !== undefined) return bodyFromText(text);
  const patterns = listOf(memberOf(node.value, 'bodyPatterns'));
  if (patterns !== undefined) return wantedBody(patterns);
  const body = BODY_KEYS.map((key) => node.at(key)).find(
    (found) => found !== undefined && found.value !== null,
  );
  if (body === undefined) return NONE;
  if (typeof body.value !== 'string') return structuredBody(body, surroundings);
  const isBase64 = memberOf(node.value, 'isBase64Encoded') === true;
  return isBase64 ? bodyFromBase64(body.value) : textBody(body.value, surroundings);
}

function firstText(value: unknown, keys: readonly string[]): string | undefined {
  return keys.map((key) => textOf(memberOf(value, key))).find((text) => text !== undefined);
}

function textBody(text: string, { variables }: ExportSurroundings): FoundExport {
  const filled = variables?.fillIn(text);
  if (variables === undefined || filled === undefined) return bodyFromText(text);
  return filled.unknown === undefined
    ? bodyFromText(filled.text)
    : variables.missing('body', filled.unknown);
}

/** A body that is an object: of a tool that says what it is, or the parsed body itself. */
async function structuredBody(
  body: PlacedValue,
  surroundings: ExportSurroundings,
): Promise<FoundExport> {
  const { value } = body;
  const bytes = loggedBytes(value);
  if (bytes !== undefined) return { kind: 'body', body: bytes };
  const mode = textOf(memberOf(value, 'mode'));
  if (mode !== undefined) return bodyOfMode(mode, value, surroundings);
  const type = textOf(memberOf(value, 'type'));
  if (type !== undefined && MOCK_SERVER_TYPES.has(type)) return bodyOfType(body, surroundings);
  const wrapped = unwrapBody(value);
  if (wrapped?.kind === 'base64') return bodyFromBase64(wrapped.text);
  if (wrapped?.kind === 'text') return textBody(wrapped.text, surroundings);
  if (isObject(value) && Object.keys(value).length === 0) return NONE;
  return parsedBody(body);
}

function parsedBody(body: PlacedValue): FoundExport {
  const found = bodyFromText(body.source());
  return found.kind === 'malformed' ? found : { ...found, note: NOTE, doubt: PARSED_BODY };
}

/** Postman and Bruno: the member of that name holds the body. */
async function bodyOfMode(
  mode: string,
  body: unknown,
  surroundings: ExportSurroundings,
): Promise<FoundExport> {
  if (mode === 'none') return { ...NONE, isStatedEmpty: true };
  if (mode === 'file') return bodyOfFile(memberOf(body, 'file'), surroundings);
  const text = textOf(memberOf(body, mode));
  if (text !== undefined) return textBody(text, surroundings);
  return Object.hasOwn(Object(body), mode)
    ? malformed(
        `The tool makes the body when it sends it (${safeMode(mode)}); it is not kept here.`,
      )
    : NONE;
}

function safeMode(mode: string): string {
  return /^[\w-]{1,20}$/.test(mode) ? mode : 'another kind';
}

async function bodyOfFile(file: unknown, { readAtFile }: ExportSurroundings): Promise<FoundExport> {
  const path = textOf(memberOf(file, 'src')) ?? textOf(file);
  if (path === undefined) return malformed('The body is in a file that is not named here.');
  if (readAtFile === undefined) return malformed(`The body is in the file ${path}, not here.`);
  try {
    return { kind: 'body', body: await readAtFile(path) };
  } catch (error) {
    if (error instanceof HookError) return malformed(error.message, error.hint);
    throw error;
  }
}

const MOCK_SERVER_TYPES: ReadonlySet<string> = new Set(['STRING', 'JSON', 'BINARY', 'XML']);

/** MockServer says what kind of body it had, and newer ones its bytes. */
function bodyOfType(body: PlacedValue, surroundings: ExportSurroundings): FoundExport {
  const raw = firstText(body.value, ['rawBytes', 'base64Bytes']);
  if (raw !== undefined) return bodyFromBase64(raw);
  const text = firstText(body.value, ['string', 'json', 'xml']);
  if (text !== undefined) return textBody(text, surroundings);
  const parsed = body.at('json');
  return parsed === undefined
    ? malformed('The body is of a kind that is not known.')
    : parsedBody(parsed);
}

/** A mapping of WireMock says what a body must be: only the exact ones say what it was. */
function wantedBody(patterns: readonly unknown[]): FoundExport {
  const exact = patterns.map((pattern) => textOf(memberOf(pattern, 'equalTo')));
  const text = exact.find((found) => found !== undefined);
  if (text !== undefined) return bodyFromText(text);
  const binary = patterns.map((pattern) => textOf(memberOf(pattern, 'binaryEqualTo')));
  const base64 = binary.find((found) => found !== undefined);
  if (base64 !== undefined) return bodyFromBase64(base64);
  if (patterns.length === 0) return NONE;
  return malformed(
    'The mapping says what the body must be like, and does not keep its bytes.',
    'Take the request from the journal instead: GET /__admin/requests.',
  );
}
