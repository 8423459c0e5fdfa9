import { programPath } from './program-path.js';
import { type Server, startServer } from './server.js';

/** A receiver in Python that checks the digest with Python's own hmac. */
export function startPython(secret: string, serverClass: PythonServerClass): Promise<Server> {
  return startServer({
    program: programPath('python3'),
    files: () => ({ 'receiver.py': PYTHON_RECEIVER }),
    args: ({ port }) => ['receiver.py', String(port), secret, serverClass],
  });
}

/** One connection at a time that closes after each answer, or many that are kept alive. */
export type PythonServerClass = 'HTTPServer' | 'ThreadingHTTPServer';

const PYTHON_RECEIVER = `
import hashlib, hmac, http.server, sys

port, secret, server_class = int(sys.argv[1]), sys.argv[2].encode(), sys.argv[3]

class Receiver(http.server.BaseHTTPRequestHandler):
    protocol_version = 'HTTP/1.1' if server_class == 'ThreadingHTTPServer' else 'HTTP/1.0'

    def do_POST(self):
        body = self.rfile.read(int(self.headers['Content-Length']))
        digest = hmac.new(secret, body, hashlib.sha1).hexdigest()
        given = self.headers.get('X-Payload-Digest', '')
        self.send_response(200 if hmac.compare_digest(digest, given) else 401)
        self.send_header('Content-Length', '0')
        self.end_headers()

    def log_message(self, *_):
        pass

getattr(http.server, server_class)(('127.0.0.1', port), Receiver).serve_forever()
`;

/** Python's own file server, which has no idea of POST. */
export function startPythonFiles(): Promise<Server> {
  return startServer({
    program: programPath('python3'),
    files: () => ({}),
    args: ({ port }) => ['-m', 'http.server', String(port), '--bind', '127.0.0.1'],
  });
}
