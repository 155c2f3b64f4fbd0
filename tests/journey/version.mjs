// Publishes further versions of the built app into a folder of its own, as `cargo xtask precache` does after a build.
import { createHash } from 'node:crypto';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from './harness.mjs';

const hashOf = (content) => `sha256-${createHash('sha256').update(content).digest('base64')}`;

/** A copy of the build that can be changed; `work` is given the folder. */
export async function withCopy(work) {
  const folder = mkdtempSync(join(tmpdir(), 'perennial-dist-'));
  cpSync(join(ROOT, 'dist'), folder, { recursive: true });
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Turns the copy into another version: `files` are put in the place of those of the same names. Gives the texts that were written. */
export function publish(folder, version, files = {}) {
  const read = (name) => readFileSync(join(folder, name), 'utf8');
  let worker = read('sw.js');
  const former = /VERSION = "(\w+)"/.exec(worker)[1];
  const held = Object.fromEntries([...worker.matchAll(/^ {2}"(.+)": "(sha256-.+)",$/gm)].map(([, name, hash]) => [name, hash]));
  let page = read('index.html').replace(former, version);
  for (const [name, content] of Object.entries(files)) {
    page = page.replace(held[name], hashOf(content));
    worker = worker.replace(held[name], hashOf(content));
  }
  worker = worker.replace(former, version).replace(held['index.html'], hashOf(page));
  const written = { ...files, 'index.html': page, 'sw.js': worker };
  for (const [name, content] of Object.entries(written)) writeFileSync(join(folder, name), content);
  return written;
}

/** The version that a page is of, and the one that its worker is of. */
export async function versions(page) {
  return page.evaluate(async () => {
    const ask = (worker) => new Promise((done) => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = ({ data }) => done(data.version);
      // A worker whose time is over does not answer.
      setTimeout(done, 5000, 'none that answers');
      worker.postMessage({ type: 'describe' }, [port2]);
    });
    const { controller } = navigator.serviceWorker;
    return { page: document.documentElement.dataset.version, worker: controller && await ask(controller) };
  });
}
