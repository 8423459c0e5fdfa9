import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Debian keeps servers where a user's search path does not reach. */
const SERVER_FOLDERS = ['/usr/sbin', '/usr/local/sbin', '/sbin'];

/** Where a program that we did not write is. Throws, naming its Debian package, when it is missing. */
export function programPath(name: string, debianPackage = name): string {
  const { PATH = '' } = process.env;
  const folders = [...PATH.split(delimiter), ...SERVER_FOLDERS];
  const found = folders.map((folder) => join(folder, name)).find(isExecutable);
  if (found !== undefined) return found;
  throw new Error(`${name} is not installed. Type: apt-get install ${debianPackage}`);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
