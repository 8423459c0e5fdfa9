import { expect, test } from 'vitest';
import { CONFIGURABLE } from '../../src/cli/check/config.js';
import { CHECK_URL, CONFIG_FILE } from '../../src/cli/check/flags.js';
import { DURATION } from '../../src/cli/duration.js';
import type { Flag } from '../../src/cli/flags.js';
import { helpOf } from '../../src/cli/with-flags.js';

const FILE = '../../fixtures/inqud-hook.config.schema.json';

/** The schema of the configuration file, as the statement of each flag has it. */
function configSchema() {
  const flags = Object.entries(CONFIGURABLE).map(([key, { flag }]) => [
    key,
    { ...typeOf(flag), description: helpOf(flag) },
  ]);
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: CONFIG_FILE,
    description: 'Flags of inqud-hook, by command. What is typed overrides them.',
    ...object({
      $schema: { type: 'string' },
      check: {
        description: 'Flags of inqud-hook check, and the URL of the receiver.',
        ...object({
          url: { type: 'string', description: CHECK_URL },
          ...Object.fromEntries(flags),
        }),
      },
    }),
  };
}

function object(properties: Readonly<Record<string, object>>) {
  return { type: 'object', additionalProperties: false, properties };
}

function typeOf(flag: Flag): object {
  if ('parse' in flag) throw new Error(`${flag.flag} is written in a way of its own.`);
  switch (flag.type) {
    case 'on':
      return { type: 'boolean' };
    case 'texts':
      return { type: 'array', items: { type: 'string' } };
    case 'duration':
    case 'time-limit':
      return { type: 'string', pattern: DURATION.source };
    case 'whole':
      return { type: 'integer', minimum: flag.least, maximum: flag.most };
    case 'choice':
      return { enum: flag.choices };
    case 'text':
    case 'size':
      return { type: 'string' };
    default:
      return flag satisfies never;
  }
}

test('the schema in the package is the one of the flags; `npm run schema` writes it', async () => {
  await expect(`${JSON.stringify(configSchema(), null, 2)}\n`).toMatchFileSnapshot(FILE);
});
