import { countResources, type Plan } from '../../delivery/plan.js';
import { parsePlan } from '../../delivery/plan-file.js';
import { readSamples } from '../../delivery/read-samples.js';
import { HookError } from '../../errors.js';
import type { AnsweredRecord } from '../../mock-api/records.js';
import { createMockApiTally } from '../../mock-api/tally.js';
import { EXIT } from '../../report/exit-code.js';
import { prettyMockApi } from '../../report/mock-api/pretty.js';
import { mockApiStatement } from '../../report/mock-api/statement.js';
import type { MockApiEnd, MockApiStory } from '../../report/mock-api/story.js';
import type { Palette } from '../../report/palette.js';
import type { Renderer } from '../../report/renderer.js';
import type { CommandContext } from '../context.js';
import { rendererFor } from '../renderer.js';
import type { World } from '../world.js';
import type { MockApiFlags } from './flags.js';
import { credentialsFrom, openMockApi } from './open-mock-api.js';

/** Serves the mock until it is told to end. Returns the exit code. */
export async function mockApi(
  port: number,
  flags: MockApiFlags,
  context: CommandContext,
): Promise<number> {
  const { world } = context;
  const plan = await planFrom(flags, world);
  const samples = await readSamples(plan, world.samples);
  const planMs = flags.at ?? Number.POSITIVE_INFINITY;
  const tally = createMockApiTally();
  let renderer: Renderer<AnsweredRecord, MockApiEnd> | undefined;
  const server = await openMockApi(
    {
      plan,
      samples,
      planNow: () => planMs,
      host: flags.host,
      port,
      latencyMs: flags.latency ?? 0,
      errorRate: flags.errorRate ?? 0,
      seed: flags.seed ?? world.draw(),
      onAnswer: (record) => {
        tally.add(record);
        return write(record);
      },
    },
    world,
  );
  try {
    const story = storyOf(server, plan, flags, world);
    const report = {
      machine: mockApiStatement(story),
      pretty: (palette: Palette) => prettyMockApi(story, palette),
    };
    renderer = await rendererFor(report, flags, context);
    await world.stdout.write(renderer.begin());
    await world.clock.sleep(flags.for ?? Number.MAX_SAFE_INTEGER, world.signal);
  } finally {
    await server.close();
  }
  const exitCode = world.signal.aborted ? EXIT.interrupted : EXIT.satisfied;
  await world.stdout.write(renderer.end({ summary: tally.summary(), exitCode }));
  return exitCode;

  function write(record: AnsweredRecord): Promise<void> | undefined {
    return renderer && world.stdout.write(renderer.record(record));
  }
}

async function planFrom({ plan: path }: MockApiFlags, world: World): Promise<Plan> {
  if (path === undefined) {
    throw new HookError(
      'bad-plan',
      'The mock knows no resources without a plan.',
      'Write one with `inqud-hook simulate-retries --dry-run > plan.json`, and give it by --plan.',
    );
  }
  const bytes = path === '-' ? await world.stdin.read() : await world.files.read(path);
  return parsePlan(new TextDecoder().decode(bytes), path === '-' ? 'Standard input' : path);
}

function storyOf(
  { url, port }: Pick<MockApiStory, 'url' | 'port'>,
  plan: Plan,
  { plan: path = '-', at }: MockApiFlags,
  world: World,
): MockApiStory {
  return {
    url,
    port,
    plan: path,
    resources: countResources(plan),
    atMs: at,
    anyToken: credentialsFrom(world) === undefined,
  };
}
