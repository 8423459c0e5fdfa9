import { MOST_RETRIES } from '../../delivery/queue-order.js';
import { waitsOf } from '../../delivery/schedule.js';
import { HookError } from '../../errors.js';
import { Forecast } from '../../forecast/forecast.js';
import type { ForecastRequest } from '../../forecast/forecast-request.js';
import type { Progress } from '../../ports.js';
import { exitCodeOfForecast } from '../../report/exit-code.js';
import { prettyForecast } from '../../report/forecast/pretty.js';
import { forecastStatement } from '../../report/forecast/statement.js';
import type { ForecastStory } from '../../report/forecast/story.js';
import { progressText } from '../../report/forecast/words.js';
import { refuseIdle, typedFlags } from '../conflicts.js';
import type { CommandContext } from '../context.js';
import { reportWithPages, tryPages } from '../page-reports.js';
import { rendererFor } from '../renderer.js';
import { reproduceCommand } from '../reproduce.js';
import { backoffFrom, refuseEndlessWaits } from '../runs/backoff-flags.js';
import type { World } from '../world.js';
import { FORECAST_FLAGS, type ForecastFlags } from './flags.js';
import { receiverFrom } from './receiver.js';
import { sourceFrom } from './source.js';

/** So many attempts are simulated before Ctrl-C is let through: some hundredths of a second. */
const ATTEMPTS_WITHOUT_PAUSE = 500_000;
const PAUSE_MS = 1;

/** Says what an outage brings back. Returns the exit code. */
export async function forecast(flags: ForecastFlags, context: CommandContext): Promise<number> {
  const { world } = context;
  const { request, story } = await askedFor(flags, world);
  await tryPages(flags.report, world);
  const made = new Forecast(request);
  const reproduce = reproduceCommand(context, undefined);
  const report = await reportWithPages(
    await rendererFor(
      {
        machine: forecastStatement(story),
        pretty: (palette) => prettyForecast(story, palette),
      },
      flags,
      context,
    ),
    flags.report,
    async (page) => {
      const { forecastPage } = await import('../../report/html/forecast.js');
      return forecastPage({ ...story, reproduce }, page);
    },
    world,
  );
  await report.begin();
  await simulateAll(made, world);
  const { steps, summary } = made.result({ interrupted: world.signal.aborted });
  for (const step of steps) await report.record(step);
  await report.end(summary);
  return exitCodeOfForecast(summary, story.arrivals);
}

/** Goes on to the end, or until Ctrl-C. A terminal sees that it goes on. */
async function simulateAll(made: Forecast, { clock, signal, ...world }: World): Promise<void> {
  let progress: Progress | undefined;
  try {
    while (made.advance(ATTEMPTS_WITHOUT_PAUSE) && !signal.aborted) {
      if (world.stderr.isTerminal) progress ??= await world.startProgress();
      progress?.update(progressText(made.simulated));
      await clock.sleep(PAUSE_MS, signal);
    }
  } finally {
    progress?.stop();
  }
}

interface AskedFor {
  readonly request: ForecastRequest;
  readonly story: ForecastStory;
}

async function askedFor(flags: ForecastFlags, world: World): Promise<AskedFor> {
  const { rate, outage, outageHangs } = flags;
  if (rate === undefined) {
    throw missing('--rate', 'Say how many web hooks come, e.g. --rate 20/min, or name a capture.');
  }
  if (outage === undefined) {
    throw missing('--outage', 'Say how long nobody answers, e.g. --outage 3h.');
  }
  const retries = retriesFrom(flags);
  const { receiver, described } = receiverFrom(flags);
  const { arrivals, source, unit } = await sourceFrom(rate, flags, world);
  if (source.kind === 'constant') {
    refuseIdle({ ...typedFlags(FORECAST_FLAGS, flags), 'a capture': undefined }, [
      ['--from', 'a capture'],
    ]);
  }
  const whileDown = outageHangs === true ? 'hangs' : 'refuses';
  return {
    request: { arrivals, outage, waitsMs: retries.waitsMs, whileDown, receiver },
    story: { arrivals: source, outage, whileDown, retries, receiver: described, unit },
  };
}

function missing(flag: string, hint: string): HookError {
  return new HookError('bad-flag', `forecast needs ${flag}.`, hint);
}

/** The schedule as `simulate-retries` has it, and as many retries. */
function retriesFrom(flags: ForecastFlags): ForecastStory['retries'] {
  const backoff = backoffFrom(flags);
  const waitsMs = waitsOf(backoff, flags.maxWait);
  refuseEndlessWaits(waitsMs);
  if (waitsMs.length <= MOST_RETRIES) return { schedule: backoff.kind, waitsMs };
  throw new HookError(
    'bad-flag',
    `The list has ${waitsMs.length} waits, and there are ${MOST_RETRIES} retries at most.`,
    'Leave some of them away.',
  );
}
