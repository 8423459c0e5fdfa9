const TEST_FILE = /(^|\/)(tests?|specs?|__tests__|fixtures)\/|[._-](test|spec)\.\w+$/i;

/** The file tests the project, and is no part of it. */
export function isTestFile(path: string): boolean {
  return TEST_FILE.test(path);
}
