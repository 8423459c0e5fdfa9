import { chmod, mkdir, readdir, readlink, stat, symlink } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { diskFiles } from '../../src/adapters/files.js';
import { newFolder } from '../world.js';

const NEW = Buffer.from('new');
/** `/dev/full` is a disk with no space left. */
const isLinux = process.platform === 'linux';

test('a file is put in the place of the old one, and leaves nothing beside it', async () => {
  const folder = await newFolder();
  const path = await folder.write('page.html', 'old');
  const { ino: before } = await stat(path);
  await diskFiles.write(path, NEW);
  await diskFiles.write(folder.at('other.html'), NEW);
  expect(await folder.read('page.html')).toBe('new');
  expect((await stat(path)).ino).not.toBe(before);
  expect(await readdir(folder.path)).toEqual(['other.html', 'page.html']);
});

test('who may read it is as before', async () => {
  const folder = await newFolder();
  const path = await folder.write('page.html', 'old');
  await chmod(path, 0o640);
  await diskFiles.write(path, NEW);
  expect((await stat(path)).mode & 0o777).toBe(0o640);
});

test('a link stays one, and what it leads to is written', async () => {
  const folder = await newFolder();
  await folder.write('there.html', 'old');
  await symlink('there.html', folder.at('link.html'));
  await symlink('not-there.html', folder.at('dangling.html'));
  await diskFiles.write(folder.at('link.html'), NEW);
  await diskFiles.write(folder.at('dangling.html'), NEW);
  expect(await readlink(folder.at('link.html'))).toBe('there.html');
  expect(await folder.read('there.html')).toBe('new');
  expect(await folder.read('not-there.html')).toBe('new');
});

test('what cannot be written leaves the old file whole, and no other', async () => {
  const folder = await newFolder();
  await mkdir(folder.at('page.html'));
  await expect(diskFiles.write(folder.at('page.html'), NEW)).rejects.toMatchObject({
    code: 'unwritable-file',
  });
  await expect(diskFiles.write(folder.at('none/page.html'), NEW)).rejects.toThrow(
    'there is no such folder',
  );
  expect(await readdir(folder.path)).toEqual(['page.html']);
});

test.runIf(isLinux)('a device is written as it is', async () => {
  await diskFiles.write('/dev/null', NEW);
  await expect(diskFiles.write('/dev/full', NEW)).rejects.toThrow('no space is left on the device');
});

test('all names of a file are one, and a file that is not there has one, too', async () => {
  const folder = await newFolder();
  const path = await folder.write('a', '');
  await symlink(path, folder.at('b'));
  await symlink(folder.path, folder.at('same'));
  const { identify } = diskFiles;
  expect(identify(folder.at('b'))).toEqual(identify(path));
  expect(identify(folder.at('same/none'))).toEqual(identify(folder.at('none')));
  expect(identify(folder.at('none'))).not.toEqual(identify(folder.at('others')));
  expect(identify(folder.path)).toBeUndefined();
  expect(identify(folder.at('no/such'))).toBeUndefined();
});
