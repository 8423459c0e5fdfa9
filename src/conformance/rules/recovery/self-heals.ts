import type { Laboratory } from '../../laboratory.js';
import { inconclusive, type Rule, type RuleVerdict, SOURCES } from '../../rule.js';
import { heal } from './heal.js';

export const recoverySelfHeals: Rule = {
  id: 'recovery/self-heals',
  severity: 'must',
  title: 'What was lost for good is asked for',
  source: SOURCES.webHooks,
  advice:
    'After the retries are over an event can be lost: ask the API for the state of what is still open, e.g. every hour.',
  needs: ['state', 'mock-api'],
  when: 'late',
  run,
};

function run(laboratory: Laboratory): Promise<RuleVerdict> {
  const { truth } = laboratory.hooks;
  if (truth === undefined) return Promise.resolve(inconclusive('There is no API to ask.'));
  return heal(laboratory, truth);
}
