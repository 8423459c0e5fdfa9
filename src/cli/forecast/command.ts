import type { Command } from 'commander';
import type { CommandContext } from '../context.js';
import { SUMMARIES } from '../summaries.js';
import { withFlags } from '../with-flags.js';
import { FORECAST_FLAGS, type ForecastFlags } from './flags.js';

const EXAMPLES = `
Examples:
  inqud-hook forecast --rate 20/min --outage 3h
      we were down for three hours: what now?
  inqud-hook forecast --rate 20/min --outage 3h --capacity 100/min
      and whether the receiver keeps up with what comes back
  inqud-hook forecast --rate captures.ndjson --outage 1h..4h --capacity 5/s
      with the web hooks of a day, had it been down in its second hour
  inqud-hook forecast --rate 200/s --outage 10m --outage-hangs --format json

Nothing is sent. Web hooks come one after the other at the same distance, the
first at 0, or as they came in a capture, for which any file will do that verify
reads. What comes while the receiver is down is tried again as Inqud does.
Counts are exact. With --capacity the receiver is simulated: it answers first
in, first out, Inqud waits 10 s, and what is answered later comes again.

An outage is a stretch of time, as in simulate-retries: 3h is 0s..3h. While it
lasts an attempt fails at once; with --outage-hangs after 10 s, and one that is
under way at its end fails, too. A list of waits gives the number of retries.

With --answer-time alone the receiver works on one web hook at a time.

Exit codes: 0 nothing is lost, and the receiver keeps up where it has a capacity
            1 web hooks are lost for good, or answers come too late
            2 asked wrongly, or something malformed
            3 nothing to forecast, or not known whether the receiver keeps up
            130 interrupted`;

export function declareForecast(program: Command, context: CommandContext): void {
  const command = program.command('forecast').description(SUMMARIES.forecast.does);
  withFlags(command, FORECAST_FLAGS)
    .addHelpText('after', EXAMPLES)
    .action(async (flags: ForecastFlags) => {
      const { forecast } = await import('./action.js');
      context.exitWith(await forecast(flags, context));
    });
}
