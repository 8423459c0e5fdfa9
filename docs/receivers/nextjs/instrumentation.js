/** Next.js calls this once, when the server starts. */
export async function register() {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return;
  const { recover } = await import('./lib/inqud.js');
  const everyMs = Number(process.env.RECOVER_EVERY_SECONDS ?? '300') * 1000;
  setTimeout(recover, everyMs, everyMs);
}
