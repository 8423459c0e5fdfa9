import source from './catalogue.json' with { type: 'json' };

const CONFIDENCES = ['documented', 'partly-documented', 'approximate'] as const;
const STATUS_CLASSES = ['initial', 'intermediate', 'final'] as const;
const STATUS_OUTCOMES = ['success', 'failure', 'partial', 'conflict'] as const;
const ID_SCOPES = ['account', 'order', 'resource'] as const;
const TIME_ROLES = ['moment', 'deadline'] as const;

/** How sure a fact about Inqud is. */
export type Confidence = (typeof CONFIDENCES)[number];
export type StatusClass = (typeof STATUS_CLASSES)[number];
/** What a final status means for the money; absent where it is just an end. */
export type StatusOutcome = (typeof STATUS_OUTCOMES)[number];
/** Ids of an account never change, those of an order come with its reference, others with each resource. */
export type IdScope = (typeof ID_SCOPES)[number];
/** A moment says when something happened, a deadline when something is to have happened. */
export type TimeRole = (typeof TIME_ROLES)[number];

/** A source is a page of docs.inqud.com when it starts with `/`, else a sentence. */
export interface Fact {
  readonly confidence: Confidence;
  readonly source: string;
}

export interface IdPrefix extends Fact {
  readonly prefix: string;
  readonly object: string;
  readonly scope: IdScope;
}

export interface TimeField extends Fact {
  readonly field: string;
  readonly role: TimeRole;
}

/** A field that holds the merchant's own name for an order. */
export interface ReferenceField extends Fact {
  readonly field: string;
}

export interface Status extends Fact {
  /** As Inqud writes it: `REQUEST_CREATED`. */
  readonly status: string;
  /** As events are named: `request-created`. */
  readonly name: string;
  readonly class: StatusClass;
  readonly outcome: StatusOutcome | undefined;
  /** True for a status that is reached when a deadline passes. */
  readonly expires: boolean;
  /** The usual way here from the resource's creation, this status included. */
  readonly path: readonly string[];
  /** What earlier events on the path say differently when this is where they lead. */
  readonly earlier: readonly EarlierDifference[];
}

/** Overrides (`path=value`) for the event of one status. */
export interface EarlierDifference {
  readonly status: string;
  readonly set: readonly string[];
}

export interface Transition extends Fact {
  readonly from: string;
  readonly to: string;
  /** Overrides (`path=value`) that tell a step from a status to itself. */
  readonly set: readonly string[];
}

/** Made by hand by Inqud's support: from any of these statuses to any other of those. */
export interface ManualTransition extends Fact {
  readonly from: readonly string[];
  readonly to: readonly string[];
}

/** The fields that together tell a repeated web hook from a new one. */
export interface Dedupe extends Fact {
  readonly fields: readonly string[];
}

/** What tells the bodies of one kind from those of the others: they do not say their kind. */
export interface Recognition extends Fact {
  /** What the id starts with; undefined where no prefix is known. */
  readonly idPrefix: string | undefined;
  /** Fields at the top of the body that others with such an id do not have. */
  readonly fields: readonly string[];
}

/** One kind of resource. Its own confidence is about the field names of the body. */
export interface Kind extends Fact {
  readonly kind: string;
  readonly title: string;
  /** The page of docs.inqud.com about this web hook. */
  readonly page: string;
  readonly idField: string;
  readonly statusField: string;
  readonly recognition: Recognition;
  readonly dedupe: Dedupe;
  /** Fields whose id or hexadecimal value belongs to the order rather than to the resource. */
  readonly orderFields: readonly string[];
  /** Where a lifecycle of this kind ends unless another end is asked for. */
  readonly defaultEnd: string;
  readonly statuses: readonly Status[];
  readonly transitions: readonly Transition[];
  readonly manualTransitions: readonly ManualTransition[];
}

/** Everything known about what Inqud sends, as data: `catalogue.json` is the place to edit. */
export interface Catalogue {
  /** Where the pages named by `page` and `source` are. */
  readonly docs: string;
  /** When every resource of the sample events is created; event number i happens i minutes later. */
  readonly sampleEpoch: string;
  readonly idPrefixes: readonly IdPrefix[];
  readonly timeFields: readonly TimeField[];
  readonly referenceFields: readonly ReferenceField[];
  readonly kinds: readonly Kind[];
}

interface FactSource {
  readonly confidence: string;
  readonly source: string;
}

interface StatusSource extends FactSource {
  readonly status: string;
  readonly class: string;
  readonly path: readonly string[];
  readonly outcome?: string;
  readonly expires?: boolean;
  readonly earlier?: readonly EarlierDifference[];
}

interface TransitionSource extends FactSource {
  readonly from: string;
  readonly to: string;
  readonly set?: readonly string[];
}

type KindSource = (typeof source.kinds)[number];

export const CATALOGUE: Catalogue = {
  docs: source.docs,
  sampleEpoch: source.sampleEpoch,
  idPrefixes: source.idPrefixes.map((entry) => ({
    ...fact(entry),
    prefix: entry.prefix,
    object: entry.object,
    scope: oneOf(ID_SCOPES, entry.scope),
  })),
  timeFields: source.timeFields.map((entry) => ({
    ...fact(entry),
    field: entry.field,
    role: oneOf(TIME_ROLES, entry.role),
  })),
  referenceFields: source.referenceFields.map((entry) => ({ ...fact(entry), field: entry.field })),
  kinds: source.kinds.map(readKind),
};

/** The kind of that name, as events and lifecycles are named: `on-ramp-checkout`. */
export function findKind(name: string): Kind | undefined {
  return CATALOGUE.kinds.find(({ kind }) => kind === name);
}

function readKind(entry: KindSource): Kind {
  return {
    ...entry,
    ...fact(entry),
    recognition: {
      ...fact(entry.recognition),
      idPrefix: entry.recognition.idPrefix ?? undefined,
      fields: entry.recognition.fields,
    },
    dedupe: { ...fact(entry.dedupe), fields: entry.dedupe.fields },
    statuses: entry.statuses.map((status: StatusSource) => readStatus(status)),
    transitions: entry.transitions.map((rule) => readTransition(rule)),
    manualTransitions: entry.manualTransitions.map((rule) => ({ ...rule, ...fact(rule) })),
  };
}

function readStatus(entry: StatusSource): Status {
  return {
    ...fact(entry),
    status: entry.status,
    name: entry.status.toLowerCase().replaceAll('_', '-'),
    class: oneOf(STATUS_CLASSES, entry.class),
    outcome: entry.outcome === undefined ? undefined : oneOf(STATUS_OUTCOMES, entry.outcome),
    expires: entry.expires ?? false,
    path: entry.path,
    earlier: entry.earlier ?? [],
  };
}

function readTransition(entry: TransitionSource): Transition {
  return { ...fact(entry), from: entry.from, to: entry.to, set: entry.set ?? [] };
}

function fact(entry: FactSource): Fact {
  return { confidence: oneOf(CONFIDENCES, entry.confidence), source: entry.source };
}

function oneOf<Value extends string>(values: readonly Value[], text: string): Value {
  const found = values.find((value) => value === text);
  if (found === undefined) {
    throw new Error(`catalogue.json says "${text}" where one of ${values.join(', ')} belongs.`);
  }
  return found;
}
