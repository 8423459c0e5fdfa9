import type { Command } from 'commander';

/** Gathers a flag that can be given more than once. */
export function repeatable(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}

/** The ways to name a secret. */
export function withSecretOptions(command: Command): Command {
  return command
    .option('--secret-env <name>', 'secret in this environment variable', repeatable)
    .option('--secret-file <path>', 'secret in this file (- for standard input)', repeatable)
    .option('--secret <value>', 'secret itself (process lists show it)', repeatable);
}

/** How to reach the receiver. */
export function withTargetOptions(command: Command): Command {
  return command
    .option('-H, --header <name: value>', 'extra header, repeatable', repeatable)
    .option('--forwarded-for', "send Inqud's published source address in X-Forwarded-For")
    .option('--allow-remote', 'let the target be another machine')
    .option('--insecure', 'take any TLS certificate');
}

export interface TargetFlags {
  readonly header?: readonly string[];
  readonly forwardedFor?: boolean;
  readonly allowRemote?: boolean;
  readonly insecure?: boolean;
}
