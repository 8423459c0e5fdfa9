// The room of projects: what `init` finds in a folder, and the files that it proposes for it.
import type { ListeningPort, ProjectFolder } from '../ports.js';
import { type ChosenPort, choosePort } from './choose-port.js';
import { envPort } from './env-port.js';
import { stageToName } from './gitlab-stage.js';
import { type HookRoute, routeIn } from './route.js';
import { type SecretName, secretNameIn } from './secret-name.js';
import { stackOf } from './stack.js';
import type { Stack } from './stacks/shape.js';
import { statePathIn } from './state-route.js';
import { statedPort } from './stated-port.js';

/** All that is found out about a project without asking. */
export interface Survey {
  /** Undefined where no manifest tells it. */
  readonly stack: Stack | undefined;
  readonly port: ChosenPort;
  /** Undefined where no source names one. */
  readonly route: HookRoute | undefined;
  /** Undefined where no file names one. */
  readonly secret: SecretName | undefined;
  /** The folder below the root of its repository; empty at the root. */
  readonly place: string;
  readonly hasGitLab: boolean;
  /** The stage that a job of its pipeline has to name. */
  readonly gitLabStage: string | undefined;
  /** Where it seems to show an order. */
  readonly statePath: string;
  /** It names this tool among its own packages. */
  readonly hasTool: boolean;
}

/** Looks at the files of a folder, and at what listens. Nothing is sent, and nothing is changed. */
export async function surveyOf(
  folder: ProjectFolder,
  listening: readonly ListeningPort[],
): Promise<Survey> {
  const stack = await stackOf(folder);
  const sources = [];
  for await (const source of folder.sources()) sources.push(source);
  const pipeline = await folder.read('.gitlab-ci.yml');
  return {
    stack,
    port: choosePort(listening, {
      stated: stack?.statedPort ?? (await envPort(folder, sources)) ?? statedPort(sources),
      usual: stack?.usualPort,
    }),
    route: routeIn(sources),
    secret: await secretNameIn(folder, sources),
    place: await folder.placeInRepository(),
    hasGitLab: pipeline !== undefined,
    gitLabStage: pipeline && stageToName(pipeline),
    statePath: statePathIn(sources),
    hasTool: stack?.hasTool === true,
  };
}
