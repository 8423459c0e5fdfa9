import { HookError } from '../../errors.js';
import { describeBody } from '../../listening/describe-body.js';
import { createJudge } from '../../listening/judge.js';
import type { Listener, ListenerOptions, Recorded } from '../../listening/listener.js';
import type { ListenRecord, ListenSummary, RequestRecord } from '../../listening/records.js';
import { createListenTally } from '../../listening/tally.js';
import { exitCodeOfListen } from '../../report/exit-code.js';
import { inLine } from '../../report/foreign-text.js';
import { prettyListen } from '../../report/listen/pretty.js';
import { listenStatement } from '../../report/listen/statement.js';
import type { ListenStory } from '../../report/listen/story.js';
import type { Palette } from '../../report/palette.js';
import { reachOf } from '../../settings/reach.js';
import { INQUD_TIMEOUT_MS } from '../../webhook/scheme.js';
import type { Secret } from '../../webhook/secret.js';
import type { CommandContext } from '../context.js';
import { rendererFor } from '../renderer.js';
import { readSecrets, warnOfShownSecret } from '../secrets.js';
import type { ConnectedTarget, World } from '../world.js';
import type { ListenFlags } from './flags.js';
import { forwardWaits, recordingOptions, refuseContradictions } from './listener-options.js';
import { createRecordPump } from './record-pump.js';
import { type ListenScript, scriptFrom } from './script.js';

/** Records what comes until it is told to end. Returns the exit code. */
export async function listen(
  port: number,
  flags: ListenFlags,
  context: CommandContext,
): Promise<number> {
  const { world } = context;
  refuseContradictions(flags);
  await warnOfShownSecret(flags, world);
  const secrets = await readSecrets(flags, world);
  const script = await scriptFrom(flags, world);
  for (const path of [flags.out, flags.redactTo ?? []].flat()) await world.files.tryWriting(path);
  const target = await connectTarget(flags, world);
  try {
    return await listenTo(port, { flags, secrets, script, target, context });
  } finally {
    await target?.transport.close();
  }
}

interface Prepared {
  readonly flags: ListenFlags;
  readonly secrets: readonly Secret[];
  readonly script: ListenScript;
  /** Where to forward to. */
  readonly target: ConnectedTarget | undefined;
  readonly context: CommandContext;
}

async function listenTo(port: number, prepared: Prepared): Promise<number> {
  const { flags, context, target } = prepared;
  const { world } = context;
  const tally = createListenTally();
  const pump = createRecordPump<ListenRecord>(world.stdout);
  const tell = (record: ListenRecord) => {
    tally.add(record);
    pump.add(record);
  };
  const listener = await world.startListener({
    ...recordingOptions(port, flags),
    ...hearing(prepared, tell),
  });
  const { ended, renderer } = await whileListening(listener, async () => {
    if (target !== undefined) await startForwarding(listener, target, { flags, tell });
    const story = storyOf(listener, prepared);
    const report = {
      machine: listenStatement(story),
      pretty: (palette: Palette) => prettyListen(story, palette),
    };
    const renderer = await rendererFor(report, flags, context);
    await world.stdout.write(renderer.begin());
    pump.begin(renderer);
    return { renderer, ended: await endOf(listener, flags, world) };
  });
  const forwarded = await listener.stop(ended === 'interrupted' ? 'at-once' : 'let-finish');
  await pump.finish();
  const summary = tally.summary({ ended, forwarded }, flags.count);
  await world.stdout.write(renderer.end(summary));
  return exitCodeOfListen(summary);
}

/** A listener is never left behind. */
async function whileListening<Result>(
  listener: Listener,
  body: () => Promise<Result>,
): Promise<Result> {
  try {
    return await body();
  } catch (error) {
    await listener.stop('at-once');
    throw error;
  }
}

async function connectTarget(
  flags: ListenFlags,
  world: World,
): Promise<ConnectedTarget | undefined> {
  if (flags.forwardTo === undefined) return undefined;
  return world.connect(flags.forwardTo, reachOf(flags));
}

type Tell = (record: ListenRecord) => void;

function hearing(
  { secrets, script, context }: Prepared,
  tell: Tell,
): Pick<ListenerOptions, 'judge' | 'script' | 'onRecorded' | 'onRefused' | 'onNotice'> {
  return {
    judge: createJudge(secrets),
    script: script.script,
    onRecorded: (recorded) => tell(requestRecord(recorded)),
    onRefused: tell,
    onNotice: (text) => void context.world.stderr.write(`! ${inLine(text)}\n`),
  };
}

function requestRecord({ number, record, judgement, answer }: Recorded): RequestRecord {
  const { at = '', remote = '', method = '', path = '', body } = record;
  const { verdict, reason } = judgement;
  return {
    kind: 'request',
    number,
    at,
    remote,
    method,
    path,
    bodyBytes: body.length,
    verdict,
    ...(reason === undefined ? {} : { reason }),
    ...describeBody(body),
    answer,
  };
}

function storyOf(
  { url, port }: Listener,
  { flags, secrets, script, target }: Prepared,
): ListenStory {
  return {
    url,
    port,
    out: flags.out,
    redactedTo: flags.redactTo,
    survives: flags.fsync === true ? 'power-cut' : 'crash',
    checksDigests: secrets.length > 0,
    forwardTo: target?.url,
    seed: script.seed,
  };
}

async function startForwarding(
  listener: Listener,
  { url, transport }: ConnectedTarget,
  { flags, tell }: { readonly flags: ListenFlags; readonly tell: Tell },
): Promise<void> {
  refuseLoop(url, listener.port);
  await listener.forward({
    transport,
    timeoutMs: INQUD_TIMEOUT_MS,
    waitsMs: forwardWaits(flags.backoff),
    concurrency: flags.forwardConcurrency,
    onAttempt: tell,
  });
}

const LOOPBACK = /^(localhost|127\.[\d.]+|\[::1\])$/;

function refuseLoop(url: string, port: number): void {
  const target = new URL(url);
  if (!(LOOPBACK.test(target.hostname) && Number(target.port) === port)) return;
  throw new HookError(
    'bad-flag',
    `--forward-to ${url} is the listener itself, which would forward to itself for ever.`,
    'Name your receiver, or let the listener have another port.',
  );
}

async function endOf(
  listener: Listener,
  { for: forMs }: ListenFlags,
  { clock, signal }: World,
): Promise<ListenSummary['ended']> {
  const done = new AbortController();
  const either = AbortSignal.any([signal, done.signal]);
  const waits = [
    listener.counted.then(() => 'count' as const),
    forMs === undefined ? aborted(either) : clock.sleep(forMs, either).then(() => 'time' as const),
  ];
  const ended = await Promise.race(waits);
  done.abort();
  return signal.aborted ? 'interrupted' : ended;
}

function aborted(signal: AbortSignal): Promise<'interrupted'> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve('interrupted');
    signal.addEventListener('abort', () => resolve('interrupted'), { once: true });
  });
}
