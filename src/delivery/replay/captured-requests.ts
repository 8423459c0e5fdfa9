import type { ByteSpan } from '../../capture/own-file.js';
import type { CaptureRecord } from '../../capture/record.js';
import { HookError } from '../../errors.js';
import type { OutgoingRequest } from '../../ports.js';
import { type Column, createColumn, createWholeColumn } from './column.js';
import { forwardable } from './forwardable.js';

/** Reads a capture again from its file; undefined where it is not there any more. */
export type Reread = (span: ByteSpan) => CaptureRecord | undefined;

/** The requests of a capture by their number, in memory or as a place in the file. */
export interface CapturedRequests {
  /** Without a span the request is kept in memory. */
  add(request: OutgoingRequest, span: ByteSpan | undefined): void;
  /** @throws HookError `malformed-capture` when the file was changed meanwhile */
  get(number: number): OutgoingRequest;
}

/** What a request takes in memory beside its body, about. */
const OVERHEAD_BYTES = 1_024;
const NOWHERE = -1;

/** Keeps requests that can be read again as long as they are no more than `keptBytes` in all. */
export function createCapturedRequests(
  reread: Reread | undefined,
  keptBytes: number,
): CapturedRequests {
  const kept: (OutgoingRequest | undefined)[] = [];
  const offsets: Column = createColumn();
  const lengths: Column = createWholeColumn();
  let leftBytes = keptBytes;
  return {
    add: (request, span) => {
      leftBytes -= request.body.length + OVERHEAD_BYTES;
      const isKept = reread === undefined || span === undefined || leftBytes >= 0;
      kept.push(isKept ? request : undefined);
      offsets.push(isKept ? NOWHERE : span.offset);
      lengths.push(isKept ? 0 : span.bytes);
    },
    get: (number) => kept[number] ?? readAgain(number),
  };

  function readAgain(number: number): OutgoingRequest {
    const record = reread?.({ offset: offsets.at(number), bytes: lengths.at(number) });
    const found = record && forwardable(record);
    if (found?.kind === 'request') return found.request;
    throw new HookError(
      'malformed-capture',
      'The capture file was changed while it was replayed.',
      'Replay a copy of it.',
    );
  }
}
