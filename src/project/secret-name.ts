import type { ProjectFolder, SourceText } from '../ports.js';
import { FILES_WITH_VALUES, VARIABLE_FILES } from './env-files.js';

/** The name of the variable that holds the secret of web hooks. Its value is never looked at. */
export interface SecretName {
  readonly name: string;
  /** The file that names it. */
  readonly file: string;
  /** The file holds a value for it, as `.env` does, and `.env.example` need not. */
  readonly isSet: boolean;
}

const ASSIGNMENT = /^[ \t]*(?:export[ \t]+)?([A-Za-z_]\w*)[ \t]*=/gm;
const VARIABLE = /\b[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+\b/g;
/** The likeliest first. A secret of the API is another one. */
const LIKELY = [
  /^(?!.*(API|TOKEN)).*INQUD.*HOOK.*(SECRET|KEY)/i,
  /^(?!.*(API|TOKEN)).*INQUD.*SECRET/i,
  /^WEB_?HOOKS?_(SIGNING_)?SECRET(_KEY)?$/i,
];

/** Looks in the files of variables, then in the sources. */
export async function secretNameIn(
  folder: ProjectFolder,
  sources: readonly SourceText[],
): Promise<SecretName | undefined> {
  const named: SecretName[] = [];
  for (const file of VARIABLE_FILES) {
    const text = (await folder.read(file)) ?? '';
    for (const [, name = ''] of text.matchAll(ASSIGNMENT)) {
      named.push({ name, file, isSet: FILES_WITH_VALUES.includes(file) });
    }
  }
  for (const { path, text } of sources) {
    for (const [name] of text.matchAll(VARIABLE)) named.push({ name, file: path, isSet: false });
  }
  return LIKELY.map((likely) => named.find(({ name }) => likely.test(name))).find(
    (found) => found !== undefined,
  );
}
