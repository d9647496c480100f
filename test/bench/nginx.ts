import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { freePort, listensAt } from './ports.ts';
import { childrenOf } from './processCost.ts';
import type { Target } from './targets.ts';

/** nginx as a reverse proxy with one worker, on a port and in a folder of its own; null where it is not installed. */
export async function startNginx(upstreamPort: number, directory: string): Promise<Target | null> {
  if (spawnSync('nginx', ['-v'], { stdio: 'ignore' }).status !== 0) return null;
  const folder = path.join(directory, 'nginx');
  await mkdir(folder, { recursive: true });
  const port = await freePort();
  const file = path.join(folder, 'nginx.conf');
  await writeFile(file, configuration(folder, port, upstreamPort));
  const child = spawn('nginx', ['-p', folder, '-c', file, '-e', path.join(folder, 'error.log')], { stdio: 'ignore' });
  const { pid } = child;
  if (pid === undefined) return null;
  await listensAt(port);
  return {
    name: 'nginx',
    port,
    path: '/a/v1/chat',
    pids: () => [pid, ...childrenOf(pid)],
    stop: async () => {
      const gone = once(child, 'exit');
      child.kill('SIGTERM');
      await gone;
    },
  };
}

function configuration(folder: string, port: number, upstreamPort: number): string {
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (kind) => `${kind}_temp_path ${path.join(folder, kind)};`,
  );
  return `daemon off;
worker_processes 1;
pid ${path.join(folder, 'nginx.pid')};
events { worker_connections 512; }
http {
  access_log off;
  ${temporary.join('\n  ')}
  keepalive_requests 10000000;
  client_max_body_size 0;
  upstream u { server 127.0.0.1:${upstreamPort}; keepalive 64; keepalive_requests 10000000; }
  server {
    listen 127.0.0.1:${port};
    location /a/ {
      proxy_pass http://u/;
      proxy_http_version 1.1;
      proxy_set_header Connection "";
      proxy_buffering off;
      proxy_request_buffering off;
    }
  }
}
`;
}
