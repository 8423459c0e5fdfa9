import { exec } from 'node:child_process';

/** Runs a command line as `check` does, and waits for it to end well. */
export function runShell(command: string, variables: NodeJS.ProcessEnv): Promise<void> {
  return new Promise((resolve, reject) => {
    exec(command, { env: { ...process.env, ...variables } }, (error) =>
      error === null ? resolve() : reject(error),
    );
  });
}
