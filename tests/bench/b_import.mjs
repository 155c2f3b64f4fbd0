// Importing a large file: parsed, checked, put through the rules and durable, against parsing and storing it only.
import { withFreshProfile } from './fresh.mjs';
import { COUNT, leads, openPeer } from './large.mjs';

export default {
  name: `import ${COUNT.toLocaleString('en')} rows`,
  async run({ server, compare, figure, expect }) {
    const text = leads();
    let last;
    const ours = () => withFreshProfile(async (page) => {
      await page.goto(`${server.url}?no-sw`);
      await page.waitForFunction(() => globalThis.perennial?.ready);
      last = await page.evaluate(async (file) => {
        await perennial.install('consultancy', { sample: false });
        const start = performance.now();
        const { created, rejected } = await perennial.import({ entity: 'lead', text: file });
        const time = performance.now() - start;
        return { time, created, rejected: rejected.slice(0, 3), tasks: perennial.find('task', { fields: [] }).length };
      }, text);
      expect(`all rows to be taken in: ${JSON.stringify(last)}`, last.created === COUNT);
      return last.time;
    });
    const peer = (durability) => () => withFreshProfile(async (page) => {
      await openPeer(page, server);
      const { time, count } = await page.evaluate(async ([file, chromeTransactionDurability]) => {
        const database = new Dexie('import', { chromeTransactionDurability });
        database.version(1).stores({ row: '++key' });
        await database.open();
        const start = performance.now();
        const { data } = Papa.parse(file, { header: true });
        await database.row.bulkAdd(data);
        return { time: performance.now() - start, count: await database.row.count() };
      }, [text, durability]);
      expect.equal('rows', count, COUNT);
      return time;
    });
    await compare('to the disk', [
      ['perennial, with checks and rules', ours],
      ['papaparse and dexie, relaxed', peer('default')],
      ['papaparse and dexie, strict', peer('strict')],
    ], { times: 3 });
    figure('to-dos that rules made on the way', last.tasks, 'records');
  },
};
