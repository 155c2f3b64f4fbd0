// A list of sixty columns, and a change to five thousand records that is stopped half way.
export default { name: 'sixty columns, five thousand records', timeout: 20_000, run };

const COUNT = 5_000;
const COLUMNS = 60;

async function run({ page, context, open, step, expect, axe }) {
  await open();
  await page.evaluate(async ([columns, count]) => {
    await perennial.install('consultancy');
    const name = (text) => ({ en: text, 'zh-CN': text });
    const kinds = [{ kind: 'number' }, { kind: 'text' }, { kind: 'money' }, { kind: 'date' }, { kind: 'flag' }];
    const fields = Array.from({ length: columns }, (_, at) => (at
      ? { id: `f${at}`, label: name(`Field ${at}`), ...kinds[at % kinds.length] }
      : { id: 'name', label: name('Name'), kind: 'text', required: true }));
    const entity = { id: 'wide', label: name('Wide'), plural: name('Wides'), icon: 'table-2', group: 'work', title: 'name', fields };
    await perennial.dispatch({ define: { definitions: [{ entity }] } });
    const shape = { shape: 'list', columns: fields.map(({ id }) => id) };
    await perennial.dispatch({ define: { definitions: [{ view: { id: 'wide_all', label: name('Wide'), entity: 'wide', shape } }] } });
    for (let at = 0; at < count; at += 500) {
      const records = Array.from({ length: 500 }, (_, place) => ({
        id: `00000000-0000-7000-8000-${String(at + place + 1).padStart(12, '0')}`, entity: 'wide',
        values: { name: `Row ${at + place + 1}`, f5: { n: String(at + place) }, f1: `text ${at + place}`, f55: { n: '7' } },
      }));
      await perennial.dispatch({ add_records: { records } });
    }
  }, [COLUMNS, COUNT]);
  await open({ route: '/records/wide?view=wide_all' });
  const grid = page.getByRole('grid');
  await grid.waitFor();
  const drawn = () => page.evaluate(() => document.querySelector('.grid__body > [role=row]').children.length);
  const focused = () => page.evaluate(() => document.activeElement?.dataset.col);

  await step('only the columns in sight are drawn, and all can be reached', async () => {
    expect.equal('columns', await grid.getAttribute('aria-colcount'), String(COLUMNS + 2));
    expect('few cells a row', await drawn() < 26);
    await page.locator('.grid__body > [role=row]').first().locator('[data-col="2"]').click();
    await page.keyboard.press('End');
    await expect.soon('the last column', async () => await focused() === String(COLUMNS));
    expect('few cells a row', await drawn() < 26);
    const box = await page.locator(`.grid__body > [aria-rowindex="2"] > [data-col="${COLUMNS}"]`).boundingBox();
    expect('it in sight', box.x > 0 && box.x + box.width <= 1440);
    // The name stands still beside it.
    const still = await page.locator('.grid__body > [aria-rowindex="2"] > [data-col="1"]').boundingBox();
    expect('the name in sight', still.x >= 0 && still.x < 700);
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.type('3');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Home');
    await expect.soon('the first column', async () => await focused() === '1');
    await axe();
  });

  await step('a change of all records is stopped, says so, and is undone as one', async () => {
    await page.evaluate(() => document.querySelector('.grid').scrollTo(0, 0));
    await page.locator('.grid__body > [role=row]').first().locator('[data-col="2"]').click();
    await page.keyboard.press('Control+a');
    await page.keyboard.press('Control+a');
    await page.getByText('5,000 selected').or(page.getByText('5000 selected')).first().waitFor();
    await page.getByRole('button', { name: 'Change…' }).click();
    const dialog = page.getByRole('dialog', { name: /^Change .* records$/ });
    await dialog.getByLabel('Field', { exact: true }).selectOption('f1');
    await dialog.getByLabel('New value').fill('new');
    await dialog.getByRole('status').getByText(/change · 0 stay as they are · 0 refused/).waitFor();
    // A fast machine would be done before anybody could press it.
    const session = await context.newCDPSession(page);
    await session.send('Emulation.setCPUThrottlingRate', { rate: 20 });
    await dialog.getByRole('button', { name: /^Change .* records$/ }).click();
    const stop = page.getByRole('button', { name: 'Stop' });
    await stop.waitFor();
    await stop.click();
    await page.getByText(/stopped/i).first().waitFor();
    await session.send('Emulation.setCPUThrottlingRate', { rate: 1 });
    const changed = () => page.evaluate(() => perennial.find('wide', { where: { field: 'f1', is: 'equals', value: 'new' }, fields: [] }).length);
    const count = await changed();
    expect(`some of them, not ${count}`, count > 0 && count < 5_000);
    await page.getByRole('button', { name: /Undo the rest too/ }).or(page.locator('.toast').getByRole('button', { name: 'Undo' })).first().click();
    await expect.soon('none of them', async () => await changed() === 0);
  });
}
