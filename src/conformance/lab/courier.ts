import type { Samples } from '../../delivery/composer.js';
import type { Header, OutgoingRequest, ProbeSubject } from '../../ports.js';
import { CATALOGUE, findKind, type Kind } from '../../webhook/catalogue.js';
import { sign } from '../../webhook/digest.js';
import { findStatus, named } from '../../webhook/kinds/names.js';
import { type Override, parseOverride } from '../../webhook/overrides/parse-override.js';
import { eventTimes, type RenderContext } from '../../webhook/rendering/hole.js';
import { createIdSpace, type IdSource, idSource } from '../../webhook/rendering/id-source.js';
import { compileTemplate, type EventTemplate } from '../../webhook/rendering/template.js';
import { DIGEST_HEADER } from '../../webhook/scheme.js';
import type { Secret } from '../../webhook/secret.js';
import type { DeliveryVariant, ScriptDelivery, ScriptResource } from '../script.js';
import { alikeId } from './alike-ids.js';
import { amountPaths } from './amount-paths.js';
import { inForm } from './byte-forms.js';
import { forge } from './forge.js';
import { leaveOut } from './leave-out.js';
import type { PreparedIds } from './prepared-ids.js';

/** A resource of one execution, with ids that no other execution has. */
export interface ResourceUnderTest {
  readonly resource: ScriptResource;
  readonly probe: ProbeSubject;
  readonly ids: IdSource;
  /** What the resource is called in reports. */
  readonly letter: string;
  /** Ids and references of its bodies, in lower case, and what they are called in reports. */
  readonly aliases: ReadonlyMap<string, string>;
  /** What its bodies say in place of ids of ours: those that were given to it when it was prepared. */
  readonly renames: ReadonlyMap<string, string>;
}

/** Makes resources nobody has seen, and the requests that speak of them. */
export interface Courier {
  subject(
    resource: ScriptResource,
    number: number,
    order: number,
    letter: string,
  ): ResourceUnderTest;
  request(subject: ResourceUnderTest, delivery: ScriptDelivery): OutgoingRequest;
}

/** The same resource by the ids that whoever made its order gave it. */
export function withIds(
  subject: ResourceUnderTest,
  { id, clientOrderId }: PreparedIds,
): ResourceUnderTest {
  const { probe } = subject;
  const given = { id: id ?? probe.id, clientOrderId: clientOrderId ?? probe.clientOrderId };
  const renames = new Map(subject.renames);
  const aliases = new Map(subject.aliases);
  for (const name of ['clientOrderId', 'id'] as const) {
    if (given[name] === probe[name]) continue;
    renames.set(probe[name], given[name]);
    const alias = aliases.get(probe[name].toLowerCase());
    if (alias !== undefined) aliases.set(given[name].toLowerCase(), alias);
  }
  return { ...subject, probe: { ...probe, ...given }, renames, aliases };
}

/** The same resource with an id that is like that of an earlier one, where its script says so. */
export function withIdLike(
  subject: ResourceUnderTest,
  earlier: readonly ResourceUnderTest[],
): ResourceUnderTest {
  const { idLike } = subject.resource;
  const model = idLike && earlier[idLike.resource];
  if (idLike === undefined || model === undefined) return subject;
  const { probe } = subject;
  const id = alikeId(probe.id, model.probe.id, idLike.at);
  return withIds(subject, probe.clientOrderId === probe.id ? { id, clientOrderId: id } : { id });
}

export interface CourierOptions {
  readonly samples: Samples;
  readonly secret: Secret;
  readonly headers: readonly Header[];
  readonly seed: string;
  readonly salt: string;
  /** When every resource is created, in milliseconds since the Unix epoch. */
  readonly epochMs: number;
}

/** Ids, hashes and references as the bodies hold them. */
export const TOKEN =
  /(?:[A-Z]{1,16}-)?[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|0x[0-9a-f]{40,64}|\b[0-9a-f]{64}\b|\b[a-z]+-[0-9a-f]{8}\b/gi;

const MINUTE_MS = 60_000;
const ACCOUNT = new Set(
  CATALOGUE.idPrefixes.filter(({ scope }) => scope === 'account').map(({ prefix }) => prefix),
);

export function createCourier(options: CourierOptions): Courier {
  const { samples, secret, headers } = options;
  const space = createIdSpace(options.seed, options.salt);
  const eventTimeMs = eventTimes(options.epochMs, MINUTE_MS);
  const plain = plainTemplates(samples);
  const changed = new Map<string, EventTemplate>();
  const tokens = new TokenPlaces();
  const aliases = new Aliases();

  const templateOf = (
    resource: ScriptResource,
    event: string,
    set: readonly string[] = [],
  ): EventTemplate => {
    const key = JSON.stringify([resource.kind, resource.end, resource.amount, event, set]);
    const isPlain = resource.amount === undefined && set.length === 0;
    const templates = isPlain ? plain : changed;
    const known = templates.get(key);
    if (known !== undefined) return known;
    const made = compiled(resource, event, set, samples);
    templates.set(key, made);
    return made;
  };

  const subject: Courier['subject'] = (resource, number, order, letter) => {
    const ids = idSource(space, number, order);
    const context: RenderContext = { ids, eventTimeMs };
    const last = templateOf(withoutAmount(resource), resource.end);
    const id = last.id(context);
    return {
      resource,
      ids,
      letter,
      renames: new Map(),
      probe: {
        id,
        clientOrderId: last.reference(context) ?? id,
        kind: resource.kind,
        amount: resource.amount ?? firstAmount(resource, samples),
      },
      aliases: aliases.of(resource, (event) => {
        const template = templateOf(withoutAmount(resource), event);
        return tokens.of(template, utf8.decode(template.render(context)));
      }),
    };
  };

  /** The times of a life in which that event happens at another moment; a creation stays where it is. */
  const happening = (event: number, moment: number) => (index: number) =>
    index === event && index > 0 ? Math.round(eventTimeMs(moment)) : eventTimeMs(index);

  const request: Courier['request'] = ({ resource, ids, renames }, { event, variant, moment }) => {
    const template = templateOf(resource, event, variant?.set);
    const timeMs = moment === undefined ? eventTimeMs : happening(template.index, moment);
    const rendered = renamed(template.render({ ids, eventTimeMs: timeMs }), renames);
    const first = () => {
      const [{ name = event } = {}] = kindOf(resource).statuses.filter(
        ({ path }) => path.length === 1,
      );
      return renamed(templateOf(resource, name).render({ ids, eventTimeMs }), renames);
    };
    return signed({ rendered, first }, variant ?? {}, secret, headers);
  };

  return { subject, request };
}

const PLAIN = new WeakMap<Samples, Map<string, EventTemplate>>();

/** The templates of samples as they are: the same in every check. */
function plainTemplates(samples: Samples): Map<string, EventTemplate> {
  const templates = PLAIN.get(samples) ?? new Map<string, EventTemplate>();
  PLAIN.set(samples, templates);
  return templates;
}

/** Ids do not depend on the amount: one template does for all resources that end alike. */
function withoutAmount({ amount: _, ...others }: ScriptResource): ScriptResource {
  return others;
}

/** Ids stand in strings of the body, whole: `"CCO-…"`. */
function renamed(body: Uint8Array, renames: ReadonlyMap<string, string>): Uint8Array {
  if (renames.size === 0) return body;
  let text = new TextDecoder().decode(body);
  for (const [from, to] of renames) {
    text = text.replaceAll(JSON.stringify(from), () => JSON.stringify(to));
  }
  return new TextEncoder().encode(text);
}

/** What a web hook says, and what the first of its resource said. */
interface Rendered {
  readonly rendered: Uint8Array;
  readonly first: () => Uint8Array;
}

function signed(
  { rendered, first }: Rendered,
  { bytes, without, pieces, forge: how, header = DIGEST_HEADER }: DeliveryVariant,
  secret: Secret,
  headers: readonly Header[],
): OutgoingRequest {
  const kept = without === undefined ? rendered : leaveOut(rendered, without);
  const whole = bytes === undefined ? kept : inForm(kept, bytes);
  const { body, digests } =
    how === undefined
      ? { body: whole, digests: [sign(whole, secret)] }
      : forge({ body: whole, earlier: first() }, secret, how);
  return {
    headers: [...headers, ...digests.map((digest): Header => [header, digest])],
    body,
    ...(pieces === undefined ? {} : { firstBytes: insideCharacter(body) }),
  };
}

const FIRST_OF_SEVERAL_BYTES = 0xc0;

/** Where the first character of more than one byte is cut in two; the end, where there is none. */
function insideCharacter(utf8Text: Uint8Array): number {
  const place = utf8Text.findIndex((byte) => byte >= FIRST_OF_SEVERAL_BYTES);
  return place < 0 ? utf8Text.length : place + 1;
}

function compiled(
  resource: ScriptResource,
  event: string,
  set: readonly string[],
  samples: Samples,
): EventTemplate {
  const kind = kindOf(resource);
  const status = findStatus(kind, event);
  const end = findStatus(kind, resource.end);
  if (status === undefined || end === undefined) {
    throw new RangeError(`there is no event ${resource.kind}.${event}`);
  }
  const name = named(kind, status);
  const sample = samples.get(name.text) ?? '';
  const overrides = [...amountOverrides(sample, resource.amount), ...set.map(parseOverride)];
  const life = end.path.includes(status.status) ? end : status;
  return compileTemplate(name, sample, { overrides, end: life });
}

function amountOverrides(sample: string, amount: string | undefined): readonly Override[] {
  if (amount === undefined) return [];
  return amountPaths(sample).map((path) => parseOverride(`${path}=${amount}`));
}

function firstAmount(resource: ScriptResource, samples: Samples): string | undefined {
  const sample = samples.get(`${resource.kind}.${resource.end}`) ?? '';
  const [match, amount] = /"(?:amount|requestAmount|sourceAmount)":\s*([\d.]+)/.exec(sample) ?? [];
  return match === undefined ? undefined : amount;
}

function kindOf({ kind: name }: ScriptResource): Kind {
  const kind = findKind(name);
  if (kind === undefined) throw new RangeError(`there is no kind ${name}`);
  return kind;
}

/** What the ids and references of resources are called: the same for each that ends alike. */
class Aliases {
  /** The events of which each says an id that none before it says: the others need not be made. */
  readonly #telling = new Map<string, readonly string[]>();

  /** Numbered in the order in which the events of the kind first say them. */
  of(
    resource: ScriptResource,
    tokensOf: (event: string) => readonly string[],
  ): ReadonlyMap<string, string> {
    const key = `${resource.kind}.${resource.end}`;
    const events = this.#telling.get(key) ?? kindOf(resource).statuses.map(({ name }) => name);
    const aliases = new Map<string, string>();
    const telling: string[] = [];
    for (const event of events) {
      const before = aliases.size;
      for (const token of tokensOf(event)) {
        const prefix = token.split('-')[0] ?? '';
        const known = token.toLowerCase();
        if (ACCOUNT.has(prefix) || aliases.has(known)) continue;
        aliases.set(known, `id ${aliases.size + 1}`);
      }
      if (aliases.size > before) telling.push(event);
    }
    this.#telling.set(key, telling);
    return aliases;
  }
}

/** Where the tokens of a template's bodies are: in each of them in the same places. */
class TokenPlaces {
  readonly #known = new Map<EventTemplate, TokensOfBody>();

  /** The tokens of a body that the template has made. */
  of(template: EventTemplate, body: string): readonly string[] {
    const known = this.#known.get(template);
    if (known !== undefined && known.length === body.length) {
      return known.places.map(([from, to]) => body.slice(from, to));
    }
    const places = [...body.matchAll(TOKEN)].map(
      ({ 0: token, index }): TokenPlace => [index, index + token.length],
    );
    this.#known.set(template, { length: body.length, places });
    return places.map(([from, to]) => body.slice(from, to));
  }
}

type TokenPlace = readonly [from: number, to: number];

interface TokensOfBody {
  readonly length: number;
  readonly places: readonly TokenPlace[];
}

const utf8 = new TextDecoder();
