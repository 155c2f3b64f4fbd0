// A letter typed into the palette among 100,000 records, beside two search libraries of the page with the same names.
import { COUNT, fill, openPeer } from './large.mjs';

// Typed letter by letter: a name, its pinyin, initials, a number, a typing error, nothing that is there.
const TYPED = ['北京王伟科技', 'beijing wang', 'shlq', '13801050', 'keji 4711', 'xqzv'];

export default {
  name: `palette among ${COUNT.toLocaleString('en')} records`,
  async run({ page, context, server, open, measure, compare, figure, expect }) {
    await open();
    await fill(page);
    await open({ route: '/records/account', query: '?no-sw' });
    await page.keyboard.press('Control+k');
    const input = page.getByRole('combobox', { name: 'Search' });
    // The index is whole once the oldest record is found.
    await expect.soon('the index', async () => {
      await input.fill('E-0');
      await page.waitForTimeout(200);
      return await page.getByRole('option').count() > 0;
    }, 60_000);
    const names = await page.evaluate(() => perennial.find('account', { fields: ['name'] }).map(({ name }, id) => ({ id, name })));
    const peers = await context.newPage();
    await openPeer(peers, server);
    await peers.addScriptTag({ type: 'module', content: `
      import Fuse from '/module/fuse.js/dist/fuse.mjs';
      import MiniSearch from '/module/minisearch/dist/es/index.js';
      Object.assign(globalThis, { Fuse, MiniSearch });` });
    await peers.waitForFunction(() => globalThis.MiniSearch);
    const built = await peers.evaluate((rows) => {
      const start = performance.now();
      globalThis.fuse = new Fuse(rows, { keys: ['name'], threshold: 0.3, ignoreLocation: true });
      const middle = performance.now();
      globalThis.mini = new MiniSearch({ fields: ['name'] });
      globalThis.mini.addAll(rows);
      return { fuse: middle - start, mini: performance.now() - middle };
    }, names);

    const ours = () => page.evaluate(async (typed) => {
      const field = document.getElementById('palette-input');
      const turn = () => new Promise((done) => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = done;
        port2.postMessage(null);
      });
      const taken = [];
      for (const text of typed) {
        for (let end = 1; end <= text.length; end += 1) {
          field.value = text.slice(0, end);
          const start = performance.now();
          field.dispatchEvent(new InputEvent('input', { bubbles: true }));
          await turn();
          // The lines are there, and where they stand is reckoned.
          document.getElementById('palette-list').getBoundingClientRect();
          taken.push(performance.now() - start);
        }
      }
      return taken;
    }, TYPED);
    const theirs = (search) => peers.evaluate(([typed, name]) => {
      const ask = name === 'fuse' ? (text) => globalThis.fuse.search(text, { limit: 20 })
        : (text) => globalThis.mini.search(text, { prefix: true, fuzzy: 0.2 }).slice(0, 20);
      const taken = [];
      for (const text of typed) {
        for (let end = 1; end <= text.length; end += 1) {
          const start = performance.now();
          ask(text.slice(0, end));
          taken.push(performance.now() - start);
        }
      }
      return taken;
    }, [TYPED, search]);
    await compare('a letter', [
      ['perennial, found in all fields, with drawing', ours],
      ['minisearch, names alone, without drawing', () => theirs('mini')],
      ['fuse.js, names alone, without drawing', () => theirs('fuse')],
    ], { times: 3 });
    const all = (await ours()).toSorted((one, other) => one - other);
    figure('95th percentile of a letter', all[Math.floor(all.length * 0.95)], 'ms');
    await measure('minisearch, making its index', () => built.mini, { times: 1 });
    await measure('fuse.js, making its index', () => built.fuse, { times: 1 });
  },
};
