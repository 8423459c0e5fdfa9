// Reads a JSON body and writes it again, in the way that the argument names.
import { readFileSync } from 'node:fs';

const value = JSON.parse(readFileSync(0, 'utf8'));
const ways = {
  stringify: () => JSON.stringify(value),
  indented: () => JSON.stringify(value, null, 2),
  tabs: () => JSON.stringify(value, null, '\t'),
  replacer: () => JSON.stringify(value, Object.keys(value).sort()),
};
process.stdout.write(ways[process.argv[2]]());
