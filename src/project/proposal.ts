import { githubJob, gitlabJob } from './ci-job.js';
import { nextCommand } from './next-command.js';
import { USUAL_PATH } from './route.js';
import type { Survey } from './survey.js';

export const USUAL_SECRET = 'INQUD_HOOK_SECRET';
export const CONFIG_PATH = 'inqud-hook.config.json';
const WORKFLOW = '.github/workflows/inqud-hook.yml';
const SCHEMA = './node_modules/inqud-hook/fixtures/inqud-hook.config.schema.json';

/** A file that `init` would write. */
export interface ProposedFile {
  readonly path: string;
  readonly text: string;
  /** To be put there by hand: it belongs into a file that is there, or above the folder. */
  readonly byHand: boolean;
}

export interface Proposal {
  readonly url: string;
  /** The name of a variable. */
  readonly secret: string;
  readonly files: readonly ProposedFile[];
  /** A command that starts the receiver; undefined where it listens already, or nothing tells it. */
  readonly start: string | undefined;
  /** The one command to type next. */
  readonly next: string;
  /** Where the receiver may show an order, to be put into the configuration by hand. */
  readonly stateUrl: string;
  /** What stands in the job for something that nothing tells. */
  readonly toName: 'OWNER' | 'INQUD_HOOK_REPOSITORY' | undefined;
}

/** What would be written for a project. The environment is asked for names alone. */
export function proposalFor(survey: Survey, isSet: (variable: string) => boolean): Proposal {
  const { port, route, stack } = survey;
  const url = `http://localhost:${port.port}${route?.path ?? USUAL_PATH}`;
  const secret = survey.secret?.name ?? USUAL_SECRET;
  const job = { survey, secret, start: stack?.start?.(port.port) };
  return {
    url,
    secret,
    files: [
      { path: CONFIG_PATH, text: configText(url, secret, survey), byHand: false },
      survey.hasGitLab
        ? { path: '.gitlab-ci.yml', text: gitlabJob(job), byHand: true }
        : { path: WORKFLOW, text: githubJob(job), byHand: survey.place !== '' },
    ],
    start: port.listens ? undefined : job.start,
    next: nextCommand(survey, isSet(secret)),
    stateUrl: `http://localhost:${port.port}${survey.statePath}`,
    toName: survey.hasTool ? undefined : survey.hasGitLab ? 'INQUD_HOOK_REPOSITORY' : 'OWNER',
  };
}

/** By answers alone, since nothing tells where a receiver shows its state. */
function configText(url: string, secret: string, { hasTool }: Survey): string {
  const document = {
    ...(hasTool ? { $schema: SCHEMA } : {}),
    check: { url, blackBox: true, secretEnv: [secret], waitFor: '30s' },
  };
  return `${JSON.stringify(document, undefined, 2)}\n`;
}
