import type { ValueShape } from './command-shape.js';
import type { Candidate, Completions } from './complete.js';
import { SHELLS } from './shells.js';

type Values = () => Promise<readonly Candidate[]>;

/** By what the help calls a value. */
const BY_PLACEHOLDER: Readonly<Record<string, Values>> = {
  kind: kinds,
  'kind.status': events,
  'event|id|verdict': events,
  'kind[:end]': lifecycles,
  pattern: rules,
  'format=file': reportFormats,
  'html=file': async () => words(['html=']),
  behaviour: async () =>
    words(['demo', 'healthy', 'silent', 'flaky:', 'down:', 'slow:', 'status:']),
  shell: async () => words(SHELLS),
  schedule: async () => words(['exponential', 'published']),
};
const FILES = new Set(['file', 'files', 'capture', '@file or -']);
/** Others call a place in a body a path. */
const FLAGS_OF_FILES = new Set(['--plan', '--save-plan', '--secret-file', '--resign-file']);

/** What a value can be: what is declared, what the catalogue knows, or files. */
export async function valuesOf(
  value: ValueShape,
  env: Readonly<Record<string, string | undefined>>,
): Promise<Completions> {
  const { flag, placeholder, choices } = value;
  if (FILES.has(placeholder) || (flag !== undefined && FLAGS_OF_FILES.has(flag))) {
    return { candidates: [], files: true };
  }
  if (choices !== undefined) return only(words(choices));
  if (flag?.endsWith('-env') === true && placeholder === 'name') {
    return only(words(Object.keys(env).sort()));
  }
  if (flag === undefined && placeholder === 'name') {
    return only([...(await kinds()), ...(await events())]);
  }
  return only((await BY_PLACEHOLDER[placeholder]?.()) ?? []);
}

function only(candidates: readonly Candidate[]): Completions {
  return { candidates, files: false };
}

function words(values: readonly string[]): readonly Candidate[] {
  return values.map((value) => ({ value }));
}

async function kinds(): Promise<readonly Candidate[]> {
  const { CATALOGUE } = await import('../../webhook/catalogue.js');
  return CATALOGUE.kinds.map(({ kind, title }) => ({ value: kind, text: title }));
}

async function events(): Promise<readonly Candidate[]> {
  const { eventNames } = await import('../../webhook/kinds/names.js');
  return eventNames().map(({ text, status }) => ({ value: text, text: status.class }));
}

async function lifecycles(): Promise<readonly Candidate[]> {
  const { CATALOGUE } = await import('../../webhook/catalogue.js');
  return CATALOGUE.kinds.flatMap(({ kind, title, statuses }) => [
    { value: kind, text: title },
    ...statuses.map(({ name }) => ({ value: `${kind}:${name}`, text: `it ends as ${name}` })),
  ]);
}

async function rules(): Promise<readonly Candidate[]> {
  const { RULES } = await import('../../conformance/rules/registry.js');
  const areas = new Set(RULES.map(({ id }) => id.slice(0, id.indexOf('/'))));
  return [
    ...[...areas].map((area) => ({ value: `${area}/*`, text: 'all of them' })),
    ...RULES.map(({ id, severity }) => ({ value: id, text: severity })),
  ];
}

async function reportFormats(): Promise<readonly Candidate[]> {
  const { REPORT_FORMATS } = await import('../check/flags.js');
  return words(REPORT_FORMATS.map((format) => `${format}=`));
}
