import { parseArgs } from 'node:util';
import { brokenReceivers, correctReceivers } from './registry.js';

/** Serves one receiver for trying by hand: `tsx test/receivers/serve.ts express --port 3000`. */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { port: { type: 'string', default: '3000' } },
});
const all = [...(await correctReceivers()), ...(await brokenReceivers())];
const found = all.find(({ name }) => name === positionals[0]);
if (found === undefined) throw new Error(`Name one of ${all.map(({ name }) => name).join(', ')}.`);
const { INQUD_HOOK_SECRET: secret = 'secret', INQUD_API_URL: apiUrl } = process.env;
const receiver = await found.start({ secret, port: Number(values.port), apiUrl });
const { close: _, ...facts } = receiver;
process.stdout.write(`${JSON.stringify(facts, undefined, 2)}\n`);
