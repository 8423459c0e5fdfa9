import type { SetUp } from './stacks/shape.js';
import type { Survey } from './survey.js';

export interface JobFacts {
  readonly survey: Survey;
  /** The name of the variable with the secret. */
  readonly secret: string;
  /** Undefined where nothing tells how the receiver is started. */
  readonly start: string | undefined;
}

/** Both sides of a job share it, so the real one need not be told to it. */
const JOB_SECRET = 'only-for-this-job';
const UNKNOWN_START = 'echo "Write the command here that starts your receiver."; exit 1';

/** A workflow of GitHub. @see docs/ci.md for what the action takes */
export function githubJob({ survey, secret, start = UNKNOWN_START }: JobFacts): string {
  const { stack, port, place, hasTool } = survey;
  const lines = [
    '# Written by `inqud-hook init`: asks for a verdict on the receiver of Inqud web hooks.',
    'name: inqud-hook',
    'on: [push, pull_request]',
    'permissions:',
    '  contents: read',
    'jobs:',
    '  webhooks:',
    '    runs-on: ubuntu-latest',
    ...(place === ''
      ? []
      : ['    defaults:', '      run:', `        working-directory: ${yaml(place)}`]),
    '    env:',
    '      # The receiver and the check share it: the real secret is not needed here.',
    `      ${secret}: ${JOB_SECRET}`,
    `      PORT: "${port.port}"`,
    '    steps:',
    '      - uses: actions/checkout@v6',
    ...actionSteps(stack?.setUp),
    ...(stack?.setUp.commands ?? []).map((command) => `      - run: ${yaml(command)}`),
    ...(hasTool ? packageSteps(start) : toolSteps(start, place)),
  ];
  return `${lines.join('\n')}\n`;
}

function actionSteps(setUp: SetUp | undefined): readonly string[] {
  if (setUp?.action === undefined) return [];
  return [
    `      - uses: ${setUp.action.uses}`,
    '        with:',
    ...Object.entries(setUp.action.with).map(
      ([name, value]) => `          ${name}: ${yaml(value)}`,
    ),
  ];
}

/** Where the project has the tool among its own packages. */
function packageSteps(start: string): readonly string[] {
  return [
    `      - run: ${yaml(`(${start}) &`)}`,
    '      - run: npx inqud-hook check --report junit=inqud-hook.xml',
  ];
}

function toolSteps(start: string, place: string): readonly string[] {
  return [
    '      # OWNER stands for whoever hosts inqud-hook, v1 for a tag or a commit of it.',
    '      - uses: OWNER/inqud-hook@v1',
    '        with:',
    `          start: ${yaml(start)}`,
    ...(place === '' ? [] : [`          working-directory: ${yaml(place)}`]),
  ];
}

/** A job for `.gitlab-ci.yml`. */
export function gitlabJob({ survey, secret, start = UNKNOWN_START }: JobFacts): string {
  const { stack, port, place, hasTool, gitLabStage } = survey;
  const isNode = stack === undefined || stack.manifest === 'package.json';
  const check = hasTool ? 'npx inqud-hook' : 'node /tmp/inqud-hook/bin/inqud-hook.js';
  const commands = [
    ...(hasTool
      ? []
      : [
          'git clone --depth 1 "$INQUD_HOOK_REPOSITORY" /tmp/inqud-hook',
          'npm ci --prefix /tmp/inqud-hook',
        ]),
    ...(place === '' ? [] : [`cd '${place.replaceAll("'", "'\\''")}'`]),
    ...(stack?.setUp.commands ?? []),
    `(${start}) &`,
    `${check} check --report junit=inqud-hook.xml`,
  ];
  const lines = [
    '# Made by `inqud-hook init`: asks for a verdict on the receiver of Inqud web hooks.',
    ...(hasTool ? [] : ['# INQUD_HOOK_REPOSITORY is a variable of yours: where inqud-hook is.']),
    ...(isNode ? [] : ['# The image needs Node 20.19 or later as well.']),
    'inqud-hook:',
    ...(gitLabStage === undefined ? [] : [`  stage: ${gitLabStage}`]),
    `  image: ${stack?.setUp.image ?? 'node:24'}`,
    '  variables:',
    '    # The receiver and the check share it: the real secret is not needed here.',
    `    ${secret}: ${JOB_SECRET}`,
    `    PORT: "${port.port}"`,
    '  script:',
    ...commands.map((command) => `    - ${yaml(command)}`),
    '  artifacts:',
    '    when: always',
    '    reports:',
    `      junit: ${yaml(place === '' ? 'inqud-hook.xml' : `${place}/inqud-hook.xml`)}`,
  ];
  return `${lines.join('\n')}\n`;
}

/** A text as a value of YAML: plain where nothing in it means anything to YAML. */
function yaml(text: string): string {
  if (/^[A-Za-z.][\w./@=-]*( [\w./@=-]+)*$/.test(text)) return text;
  return `'${text.replaceAll("'", "''")}'`;
}
