import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { endGroup } from './ci-job.js';

/** A composite action, as far as this one uses what there is. */
export interface Action {
  readonly inputs: Readonly<
    Record<string, { readonly description: string; readonly default: string }>
  >;
  readonly outputs: Readonly<Record<string, { readonly value: string }>>;
  readonly runs: { readonly using: string; readonly steps: readonly ActionStep[] };
}

export interface ActionStep {
  readonly id?: string;
  readonly name: string;
  readonly if?: string;
  readonly uses?: string;
  readonly with?: Readonly<Record<string, unknown>>;
  readonly shell?: string;
  readonly run?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly 'working-directory'?: string;
}

export interface ActionOptions {
  /** The checkout of the action. */
  readonly checkout: string;
  /** The folder of the job: the checkout of whoever uses the action. */
  readonly workspace: string;
  readonly inputs: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
  /** Takes the process groups that go on after the last step; without it they end there. */
  readonly background?: number[];
  /** Whether `actions/cache` finds what an earlier job kept. */
  readonly isCached: boolean;
}

/** What came of an action. */
export interface RanAction {
  /** The exit code of the step that failed, or 0. */
  readonly exitCode: number;
  readonly outputs: Readonly<Record<string, string>>;
  /** The names of the steps that were run, in their order. */
  readonly steps: readonly string[];
  /** What all steps said. */
  readonly log: string;
  readonly summary: string;
  /** What `actions/upload-artifact` was given, with the files as they were then. */
  readonly uploaded:
    | { readonly name: string; readonly files: ReadonlyMap<string, string> }
    | undefined;
  /** What `actions/cache` was told. */
  readonly cache: { readonly key: string; readonly path: string };
}

export function readAction(path: string): Action {
  return parse(readFileSync(path, 'utf8'));
}

/** Runs the steps of an action as a runner does, each with a shell and files of its own. */
export async function runAction(action: Action, options: ActionOptions): Promise<RanAction> {
  const home = mkdtempSync(join(tmpdir(), 'inqud-hook-runner-'));
  const { background } = options;
  const groups = background ?? [];
  try {
    return await new Runner(action, options, home, groups).run();
  } finally {
    if (background === undefined) groups.forEach(endGroup);
    rmSync(home, { recursive: true });
  }
}

class Runner {
  readonly #action: Action;
  readonly #options: ActionOptions;
  readonly #home: string;
  /** The process groups it began: what a step leaves in the background goes on until the job ends. */
  readonly #groups: number[];
  readonly #outputs = new Map<string, Readonly<Record<string, string>>>();
  #log = '';
  #summary = '';
  #exitCode = 0;
  #uploaded: RanAction['uploaded'];
  #cache = { key: '', path: '' };

  constructor(action: Action, options: ActionOptions, home: string, groups: number[]) {
    this.#action = action;
    this.#options = options;
    this.#home = home;
    this.#groups = groups;
    for (const name of Object.keys(options.inputs)) {
      if (action.inputs[name] === undefined) throw new Error(`No input is called ${name}.`);
    }
  }

  async run(): Promise<RanAction> {
    mkdirSync(join(this.#home, 'temp'));
    const steps: string[] = [];
    for (const [number, step] of this.#action.runs.steps.entries()) {
      if (!this.#isWanted(step)) continue;
      steps.push(step.name);
      if (step.uses === undefined) await this.#runScript(step, number);
      else this.#use(step, step.uses);
    }
    const outputs = Object.entries(this.#action.outputs).map(
      ([name, { value }]) => [name, this.#filled(value)] as const,
    );
    return {
      exitCode: this.#exitCode,
      outputs: Object.fromEntries(outputs),
      steps,
      log: this.#log,
      summary: this.#summary,
      uploaded: this.#uploaded,
      cache: this.#cache,
    };
  }

  /** After a failure a step is run only where its condition asks how things stand. */
  #isWanted({ if: condition = '' }: ActionStep): boolean {
    if (this.#exitCode !== 0 && !condition.includes('cancelled()')) return false;
    if (condition === '') return true;
    const [, inner = condition] = /^\$\{\{(.*)\}\}$/.exec(condition) ?? [];
    return Boolean(this.#valueOf(inner));
  }

  async #runScript(step: ActionStep, number: number): Promise<void> {
    const { checkout, workspace, env = {} } = this.#options;
    const file = (name: string, text = '') => {
      const path = join(this.#home, `${number}-${name}`);
      writeFileSync(path, text);
      return path;
    };
    const [log, output, summary] = [file('log'), file('output'), file('summary')];
    const own = Object.entries(step.env ?? {}).map(([name, value]) => [name, this.#filled(value)]);
    const out = openSync(log, 'a');
    const script = file('script.sh', step.run);
    const child = spawn('bash', ['--noprofile', '--norc', '-eo', 'pipefail', script], {
      cwd: join(workspace, this.#filled(step['working-directory'] ?? '.')),
      env: {
        PATH: process.env['PATH'],
        HOME: process.env['HOME'],
        CI: 'true',
        GITHUB_ACTIONS: 'true',
        GITHUB_ACTION_PATH: checkout,
        GITHUB_WORKSPACE: workspace,
        GITHUB_OUTPUT: output,
        GITHUB_STEP_SUMMARY: summary,
        GITHUB_ENV: file('env'),
        RUNNER_OS: 'Linux',
        RUNNER_TEMP: join(this.#home, 'temp'),
        ...env,
        ...Object.fromEntries(own),
      },
      stdio: ['ignore', out, out],
      detached: true,
    });
    if (child.pid !== undefined) this.#groups.push(child.pid);
    const [exitCode] = await once(child, 'exit');
    this.#log += readFileSync(log, 'utf8');
    this.#summary += readFileSync(summary, 'utf8');
    if (step.id !== undefined) this.#outputs.set(step.id, outputsIn(readFileSync(output, 'utf8')));
    if (exitCode !== 0) this.#exitCode = exitCode ?? 1;
  }

  #use(step: ActionStep, uses: string): void {
    const told = Object.entries(step.with ?? {}).map(
      ([name, value]) => [name, this.#filled(String(value))] as const,
    );
    const { key = '', path = '', name = '' } = Object.fromEntries(told);
    if (uses.startsWith('actions/cache@')) {
      this.#cache = { key, path };
      this.#outputs.set(step.id ?? '', { 'cache-hit': this.#options.isCached ? 'true' : '' });
      return;
    }
    const files = path.split('\n').filter((one) => one !== '');
    this.#uploaded = { name, files: new Map(files.map((one) => [one, readFileSync(one, 'utf8')])) };
  }

  #filled(text: string): string {
    return text.replace(/\$\{\{(.*?)\}\}/g, (_, inner: string) => String(this.#valueOf(inner)));
  }

  /** The value of an expression: paths, texts, comparisons, and two functions. */
  #valueOf(expression: string): unknown {
    const code = expression.replace(
      /'[^']*'|[a-z]+(?:\.[\w-]+)+|==|!=/g,
      (found) => OPERATORS[found] ?? (found.startsWith("'") ? found : `value('${found}')`),
    );
    const evaluate = new Function('value', 'cancelled', 'format', `return ${code};`);
    return evaluate(
      (path: string) => this.#valueAt(path),
      () => false,
      format,
    );
  }

  #valueAt(path: string): string {
    const [context, name = '', , output = ''] = path.split('.');
    switch (context) {
      case 'inputs':
        return this.#options.inputs[name] ?? this.#action.inputs[name]?.default ?? '';
      case 'steps':
        return this.#outputs.get(name)?.[output] ?? '';
      case 'github':
      case 'strategy':
        return { job: 'webhooks', 'job-index': '0' }[name] ?? '';
      default:
        throw new Error(`${path} is in no context that is known.`);
    }
  }
}

const OPERATORS: Readonly<Record<string, string>> = { '==': '===', '!=': '!==' };

function format(text: string, ...values: readonly unknown[]): string {
  return text.replace(/\{(\d+)\}/g, (_, index: string) => String(values[Number(index)]));
}

/** `name=value` a line, or `name<<end`, lines, `end`. */
function outputsIn(text: string): Readonly<Record<string, string>> {
  const found = [...text.matchAll(/^([\w-]+)(?:=(.*)|<<(.+)\n([\s\S]*?)^\3$)/gm)];
  return Object.fromEntries(
    found.map(([, name = '', value, , lines = '']) => [name, value ?? lines]),
  );
}
