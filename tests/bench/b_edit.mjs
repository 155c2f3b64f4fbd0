// One edit in a large workspace: from the key that ends it to the painted cell, and to the disk.
import { COUNT, fill, untilCheckpointed } from './large.mjs';

const TIMES = 50;

export default {
  name: `edit among ${COUNT.toLocaleString('en')} records`,
  async run({ page, open, measure, expect }) {
    await page.addInitScript(watchEdits);
    await open();
    await fill(page);
    await open({ route: '/records/account', query: '?no-sw' });
    const taken = { worked: [], painted: [], durable: [] };
    for (let run = 0; run < TIMES; run += 1) {
      // Rows on the first screen, each edited once in a while.
      const row = page.locator('[role=grid] [role=row][data-id]').nth(run % 10);
      const id = await row.getAttribute('data-id');
      const cell = row.locator('[data-col="1"]');
      await cell.focus();
      await page.keyboard.press('F2');
      const input = cell.locator('input');
      const name = `Edited ${run}`;
      await input.fill(name);
      await page.evaluate(() => { globalThis.edit = null; });
      await input.press('Enter');
      await page.waitForFunction(() => globalThis.edit?.painted && globalThis.edit?.durable);
      const edit = await page.evaluate(() => globalThis.edit);
      // The row may have moved: the list is sorted by what was edited.
      const kept = await page.evaluate((record) => perennial.get('account', record).name, id);
      expect(`the record to say ${name}`, kept === name);
      for (const what of Object.keys(taken)) taken[what].push(edit[what]);
    }
    await measure('work for it, without waiting for a frame', () => taken.worked, { times: 1 });
    await measure('painted, with waiting for a frame', () => taken.painted, { times: 1 });
    await measure('durable', () => taken.durable, { times: 1 });

    await untilCheckpointed(page);
    await measure('perennial.update, resolved', () => page.evaluate(async (times) => {
      const rows = perennial.find('account', { fields: [], limit: times });
      const spent = [];
      for (const [at, { id }] of rows.entries()) {
        const start = performance.now();
        await perennial.update('account', id, { sector: `Updated ${at}` });
        spent.push(performance.now() - start);
      }
      return spent;
    }, TIMES), { times: 1 });
  },
};

/** Notes for the key Enter when its work was done, when the next frame was painted and when a write was on the disk. */
function watchEdits() {
  const begin = IDBDatabase.prototype.transaction;
  IDBDatabase.prototype.transaction = function transaction(...words) {
    const begun = begin.apply(this, words);
    const { edit } = globalThis;
    if (words[1] === 'readwrite' && edit) {
      begun.addEventListener('complete', () => { edit.durable ??= performance.now() - edit.start; });
    }
    return begun;
  };
  const soon = (work) => {
    const channel = new MessageChannel();
    channel.port1.onmessage = () => { channel.port1.close(); work(); };
    channel.port2.postMessage(null);
  };
  addEventListener('keydown', (event) => {
    if (event.key !== 'Enter') return;
    const edit = { start: event.timeStamp };
    globalThis.edit = edit;
    let handled = 0;
    // The first task after the key: all that answered it, and what it woke, is through.
    soon(() => { handled = performance.now() - edit.start; });
    requestAnimationFrame(() => {
      const frame = performance.now();
      // The first task after the frame: style, layout and paint are through.
      soon(() => {
        edit.painted = performance.now() - edit.start;
        edit.worked = handled + performance.now() - frame;
      });
    });
  }, true);
}
