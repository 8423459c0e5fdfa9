import type { ShellText } from './text.js';

/** What may stand before a command without being one. */
const BEFORE_COMMAND: readonly string[] =
  '$ % > # ! { ( if then elif else do while until time'.split(' ');
const RUNNERS: readonly string[] = (
  'env exec command builtin sudo doas nohup nice ionice timeout stdbuf watch xargs chroot ' +
  'docker podman kubectl ssh nsenter setsid proxychains torsocks retry'
).split(' ');
/** What has the names of commands as its arguments. */
const ABOUT_COMMANDS =
  /^(?:apt|apt-get|aptitude|apk|yum|dnf|brew|pacman|zypper|snap|which|man|type)$/;
const ASSIGNMENT = /^\w+=/;
const CURL = /^(?:.*\/)?curl(?:\.exe)?(?::[\w.-]+)?$/;

/** The words of a command from its name on: after assignments, and after what runs it. */
export function nameOfCommand(words: readonly ShellText[]): readonly ShellText[] {
  const first = words.findIndex(
    ({ text }) => !BEFORE_COMMAND.includes(text) && !ASSIGNMENT.test(text),
  );
  const command = words.slice(first === -1 ? words.length : first);
  return RUNNERS.includes(command[0]?.text ?? '') ? whatItRuns(command) : command;
}

/** Only curl is looked for behind the options of what runs it. */
function whatItRuns(command: readonly ShellText[]): readonly ShellText[] {
  const name = command.findIndex(({ text }) => CURL.test(text));
  const isAbout = command.slice(0, name).some(({ text }) => ABOUT_COMMANDS.test(text));
  return name === -1 || isAbout ? command : command.slice(name);
}

/** True for words that are a call of curl with something to do. */
export function isCurl([name, ...given]: readonly ShellText[]): boolean {
  return name !== undefined && CURL.test(name.text) && given.length > 0;
}
