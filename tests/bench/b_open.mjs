// Opening a large workspace, against reading the same records from a database of objects.
import { COUNT, fill, fillPeer, openPeer } from './large.mjs';

export default {
  name: `open ${COUNT.toLocaleString('en')} records`,
  async run({ page, server, open, compare, expect }) {
    await open();
    await fill(page);
    const { length } = await fillPeer(page, server);
    expect.equal('records of the peer', length, COUNT);

    const marks = [];
    const ready = [];
    await compare('from the navigation', [
      ['perennial, ready', async () => {
        await page.goto(server.url);
        const time = await page.evaluate(async () => {
          while (!globalThis.perennial) await new Promise((done) => setTimeout(done, 1));
          const { records } = await globalThis.perennial.ready;
          const end = performance.now();
          const opening = performance.getEntriesByName('perennial:open').at(-1);
          const [start, stop] = ['perennial:open:start', 'perennial:open:end'].map((name) => performance.getEntriesByName(name).at(-1));
          return { end, records, opening: opening?.duration || (stop && stop.startTime - start.startTime) || null };
        });
        expect('all records', time.records >= COUNT);
        if (time.opening) marks.push(time.opening);
        return time.end;
      }],
      ['dexie, all objects read', async () => {
        await openPeer(page, server);
        const { end, taken, count } = await page.evaluate(async () => {
          const start = performance.now();
          const records = await globalThis.database.record.toArray();
          const stop = performance.now();
          return { end: stop, taken: stop - start, count: records.length };
        });
        expect.equal('records', count, COUNT);
        ready.push(taken);
        return end;
      }],
    ]);
    if (marks.length) {
      await compare('the opening itself', [
        ['perennial, state and indexes', () => marks.shift()], ['dexie, open and toArray', () => ready.shift()],
      ], { times: marks.length });
    }
  },
};
