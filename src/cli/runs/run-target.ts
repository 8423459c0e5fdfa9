import type { Transport } from '../../ports.js';
import type { reachOf } from '../../settings/reach.js';
import type { Secret } from '../../webhook/secret.js';
import type { World } from '../world.js';

/** Where a run delivers to. */
export interface OpenTarget {
  readonly url: string;
  /** The behaviour of the built-in receiver, when it is one. */
  readonly receiver: string | undefined;
  readonly transport: Transport;
  close(): Promise<void>;
}

export interface TargetRequest {
  readonly url: string | undefined;
  /** The behaviour of the built-in receiver, where no URL is given. */
  readonly receiver: string;
  readonly reach: ReturnType<typeof reachOf>;
  readonly secret: Secret | undefined;
  /** What the sender waits, in real milliseconds. */
  readonly timeoutMs: number;
  readonly planNow: () => number;
}

/** Connects to the user's receiver, or starts the built-in one. */
export async function openTarget(
  request: TargetRequest,
  events: number,
  world: World,
): Promise<OpenTarget> {
  const { reach, timeoutMs } = request;
  const receiver = request.url === undefined ? request.receiver : undefined;
  const started =
    receiver === undefined
      ? undefined
      : await world.startReceiver({
          behaviour: receiver,
          secret: request.secret,
          planNow: request.planNow,
          timeoutMs,
        });
  const { url, transport } = await world.connect(started?.url ?? request.url ?? '', {
    ...reach,
    requests: events,
  });
  return {
    url,
    receiver,
    transport,
    close: async () => {
      await transport.close();
      await started?.close();
    },
  };
}
