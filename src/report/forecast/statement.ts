import type { ForecastStep, ForecastSummary } from '../../forecast/records.js';
import { exitCodeOfForecast } from '../exit-code.js';
import type { Statement } from '../statement.js';
import type { ForecastStory } from './story.js';

/** What `forecast` says to programs: what was asked, the rate over time, and what it comes to. */
export function forecastStatement(story: ForecastStory): Statement<ForecastStep, ForecastSummary> {
  const { arrivals, outage, whileDown, retries, receiver } = story;
  return {
    head: {
      command: 'forecast',
      arrivals,
      outage: { ...outage, lengthMs: outage.toMs - outage.fromMs, whileDown },
      retries,
      capacity: receiver?.capacity,
    },
    list: 'series',
    end: (summary) => ({
      summary: { ...summary, exitCode: exitCodeOfForecast(summary, arrivals) },
    }),
  };
}
