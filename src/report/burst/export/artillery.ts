import { DIGEST_HASH, DIGEST_HEADER } from '../../../webhook/scheme.js';
import { bodiesScript, type ExportedFile, type ExportedLoad } from './exported.js';

const TEST = 'inqud-burst.yml';
const PROCESSOR = 'inqud-burst.cjs';

/** A test that Artillery 2 runs as it is: https://www.artillery.io/docs/reference/test-script */
export function artilleryFiles(load: ExportedLoad): readonly ExportedFile[] {
  return [
    { name: TEST, text: testOf(load) },
    { name: PROCESSOR, text: processorOf(load) },
  ];
}

/** What to type to run it. */
export const ARTILLERY_COMMAND = `npx artillery@2 run ${TEST}`;

function testOf({ url, asked, timeoutMs }: ExportedLoad): string {
  const { origin, pathname, search } = new URL(url);
  return `# Web hooks as Inqud sends them, each with a body of its own. Run it with
#   ${ARTILLERY_COMMAND}
config:
  target: ${JSON.stringify(origin)}
  processor: "./${PROCESSOR}"
  phases:
${phaseOf(asked)
  .map(([name, value], index) => `    ${index === 0 ? '-' : ' '} ${name}: ${value}`)
  .join('\n')}
  http:
    timeout: ${timeoutMs / 1_000}
  plugins:
    ensure: {}
  ensure:
    conditions:
      # Inqud takes 200 alone for delivered.
      - expression: http.codes.200 == http.requests
    thresholds:
      - http.response_time.p99: ${timeoutMs}
scenarios:
  - name: web hook
    flow:
      - post:
          url: ${JSON.stringify(pathname + search)}
          beforeRequest: webHook
          followRedirect: false
`;
}

/** A user of Artillery's sends one web hook. */
function phaseOf({
  from,
  to,
  forMs,
}: ExportedLoad['asked']): readonly (readonly [string, number])[] {
  const duration = forMs / 1_000;
  if (from.perSecond === to.perSecond) {
    return [
      ['duration', duration],
      ['arrivalCount', Math.max(1, Math.round(from.perSecond * duration))],
    ];
  }
  return [
    ['duration', duration],
    ['arrivalRate', Math.round(from.perSecond)],
    ['rampTo', Math.round(to.perSecond)],
  ];
}

function processorOf(load: ExportedLoad): string {
  return `// Makes the bodies of the web hooks, and signs them with the secret in $${load.secretVariable}.
'use strict';
const { createHmac, randomBytes } = require('node:crypto');

const HEADERS = ${JSON.stringify(Object.fromEntries(load.headers))};
const SECRET = process.env[${JSON.stringify(load.secretVariable)}];

${bodiesScript(load)}
function hexDigits(count) {
  return randomBytes(count / 2).toString('hex');
}

async function webHook(request) {
  const body = nextBody();
  const digest = SECRET && createHmac('${DIGEST_HASH}', SECRET).update(body).digest('hex');
  request.body = body;
  request.headers = {
    ...request.headers,
    ...HEADERS,
    ...(digest && { '${DIGEST_HEADER}': digest }),
  };
}

module.exports = { webHook };
`;
}
