import type { Statement } from '../statement.js';
import type { InitEnd, InitRecord, InitStory } from './story.js';

/** What `init` says to programs: what it found, the files, and what to type next. */
export function initStatement({ survey, proposal }: InitStory): Statement<InitRecord, InitEnd> {
  const { stack, port, route, secret, place } = survey;
  return {
    head: {
      command: 'init',
      found: {
        stack: stack && { name: stack.name, file: stack.manifest },
        port,
        route,
        secret: secret && { name: secret.name, file: secret.file },
        place,
      },
      url: proposal.url,
      start: proposal.start,
      next: proposal.next,
      stateUrl: proposal.stateUrl,
    },
    list: 'files',
    end: (summary) => ({ summary }),
  };
}
