// Preloaded into a process: writes its peak resident memory, in MB, to $PEAK_MEMORY_FILE as it ends.
const { isMainThread } = require('node:worker_threads');
const { writeFileSync } = require('node:fs');

if (isMainThread) {
  process.on('exit', () => {
    writeFileSync(
      process.env.PEAK_MEMORY_FILE,
      String(Math.round(process.resourceUsage().maxRSS / 1_024)),
    );
  });
}
