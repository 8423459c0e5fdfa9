import { join } from 'node:path';
import { programPath } from './program-path.js';
import { type Server, startServer } from './server.js';

/** nginx from a folder of its own: no service, no root. `locations` go into its one server. */
export function startNginx(locations: string): Promise<Server> {
  return startServer({
    program: programPath('nginx', 'nginx-light'),
    files: ({ folder, port }) => ({ 'nginx.conf': nginxConfig(folder, port, locations) }),
    args: ({ folder }) => ['-p', folder, '-e', 'stderr', '-c', join(folder, 'nginx.conf')],
  });
}

function nginxConfig(folder: string, port: number, locations: string): string {
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
  return `
daemon off;
worker_processes 1;
pid ${folder}/nginx.pid;
events { worker_connections 2048; }
http {
  access_log off;
  keepalive_requests 100000000;
  client_max_body_size 4m;
  ${temporary.map((name) => `${name}_temp_path ${folder}/${name};`).join('\n  ')}
  server {
    listen 127.0.0.1:${port};
    ${locations}
  }
}`;
}
