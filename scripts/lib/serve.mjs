import { createReadStream, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { createGzip } from 'node:zlib';

const types = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.yaml': 'text/yaml; charset=utf-8',
  '.ttf': 'font/ttf',
  '.png': 'image/png',
};

function answer(folder, request, response) {
  const path = normalize(decodeURIComponent(new URL(request.url ?? '/', 'http://localhost').pathname));
  const file = join(folder, path.endsWith('/') ? `${path}index.html` : path);
  const stat = file.startsWith(folder) ? statSync(file, { throwIfNoEntry: false }) : undefined;
  if (!stat?.isFile()) {
    response.writeHead(404, { 'content-type': 'text/plain' }).end('Not found');
    return;
  }
  const zip = /\bgzip\b/.test(request.headers['accept-encoding'] ?? '') && stat.size > 1024;
  response.writeHead(200, {
    'content-type': types[extname(file)] ?? 'application/octet-stream',
    'cache-control': path.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
    ...(zip ? { 'content-encoding': 'gzip' } : { 'content-length': stat.size }),
  });
  const body = createReadStream(file);
  if (zip) body.pipe(createGzip()).pipe(response);
  else body.pipe(response);
}

function listen(folder, port) {
  return new Promise((resolve, reject) => {
    const server = createServer((request, response) => {
      try {
        answer(folder, request, response);
      } catch {
        response.writeHead(400).end();
      }
    });
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve(server));
  });
}

/** Serves a folder on this machine only. A taken port gives the next free one; resolves with the port that it got. */
export async function serve(folder, port) {
  for (let next = port; next < port + 50; next += 1) {
    try {
      const server = await listen(folder, next);
      return { server, port: next };
    } catch (error) {
      if (error.code !== 'EADDRINUSE') throw error;
    }
  }
  throw new Error(`No free port from ${port} to ${port + 49}. Set PORT to a free one.`);
}
