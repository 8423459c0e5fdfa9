import { parseAst } from 'rolldown/parseAst';

/** What a rule can look at in one file. */
export interface SourceFile {
  /** From the root of the project, e.g. `src/webhook/digest.ts`. */
  readonly path: string;
  readonly imports: readonly Import[];
  /** Globals that are used, e.g. `process`, `Date.now`, `new Date()`, `Math.random`. */
  readonly globals: ReadonlySet<string>;
  /** Names of properties that are read or written, e.g. `stdout`. */
  readonly properties: ReadonlySet<string>;
  /** Names of the types, interfaces, classes and enums that it declares and exports. */
  readonly exportedTypes: readonly string[];
}

export interface Import {
  /** A package's or module's name, or the path of a file of the project: `src/errors.ts`. */
  readonly from: string;
  readonly kind: 'value' | 'type' | 'lazy';
}

interface Node {
  readonly type: string;
  readonly [key: string]: unknown;
}

/** Parses one file. */
export function parseSource(path: string, text: string): SourceFile {
  const imports: Import[] = [];
  const globals = new Set<string>();
  const properties = new Set<string>();
  const exportedTypes: string[] = [];
  visit(parseAst(text, { lang: 'ts' }), undefined, (node, parent) => {
    const found = importOf(node);
    if (found !== undefined) imports.push({ ...found, from: resolved(found.from, path) });
    const property = propertyOf(node);
    if (property !== undefined) properties.add(property);
    for (const name of globalsOf(node, parent)) globals.add(name);
    const type = exportedTypeOf(node);
    if (type !== undefined) exportedTypes.push(type);
  });
  return { path, imports, globals, properties, exportedTypes };
}

function visit(
  value: unknown,
  parent: Node | undefined,
  look: (node: Node, parent: Node | undefined) => void,
): void {
  if (Array.isArray(value)) {
    for (const item of value) visit(item, parent, look);
    return;
  }
  if (!isNode(value)) return;
  look(value, parent);
  for (const child of Object.values(value)) visit(child, value, look);
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value;
}

function importOf(node: Node): Import | undefined {
  const { source } = node;
  const from = isNode(source) ? source['value'] : undefined;
  if (typeof from !== 'string') return undefined;
  if (node.type === 'ImportExpression') return { from, kind: 'lazy' };
  const kind = node['importKind'] ?? node['exportKind'];
  return { from, kind: kind === 'type' || hasOnlyTypes(node) ? 'type' : 'value' };
}

/** `import { type A, type B } from …` */
function hasOnlyTypes({ specifiers }: Node): boolean {
  if (!Array.isArray(specifiers) || specifiers.length === 0) return false;
  return specifiers.every((one) => one['importKind'] === 'type' || one['exportKind'] === 'type');
}

function resolved(from: string, path: string): string {
  if (!from.startsWith('.')) return from;
  return new URL(from, `file:///${path}`).pathname.slice(1).replace(/\.js$/, '.ts');
}

const DECLARATIONS: readonly string[] = [
  'TSInterfaceDeclaration',
  'TSTypeAliasDeclaration',
  'TSEnumDeclaration',
  'ClassDeclaration',
];

function exportedTypeOf({ type, declaration }: Node): string | undefined {
  if (type !== 'ExportNamedDeclaration' || !isNode(declaration)) return undefined;
  return DECLARATIONS.includes(declaration.type) ? nameOf(declaration['id']) : undefined;
}

function propertyOf(node: Node): string | undefined {
  if (node.type === 'MemberExpression') return nameOf(node['property']);
  return node.type === 'Property' ? nameOf(node['key']) : undefined;
}

function globalsOf(node: Node, parent: Node | undefined): readonly string[] {
  if (node.type === 'MemberExpression') {
    const [object, property] = [nameOf(node['object']), nameOf(node['property'])];
    return object === undefined || property === undefined ? [] : [`${object}.${property}`];
  }
  if (node.type === 'NewExpression') {
    const hasArguments = Array.isArray(node['arguments']) && node['arguments'].length > 0;
    return hasArguments ? [] : [`new ${nameOf(node['callee'])}()`];
  }
  return node.type === 'Identifier' && !isNameOfMember(node, parent) ? [String(node['name'])] : [];
}

function isNameOfMember(node: Node, parent: Node | undefined): boolean {
  const isComputed = parent?.['computed'] === true;
  return !isComputed && (parent?.['property'] === node || parent?.['key'] === node);
}

function nameOf(value: unknown): string | undefined {
  return isNode(value) && value.type === 'Identifier' ? String(value['name']) : undefined;
}
