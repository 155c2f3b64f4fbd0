// What is refused waits in its cell while one goes on; a narrow column has room for what is picked; what stands in a range goes on
// upwards and to the left; one field is changed in one way; a view follows whoever saves it in all that was not changed here.
import { hands, sheet } from './sheet.mjs';

const COLUMNS = ['name', 'note', 'size', 'stage', 'tags', 'double', 'due', 'price'];

export default { name: 'refused cells wait, and other ways of cells', timeout: 60_000, run };

async function run({ page, open, step, expect, axe, shots }) {
  await open();
  await sheet(page, COLUMNS, 400);
  await open({ route: '/records/item?view=item_sheet' });
  await page.getByRole('grid').waitFor();
  const { cell, click, press, held, all, copyText } = hands(page, COLUMNS);
  const at = (row, column) => expect.soon(`the focus at ${row}, ${column}`, () => cell(row, column).evaluate((one) => one === document.activeElement));
  const toasted = (text) => page.locator('.toast').getByText(text).first().waitFor({ timeout: 20_000 });
  const undo = async () => { await press('Control+z'); await toasted(/^Undone/); };
  const reason = page.getByRole('alert').filter({ hasText: /number/i });

  await step('what was refused stays in its cell with the reason, and one goes on', async () => {
    await click(3, 'size');
    await page.keyboard.type('abc');
    await click(5, 'size');
    await at(5, 'size');
    await reason.waitFor();
    expect('the text', (await cell(3, 'size').innerText()).startsWith('abc'));
    expect.equal('nothing was taken', await held('Row 3', 'size'), '3');
    await axe();
    await shots('held');
    await page.keyboard.type('55');
    await press('Enter');
    await at(6, 'size');
    expect.equal('the other cell', await held('Row 5', 'size'), '55');
    expect('still there', (await cell(3, 'size').innerText()).startsWith('abc'));
  });

  await step('the cell goes on with the text, and Escape gives it up', async () => {
    await cell(3, 'size').dblclick({ position: { x: 8, y: 8 } });
    await expect.soon('its text', async () => await page.locator('#cell-editor').inputValue() === 'abc');
    await reason.waitFor();
    await click(4, 'size');
    await at(4, 'size');
    await reason.waitFor();
    await click(3, 'size');
    await press('Escape');
    await reason.waitFor({ state: 'detached' });
    expect.equal('as it was', (await cell(3, 'size').innerText()).trim(), '3');
    await cell(3, 'size').dblclick({ position: { x: 8, y: 8 } });
    await page.locator('#cell-editor').fill('33');
    await press('Enter');
    await expect.soon('taken', async () => await held('Row 3', 'size') === '33');
  });

  await step('what is picked has room in a narrow column', async () => {
    const edge = page.locator('.grid__head [role=columnheader]').filter({ hasText: 'Stage' }).locator('.grid__resize');
    const box = await edge.boundingBox();
    await page.mouse.move(box.x + 4, box.y + 10);
    await page.mouse.down();
    await page.mouse.move(box.x - 400, box.y + 10, { steps: 5 });
    await page.mouse.up();
    await expect.soon('narrow', async () => (await cell(2, 'stage').boundingBox()).width < 90);
    const before = (await cell(3, 'name').boundingBox()).y;
    await click(2, 'size');
    await press('ArrowRight', 'F2');
    const editor = page.getByRole('combobox', { name: 'Stage' });
    await editor.waitFor();
    const wide = await page.locator('.grid__editor').boundingBox();
    expect(`wide enough: ${wide.width}`, wide.width >= 200);
    expect(`one line: ${wide.height}`, wide.height < 60);
    expect.equal('the rows stand', (await cell(3, 'name').boundingBox()).y, before);
    await shots('narrow');
    await page.getByRole('option', { name: 'Won' }).click();
    await expect.soon('won', async () => await held('Row 2', 'stage') === 'won');
  });

  await step('of a view only what was changed here is kept here', async () => {
    const kept = () => page.evaluate(() => Object.entries(localStorage).filter(([key]) => key.includes('view.item_sheet')).map(([, text]) => JSON.parse(text))[0]);
    await expect.soon('the width alone', async () => {
      const [now] = [await kept()];
      return now && now.widths?.length === 1 && now.widths[0][0] === 'stage' && [now.filters, now.sort, now.columns, now.frozen].every((one) => one == null);
    });
    await page.evaluate(async (columns) => {
      const shape = { shape: 'list', columns };
      const text = { en: 'Sheet', 'zh-CN': '表' };
      await perennial.dispatch({ define: { definitions: [{ view: { id: 'item_sheet', label: text, entity: 'item', shape, sort: [{ field: 'size', order: 'descending' }] } }] } });
    }, COLUMNS);
    await expect.soon('in the order that somebody has saved', async () => (await cell(1, 'name').innerText()).trim().startsWith('Row 400'));
    expect('the width stays', (await cell(2, 'stage').boundingBox()).width < 90);
    await page.evaluate(async (columns) => {
      const shape = { shape: 'list', columns };
      await perennial.dispatch({ define: { definitions: [{ view: { id: 'item_sheet', label: { en: 'Sheet', 'zh-CN': '表' }, entity: 'item', shape } }] } });
    }, COLUMNS);
    await expect.soon('as before', async () => (await cell(1, 'name').innerText()).trim().startsWith('Row 1'));
  });

  await step('a series goes up, and a value to the left', async () => {
    const draw = async (to) => {
      const square = await page.locator('.grid__square').boundingBox();
      await page.mouse.move(square.x + 4, square.y + 4);
      await page.mouse.down();
      const box = await to.boundingBox();
      await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2, { steps: 8 });
    };
    await click(7, 'size');
    await press('Shift+ArrowDown');
    await draw(cell(4, 'size'));
    await page.getByText('Goes on as a series').waitFor();
    await shots('up');
    await page.mouse.up();
    await toasted('3 cells filled in, the series goes on');
    expect.equal('sizes', [await held('Row 6', 'size'), await held('Row 5', 'size'), await held('Row 4', 'size')], ['6', '5', '4']);
    await undo();
    await page.evaluate(async () => {
      const row = perennial.find('item', { where: { field: 'name', is: 'equals', value: 'Row 9' } })[0].id;
      await perennial.update('item', row, { note: 'Nine' });
    });
    await click(9, 'note');
    await draw(cell(9, 'name'));
    await page.mouse.up();
    await expect.soon('the name from the note', async () => (await cell(9, 'name').innerText()).trim() === 'Nine');
    await undo();
  });

  await step('of many records one field is changed in one way', async () => {
    await click(1, 'size');
    await press('Control+a', 'Control+a');
    await page.getByRole('button', { name: 'Change…' }).click();
    const dialog = page.getByRole('dialog', { name: /^Change \d+ records$/ });
    await dialog.getByLabel('Field', { exact: true }).selectOption('size');
    await dialog.getByRole('button', { name: 'Change another field' }).click();
    const second = dialog.getByRole('group').filter({ has: page.getByLabel('Field', { exact: true }) }).nth(1);
    await expect.soon('the same field is not offered twice', () => second.getByLabel('Field', { exact: true }).locator('option[value=size]').evaluate((one) => one.disabled));
    expect('another is chosen', await second.getByLabel('Field', { exact: true }).inputValue() !== 'size');
    await press('Escape');
    await press('Escape');
  });

  await step('a paste that is stopped says how many cells it has filled', async () => {
    // So many that nobody's machine is done before the button is pressed.
    await page.evaluate(() => perennial.dispatch({ add_records: { records: Array.from({ length: 3000 }, (_, at) => ({
      id: `00000000-0000-7000-8000-${String(at + 700_001).padStart(12, '0')}`, entity: 'item', values: { name: `Row ${at + 401}` },
    })) } }));
    await copyText(Array.from({ length: 3400 }, (_, row) => `${row + 1000}`).join('\n'));
    await click(1, 'size');
    const session = await page.context().newCDPSession(page);
    await session.send('Emulation.setCPUThrottlingRate', { rate: 20 });
    await press('Control+v');
    await page.getByRole('button', { name: 'Stop' }).click();
    const said = page.getByText(/It was stopped/);
    await said.waitFor({ timeout: 20_000 });
    await session.send('Emulation.setCPUThrottlingRate', { rate: 1 });
    const changed = (await all('size')).filter((size) => Number(size) >= 1000).length;
    expect(`some, not ${changed}`, changed > 0 && changed < 3400);
    await page.getByRole('dialog').getByText(new RegExp(`^${changed.toLocaleString('en')} (other )?cells? `)).waitFor();
  });
}
