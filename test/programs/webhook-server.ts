import { programPath } from './program-path.js';
import { type Server, startServer } from './server.js';

/** Debian's `webhook` with one hook, `inqud`, that checks the digest the way it checks GitHub's. */
export function startWebhook(secret: string): Promise<Server> {
  const hook = {
    id: 'inqud',
    'execute-command': '/bin/true',
    'success-http-response-code': 200,
    'trigger-rule-mismatch-http-response-code': 401,
    // Without it a wrong digest is an error of the server's, a 500.
    'trigger-signature-soft-failures': true,
    'trigger-rule': {
      or: [
        {
          match: {
            type: 'payload-hmac-sha1',
            secret,
            parameter: { source: 'header', name: 'X-Payload-Digest' },
          },
        },
      ],
    },
  };
  return startServer({
    program: programPath('webhook'),
    files: () => ({ 'hooks.json': JSON.stringify([hook]) }),
    args: ({ port }) => ['-hooks', 'hooks.json', '-ip', '127.0.0.1', '-port', String(port)],
  });
}
