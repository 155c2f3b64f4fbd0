// How long a person waits for the app, and how much of it comes over the line.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';
import { ROOT } from '../journey/harness.mjs';
import { withFreshProfile } from './fresh.mjs';

export default {
  name: 'start',
  async run({ server, open, measure, figure }) {
    for (const [what, ending] of [['wasm', '.wasm'], ['script', '.js'], ['style', '.css']]) {
      const files = readdirSync(join(ROOT, 'dist')).filter((name) => name.endsWith(ending));
      const bytes = files.map((name) => readFileSync(join(ROOT, 'dist', name)));
      figure(`${what}, raw`, bytes.reduce((sum, content) => sum + content.length, 0) / 1024, 'KB');
      figure(`${what}, brotli`, bytes.reduce((sum, content) => sum + pressed(content).length, 0) / 1024, 'KB');
    }
    await measure('empty cache, to the first heading', () => withFreshProfile(async (page) => {
      await page.goto(server.url, { waitUntil: 'commit' });
      return headingShown(page);
    }));
    const page = await open();
    await page.evaluate(() => navigator.serviceWorker.ready);
    await measure('again, to the first heading', async () => {
      await page.goto(server.url, { waitUntil: 'commit' });
      return headingShown(page);
    });
  },
};

function pressed(bytes) {
  return brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } });
}

/** The frame in which a heading stands on the page, in milliseconds since the navigation. */
async function headingShown(page) {
  const shown = await page.waitForFunction(() => {
    const headings = [...document.querySelectorAll('h1')].filter((heading) => !heading.closest('#splash'));
    return headings.some((heading) => heading.checkVisibility() && heading.textContent.trim()) && performance.now();
  }, undefined, { polling: 'raf' });
  return shown.jsonValue();
}
