// A static file server for this machine alone: for `cargo xtask serve`, and for the journeys under a sub-path.
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import { spawn } from 'node:child_process';
import { extname, join, normalize, resolve, sep } from 'node:path';
import { pathToFileURL } from 'node:url';

const TYPES = {
  '.css': 'text/css; charset=utf-8', '.csv': 'text/csv; charset=utf-8', '.ftl': 'text/plain; charset=utf-8',
  '.html': 'text/html; charset=utf-8', '.ico': 'image/x-icon', '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8', '.mjs': 'text/javascript; charset=utf-8', '.png': 'image/png',
  '.svg': 'image/svg+xml', '.txt': 'text/plain; charset=utf-8', '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json', '.woff2': 'font/woff2',
};
const HASHED = /-[0-9a-f]{8,16}(_bg)?\.\w+$/;

/**
 * Serves `folder` under `path`, which starts and ends with a slash, and `also` further folders by path; port 0 takes a free one.
 * `meet(path, response)` may answer in place of the folder; then it says so.
 */
export async function serve(folder, { port = 0, path = '/', also = {}, meet = () => false } = {}) {
  const roots = Object.entries({ ...also, [path]: folder }).map(([start, root]) => [start, resolve(root)]);
  const server = createServer((request, response) => {
    if (meet(request.url, response)) return;
    answer(roots, request, response).catch(() => response.writeHead(500).end());
  });
  await new Promise((done, fail) => server.once('error', fail).listen(port, '127.0.0.1', done));
  const close = () => new Promise((done) => { server.close(done); server.closeAllConnections(); });
  return { port: server.address().port, url: `http://localhost:${server.address().port}${path}`, close };
}

async function answer(roots, request, response) {
  const asked = decodeURIComponent(new URL(request.url, 'http://localhost').pathname);
  const [path, root] = roots.find(([start]) => `${asked}/`.startsWith(start)) ?? [];
  if (`${asked}/` === path) return response.writeHead(301, { location: path }).end();
  const file = path && asked.startsWith(path) ? join(root, normalize(`/${asked.slice(path.length)}`)) : null;
  const found = file && (file === root || file.startsWith(root + sep)) ? await fileAt(file) : null;
  if (!found) return response.writeHead(404, { 'content-type': 'text/plain' }).end('Not found\n');
  response.writeHead(200, {
    'content-type': TYPES[extname(found.file)] ?? 'application/octet-stream',
    'content-length': found.size,
    'cache-control': HASHED.test(found.file) ? 'public, max-age=31536000, immutable' : 'no-cache',
  });
  if (request.method === 'HEAD') return response.end();
  createReadStream(found.file).on('error', () => response.destroy()).pipe(response);
}

async function fileAt(file) {
  const found = await stat(file).catch(() => null);
  if (found?.isDirectory()) return fileAt(join(file, 'index.html'));
  return found && { file, size: found.size };
}

/** Opens the person's browser, or says that this is left to them. */
function openBrowser(url) {
  const open = { darwin: ['open'], win32: ['cmd', '/c', 'start', ''] }[process.platform] ?? ['xdg-open'];
  const leave = () => console.log(`No browser could be started here: open ${url} in yours`);
  // Without a screen xdg-open would take this terminal for a text browser.
  if (open[0] === 'xdg-open' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) return leave();
  const child = spawn(open[0], [...open.slice(1), url], { stdio: 'ignore', detached: true });
  child.on('error', leave).on('exit', (code) => { if (code) leave(); }).unref();
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const words = process.argv.slice(2);
  const value = (name, otherwise) => (words.includes(name) ? words[words.indexOf(name) + 1] : otherwise);
  try {
    const { url } = await serve(words[0] ?? 'dist', { port: Number(value('--port', 8080)), path: value('--path', '/') });
    console.log(`Perennial is at ${url} (Ctrl-C stops it)`);
    if (words.includes('--open')) openBrowser(url);
  } catch (error) {
    console.error(error.code === 'EADDRINUSE' ? `Port ${error.port} is taken; choose another with --port` : error.message);
    process.exitCode = 1;
  }
}
