/**
 * The words that start the program again, as a person in this folder types them. Variables that Node was
 * given in a file are those that the program was given: without them its secret is not there.
 */
export function startedAs(
  nodeFlags: readonly string[],
  program: string,
  folder: () => string,
): readonly string[] {
  const files = nodeFlags.flatMap((flag, index) => {
    if (/^--env-file(-if-exists)?=/.test(flag)) return [flag];
    return /^--env-file(-if-exists)?$/.test(flag) ? nodeFlags.slice(index, index + 2) : [];
  });
  return files.length === 0 ? ['inqud-hook'] : ['node', ...files, shownPath(program, folder())];
}

function shownPath(path: string, folder: string): string {
  return path.startsWith(`${folder}/`) ? path.slice(folder.length + 1) : path;
}
