import { parentPort, workerData } from 'node:worker_threads';
import { openInput } from './adapters/capture-inputs.js';
import { createDiagnoser } from './diagnosis/diagnose.js';
import { readRange } from './verification/file-ranges.js';
import { MOST_FULL_SEARCHES } from './verification/judge-entry.js';
import type { WorkerAnswer, WorkerSetup, WorkerTask } from './verification/range-task.js';
import { createBlockJudge } from './verification/verify-range.js';
import { createDigestCheck } from './webhook/check-digest.js';
import { Secret } from './webhook/secret.js';

/** The composition root of a worker thread that judges ranges of one capture file. */
const setup: WorkerSetup = workerData;
const secrets = setup.secrets.map((key) => Secret.fromBytes(key));
const alsoSecrets = setup.alsoSecrets.map((key) => Secret.fromBytes(key));
const judge = createBlockJudge({
  check: createDigestCheck(secrets),
  diagnose: createDiagnoser({ secrets, alsoSecrets, maxFullSearches: MOST_FULL_SEARCHES }),
});

void openInput(setup.path).then((input) => {
  if (input.kind !== 'plain') throw new TypeError('a worker reads plain files only');
  parentPort?.on('message', ({ range, listGenuine }: WorkerTask) => {
    const block = readRange(input.access, range, { file: setup.file, firstLine: 1 });
    const answer: WorkerAnswer = judge(block, listGenuine);
    parentPort?.postMessage(answer);
  });
});
