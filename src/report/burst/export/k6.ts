import { DIGEST_HASH, DIGEST_HEADER } from '../../../webhook/scheme.js';
import { bodiesScript, type ExportedFile, type ExportedLoad, wholeRate } from './exported.js';

const SCRIPT = 'inqud-burst.k6.js';

/** What to type to run it. */
export function k6Command(secretVariable: string): string {
  return `k6 run -e ${secretVariable} ${SCRIPT}`;
}

/** A script for k6: https://grafana.com/docs/k6/latest/ */
export function k6Files(load: ExportedLoad): readonly ExportedFile[] {
  return [{ name: SCRIPT, text: scriptOf(load) }];
}

function scriptOf(load: ExportedLoad): string {
  const { url, headers, timeoutMs, secretVariable } = load;
  return `// Web hooks as Inqud sends them, each with a body of its own, signed with the secret in
// $${secretVariable}. Run it with
//   ${k6Command(secretVariable)}
import { check } from 'k6';
import crypto from 'k6/crypto';
import http from 'k6/http';

const URL = ${JSON.stringify(url)};
const HEADERS = ${JSON.stringify(Object.fromEntries(headers))};
const SECRET = __ENV[${JSON.stringify(secretVariable)}];

export const options = {
  scenarios: { webHooks: ${JSON.stringify(scenarioOf(load))} },
  thresholds: {
    // Inqud takes 200 alone for delivered.
    checks: ['rate==1'],
    http_req_duration: ['p(99)<${timeoutMs}'],
    dropped_iterations: ['count==0'],
  },
};

${bodiesScript(load)}
function hexDigits(count) {
  let digits = '';
  while (digits.length < count) digits += Math.floor(Math.random() * 16).toString(16);
  return digits;
}

export default function webHook() {
  const body = nextBody();
  const headers = { ...HEADERS };
  if (SECRET) headers['${DIGEST_HEADER}'] = crypto.hmac('${DIGEST_HASH}', SECRET, body, 'hex');
  const answer = http.post(URL, body, { headers, redirects: 0, timeout: '${timeoutMs}ms' });
  check(answer, { 'answered 200': ({ status }) => status === 200 });
}
`;
}

function scenarioOf({ asked: { from, to, forMs }, timeoutMs }: ExportedLoad) {
  const duration = `${forMs}ms`;
  const highest = Math.max(from.perSecond, to.perSecond);
  const users = {
    preAllocatedVUs: Math.max(10, Math.ceil(highest / 10)),
    maxVUs: Math.max(10, Math.ceil((highest * timeoutMs) / 1_000)),
  };
  if (from.perSecond === to.perSecond) {
    const { count, unitS } = wholeRate(from.perSecond);
    return {
      executor: 'constant-arrival-rate',
      rate: count,
      timeUnit: `${unitS}s`,
      duration,
      ...users,
    };
  }
  return {
    executor: 'ramping-arrival-rate',
    startRate: Math.round(from.perSecond),
    timeUnit: '1s',
    stages: [{ target: Math.round(to.perSecond), duration }],
    ...users,
  };
}
