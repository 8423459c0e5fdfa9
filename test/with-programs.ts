/**
 * Tests that start programs, install the package, or have many real servers, some of which hang. They take
 * longer than all others together, and are a suite of their own: `npm run test:programs`.
 */
export const WITH_PROGRAMS: readonly string[] = [
  'test/adapters/commands.test.ts',
  'test/adapters/gunzip.test.ts',
  'test/adapters/hostile-receivers.test.ts',
  'test/capture/readers/curl-as-sent.test.ts',
  'test/cli/curl.test.ts',
  'test/cli/foreign-text.test.ts',
  'test/cli/man-page/mandoc.test.ts',
  'test/cli/wait-for.test.ts',
  'test/conformance/first-diagnosis.test.ts',
  'test/delivery/naive-rules.test.ts',
  'test/readme.test.ts',
  'test/receivers/broken.test.ts',
  'test/receivers/correct.test.ts',
  'test/servers/listen/crash.test.ts',
  'test/servers/listen/hostile-senders.test.ts',
  'test/smoke/**/*.test.ts',
];
