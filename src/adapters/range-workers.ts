import { Worker } from 'node:worker_threads';
import type { Workers } from '../ports.js';

/** A worker makes little garbage; left alone, its heap would grow to three times of what it needs. */
const YOUNG_GENERATION = { maxYoungGenerationSizeMb: 6 };

export function startWorkers<Task, Answer>(
  script: URL | string,
  count: number,
  setup: object,
): Workers<Task, Answer> {
  const lanes = Array.from({ length: count }, () => createLane<Task, Answer>(script, setup));
  return {
    count,
    run: (task, index) => {
      const lane = lanes[index % count];
      if (lane === undefined) throw new RangeError('there are no workers');
      return lane.run(task);
    },
    close: async () => {
      await Promise.all(lanes.map((lane) => lane.close()));
    },
  };
}

interface Waiter<Answer> {
  resolve(answer: Answer): void;
  reject(error: unknown): void;
}

/** One thread; it answers in the order it is asked. */
function createLane<Task, Answer>(script: URL | string, setup: object) {
  const worker = new Worker(script, { workerData: setup, resourceLimits: YOUNG_GENERATION });
  const waiting: Waiter<Answer>[] = [];
  worker.on('message', (answer: Answer) => waiting.shift()?.resolve(answer));
  worker.on('error', (error) => {
    for (const { reject } of waiting.splice(0)) reject(error);
  });
  return {
    run: (task: Task) =>
      new Promise<Answer>((resolve, reject) => {
        waiting.push({ resolve, reject });
        worker.postMessage(task);
      }),
    close: () => worker.terminate(),
  };
}
