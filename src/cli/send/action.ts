import { judgeAnswer } from '../../delivery/judge-answer.js';
import { type Parcel, type Sent, sendAll } from '../../delivery/send-all.js';
import type { SendSummary, SentRecord } from '../../delivery/send-records.js';
import { createSendTally } from '../../delivery/send-tally.js';
import type { OutgoingRequest } from '../../ports.js';
import { exitCodeOfSend } from '../../report/exit-code.js';
import { inLine } from '../../report/foreign-text.js';
import type { Palette } from '../../report/palette.js';
import type { Renderer } from '../../report/renderer.js';
import { prettySend } from '../../report/send/pretty.js';
import { sendStatement } from '../../report/send/statement.js';
import { sendNoteText } from '../../report/words.js';
import { reachOf } from '../../settings/reach.js';
import { DIGEST_HEADER } from '../../webhook/scheme.js';
import { refuseConflicts, typedFlags } from '../conflicts.js';
import { type CommandContext, VERSION } from '../context.js';
import { refuseSecondDigest, requestHeaders } from '../headers.js';
import { rendererFor } from '../renderer.js';
import { reproduceCommand } from '../reproduce.js';
import { waitForTarget } from '../wait-for.js';
import { withWhatListens } from '../what-listens.js';
import { SEND_FLAGS, type SendFlags } from './flags.js';
import { type Letter, letters } from './letters.js';
import { printRequests } from './print-request.js';
import { signerFor } from './signer.js';

const ANSWER_BYTES = 2_048;

/** Signs, sends and reports. Returns the exit code. */
export async function send(
  url: string,
  flags: SendFlags,
  context: CommandContext,
): Promise<number> {
  const { world } = context;
  const format = `--format ${flags.format}`;
  refuseConflicts({ ...typedFlags(SEND_FLAGS, flags), [format]: flags.format !== 'pretty' }, [
    ['--body', '--event'],
    ['--body', '--set'],
    ['--tamper', '--unsigned'],
    ['--dry-run', '--curl'],
    ['--curl', format],
  ]);
  const signer = await signerFor(flags, world);
  const headers = requestHeaders(flags, VERSION);
  if (signer.isSigned) refuseSecondDigest(headers);
  const source = await letters(flags, world);
  const parcels = parcelsOf(source.letters, (body) => signer.request(body, headers));
  if (flags.dryRun === true || flags.curl === true) {
    for (const field of source.newFields) {
      await world.stderr.write(`! ${inLine(sendNoteText(field))}\n`);
    }
    return printRequests(url, parcels, flags, world);
  }
  await waitForTarget(url, flags, world);
  const connection = await world.connect(url, {
    ...reachOf(flags),
    requests: flags.count,
  });
  try {
    const sent = sendAll(parcels, connection.transport, {
      concurrency: flags.concurrency,
      timeoutMs: flags.timeout ?? SEND_FLAGS['How:'].timeout.absent,
      keepBodyBytes: ANSWER_BYTES,
      signal: world.signal,
    });
    const story = {
      url: connection.url,
      isSigned: signer.isSigned,
      notes: [
        ...source.newFields,
        ...(signer.isSigned || flags.unsigned === true ? [] : [{ code: 'unsigned' } as const]),
      ],
      reproduce: reproduceCommand(context, source.seed),
    };
    const amount = flags.count === 1 ? 'single' : 'many';
    const report = {
      machine: sendStatement(story),
      pretty: (palette: Palette) => prettySend(story, amount, palette),
    };
    const renderer = await rendererFor(report, flags, context);
    return await withWhatListens(tell(sent, renderer, flags, context), url, flags, world);
  } finally {
    await connection.transport.close();
  }
}

function* parcelsOf(
  source: Iterable<Letter>,
  sign: (body: Uint8Array) => OutgoingRequest,
): Iterable<Parcel<Letter>> {
  for (const letter of source) yield { tag: letter, request: sign(letter.body) };
}

async function tell(
  sent: AsyncIterable<Sent<Letter>>,
  renderer: Renderer<SentRecord, SendSummary>,
  flags: SendFlags,
  { world }: CommandContext,
): Promise<number> {
  const tally = createSendTally();
  await world.stdout.write(renderer.begin());
  for await (const item of sent) {
    const record = recordOf(item, flags);
    tally.add(record);
    await world.stdout.write(renderer.record(record));
  }
  const summary = tally.summary({ interrupted: world.signal.aborted });
  await world.stdout.write(renderer.end(summary));
  return exitCodeOfSend(summary);
}

function recordOf({ tag, request, outcome }: Sent<Letter>, flags: SendFlags): SentRecord {
  const wanted =
    flags.tamper !== undefined && flags.expectStatus === undefined
      ? ({ kind: 'refusal' } as const)
      : ({
          kind: 'status',
          status: flags.expectStatus ?? SEND_FLAGS['How:'].expectStatus.absent,
        } as const);
  return {
    kind: 'sent',
    event: tag.event,
    resource: tag.resource,
    bodyBytes: request.body.length,
    digests: request.headers
      .filter(([name]) => name.toLowerCase() === DIGEST_HEADER.toLowerCase())
      .map(([, value]) => value),
    tamper: flags.tamper,
    outcome,
    ...judgeAnswer(outcome, wanted),
  };
}
