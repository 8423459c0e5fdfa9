import { decodeUtf8, isObject, listOf, memberOf, parseJson, textOf } from '../json-value.js';
import { leftOver, namesDigest } from '../left-over.js';
import { assumed, bodiesIn } from '../logs/bodies-in.js';
import { valuesIn } from '../logs/values-in.js';
import type { ReadAtFile } from '../reader.js';
import { type FoundCapture, malformed, type ParsedCapture, type PlacedEntry } from '../record.js';
import { type Variables, variablesOf } from './brace-variables.js';
import { type ExportSurroundings, exportBody } from './export-body.js';
import { exportHeaders } from './export-headers.js';
import { requestOf } from './export-request.js';
import { type PlacedValue, placedDocument } from './json-places.js';

/** Deeper than any tool nests its requests. */
const DEEPEST = 40;
/** What holds an answer, or what a request was compared with. */
const PASSED_OVER: ReadonlySet<string> = new Set(
  'response responses httpResponse responseDefinition responseBody stubMapping'.split(' '),
);
const NO_VARIABLES = variablesOf(new Map());

/**
 * Reads what mock servers, request bins and API clients export as JSON: every object that has headers
 * and is a request, wherever it stands. Postman and Newman, WireMock, MockServer, Bruno, Insomnia,
 * Pipedream, RequestBin and smee are known by their members; others that name them alike are read too.
 */
export async function* readExport(
  bytes: Uint8Array,
  readAtFile: ReadAtFile | undefined,
): AsyncGenerator<PlacedEntry> {
  const text = decodeUtf8(bytes)?.replace(/^\uFEFF/, '');
  if (text === undefined) return yield malformed('The file is not valid UTF-8.');
  const value = parseJson(text);
  if (value === undefined) return yield* readLines(text, readAtFile);
  const document = placedDocument(text, value);
  const variables = templateVariables(value);
  let entry = 0;
  for (const request of whereToLook(document)) {
    entry += 1;
    yield { ...(await parseRequest(request, { variables, readAtFile })), entry };
  }
  if (entry === 0) yield malformed('The file holds no request.');
}

/** One request a line, whatever stands around it, or several texts of JSON one after another. */
async function* readLines(
  text: string,
  readAtFile: ReadAtFile | undefined,
): AsyncGenerator<PlacedEntry> {
  let number = 0;
  for (const line of text.split('\n')) {
    number += 1;
    const json = line.trim().replace(/^data: ?(?=\{)/, '');
    if (json === '') continue;
    const values = documentsIn(json);
    if (values === undefined && number === 1) return yield* readInTurn(text, readAtFile);
    if (values === undefined) {
      yield { ...unreadLine(json), line: number };
      continue;
    }
    const requests = values.flatMap((value) => [...requestsIn(value, [])]);
    if (requests.length === 0) yield { ...leftOver(json), line: number };
    for (const request of requests) {
      const parsed = await parseRequest(request, { variables: undefined, readAtFile });
      yield { ...parsed, line: number };
    }
  }
}

/** JSON that is laid out over lines, one value after another. */
async function* readInTurn(
  text: string,
  readAtFile: ReadAtFile | undefined,
): AsyncGenerator<PlacedEntry> {
  const requests = (documentsIn(text) ?? []).flatMap((value) => [...requestsIn(value, [])]);
  if (requests.length === 0) {
    return yield malformed('The file is not valid JSON; it may be cut off.');
  }
  for (const [index, request] of requests.entries()) {
    const parsed = await parseRequest(request, { variables: undefined, readAtFile });
    yield { ...parsed, entry: index + 1 };
  }
}

/** The JSON in a text, as one or among other things; undefined where some of it is cut off. */
function documentsIn(text: string): readonly PlacedValue[] | undefined {
  const value = parseJson(text);
  if (value !== undefined) return [placedDocument(text, value)];
  const { values, isBroken } = valuesIn(text);
  const found = values.flatMap(({ value: one, json }) =>
    json === undefined ? [] : [placedDocument(json, one)],
  );
  return isBroken || found.length === 0 ? undefined : found;
}

function unreadLine(line: string) {
  return namesDigest(line) ? malformed('The line is not valid JSON.') : leftOver(line);
}

/** A run of Newman holds its collection too, before its variables were filled in. */
function* whereToLook(document: PlacedValue): Generator<FoundRequest> {
  const executions = document.at('run')?.at('executions');
  if (executions === undefined) return yield* requestsIn(document, []);
  for (const [, execution] of executions.children()) {
    const request = execution.at('request');
    if (request !== undefined) yield* requestsIn(request, []);
  }
}

/** In what is kept to be sent, braces are variables; in what was received they are text. */
function templateVariables(value: unknown): Variables | undefined {
  if (memberOf(value, 'run') !== undefined) return undefined;
  const isPostman = listOf(memberOf(value, 'item')) !== undefined;
  const isOther = ['items', 'resources'].some((key) => listOf(memberOf(value, key)) !== undefined);
  if (!isPostman) return isOther ? NO_VARIABLES : undefined;
  const listed = listOf(memberOf(value, 'variable')) ?? [];
  return variablesOf(new Map(listed.flatMap(variableOf)));
}

function variableOf(item: unknown): readonly (readonly [string, string])[] {
  const name = textOf(memberOf(item, 'key')) ?? textOf(memberOf(item, 'id'));
  const value = memberOf(item, 'value');
  const text = typeof value === 'number' ? String(value) : textOf(value);
  return name === undefined || text === undefined ? [] : [[name, text]];
}

interface FoundRequest {
  readonly node: PlacedValue;
  /** What it stands in, the innermost last. */
  readonly around: readonly PlacedValue[];
}

function* requestsIn(node: PlacedValue, around: readonly PlacedValue[]): Generator<FoundRequest> {
  if (around.length > DEEPEST || typeof node.value !== 'object' || node.value === null) return;
  if (isRequest(node.value)) return yield { node, around };
  for (const [key, child] of node.children()) {
    if (PASSED_OVER.has(key) && !Array.isArray(node.value)) continue;
    yield* requestsIn(child, [...around, node]);
  }
}

/** Headers alone are an answer's as well; a method, a URL or a digest among them are a request's. */
function isRequest(value: object): boolean {
  const headers = exportHeaders(value);
  if (headers === undefined) return false;
  const isAnswer = ['status', 'statusCode'].some((key) => typeof memberOf(value, key) === 'number');
  const isKnown = ['method', 'url', 'path', 'urlPath', 'urlPattern', 'uri', 'bodyRaw'].some(
    (key) => {
      const given = memberOf(value, key);
      return typeof given === 'string' || isObject(given);
    },
  );
  return (isKnown && !isAnswer) || headers.some(([name]) => namesDigest(name));
}

async function parseRequest(
  { node, around }: FoundRequest,
  surroundings: ExportSurroundings,
): Promise<ParsedCapture> {
  const { variables } = surroundings;
  const headers = (exportHeaders(node.value) ?? []).map(([name, value]) => {
    const filled = variables?.fillIn(value) ?? { text: value, unknown: undefined };
    return { name, ...filled };
  });
  const unknown = headers.find(
    (header) => header.unknown !== undefined && namesDigest(header.name),
  );
  if (variables !== undefined && unknown?.unknown !== undefined) {
    return variables.missing('digest', unknown.unknown);
  }
  const found = await exportBody(node, surroundings);
  if (found.kind === 'malformed') return found;
  const { note, doubt, isStatedEmpty } = found;
  const capture = {
    kind: 'capture',
    record: {
      ...requestOf(node.value, variables),
      headers: headers.map(({ name, text }) => [name, text] as const),
      body: found.body,
    },
  } as const;
  if (isStatedEmpty === true) return { ...capture, isStatedEmpty };
  if (found.body.length === 0 && headers.some(({ name }) => namesDigest(name))) {
    return withBodyFrom([node, ...around.toReversed()], capture);
  }
  return note === undefined ? capture : { ...capture, note, doubt, isGuessed: true };
}

/** Many tools keep a body elsewhere than the headers: the nearest place that holds one has it. */
function withBodyFrom(places: readonly PlacedValue[], capture: FoundCapture): ParsedCapture {
  for (const place of places) {
    if (holdsSeveral(place)) break;
    const [body, ...others] = bodiesIn(place.value);
    if (body !== undefined) return assumed(capture, place.value, [body, ...others]);
  }
  return capture;
}

function holdsSeveral(place: PlacedValue): boolean {
  const requests = requestsIn(place, []);
  return requests.next().done !== true && requests.next().done !== true;
}
