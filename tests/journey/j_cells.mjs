// A list used as a spreadsheet: ranges by key and by mouse, copy and paste from and to other programs, filling, and undo.
import { hands, sheet } from './sheet.mjs';

const COLUMNS = ['name', 'size', 'price', 'due', 'stage', 'owner', 'double'];

export default { name: 'cells as in a spreadsheet', run };

async function run({ page, open, step, expect, axe }) {
  await open();
  await sheet(page, COLUMNS, 60);
  await open({ route: '/records/item?view=item_sheet' });
  const { cell, click, press, held, all, count, copyText, clipboard, range } = hands(page, COLUMNS);
  await page.getByRole('grid').waitFor();
  const focus = () => page.evaluate(() => {
    const here = document.activeElement?.closest('[data-col]');
    return here && [Number(here.closest('[role=row]').getAttribute('aria-rowindex')) - 1, Number(here.dataset.col)];
  });
  const at = async (row, column) => expect.soon(`the focus at ${row}, ${column}`, async () => JSON.stringify(await focus()) === JSON.stringify([row, COLUMNS.indexOf(column) + 1]));
  const toasted = (text) => page.locator('.toast').getByText(text).first().waitFor();
  const undo = async () => { await press('Control+z'); await toasted(/^Undone/); };

  await step('a click takes a cell, Shift and arrows widen it', async () => {
    await click(2, 'size');
    await at(2, 'size');
    expect.equal('no range yet', await range(), [0, 0]);
    await press('Shift+ArrowDown', 'Shift+ArrowDown', 'Shift+ArrowRight');
    await expect.soon('three by two', async () => JSON.stringify(await range()) === '[3,2]');
    await page.getByRole('status').getByText('3 × 2 cells').waitFor();
    await page.getByRole('status').getByText('3 numbers').waitFor({ state: 'detached' });
    await press('Shift+ArrowLeft');
    await page.getByRole('status').getByText('Sum 9').waitFor();
    await page.getByRole('status').getByText('Average 3').waitFor();
    await axe();
    await press('Escape');
    expect.equal('no range', await range(), [0, 0]);
  });

  await step('with Shift a click widens it too, and a row and a column are taken whole', async () => {
    await click(3, 'size');
    await click(6, 'due', { modifiers: ['Shift'] });
    await expect.soon('four by three', async () => JSON.stringify(await range()) === '[4,3]');
    await click(3, 'size');
    await press('Shift+Space');
    await expect.soon('a row', async () => JSON.stringify(await range()) === JSON.stringify([1, COLUMNS.length]));
    await click(3, 'size');
    await press('Control+Space');
    await page.getByRole('status').getByText('60 × 1 cells').waitFor();
    await press('Control+a');
    await page.getByRole('status').getByText(`60 × ${COLUMNS.length} cells`).waitFor();
    await press('Control+a');
    await page.getByText('60 selected').waitFor();
    await press('Escape');
  });

  await step('the mouse draws a range, and the list rolls at its edge', async () => {
    await page.locator('.grid').evaluate((grid) => { grid.scrollTop = 0; });
    const [from, to] = [await cell(2, 'size').boundingBox(), await cell(5, 'due').boundingBox()];
    await page.mouse.move(from.x + 20, from.y + 10);
    await page.mouse.down();
    await page.mouse.move(to.x + 20, to.y + 10, { steps: 6 });
    await expect.soon('four by three', async () => JSON.stringify(await range()) === '[4,3]');
    const grid = await page.locator('.grid').boundingBox();
    await page.mouse.move(to.x + 20, grid.y + grid.height - 4, { steps: 4 });
    await expect.soon('it rolls', () => page.locator('.grid').evaluate((grid) => grid.scrollTop > 300));
    await page.mouse.up();
    await expect.soon('the focus in the range', async () => (await focus())?.[0] > 20);
    expect.equal('no record is open', await page.locator('aside.panel').count(), 0);
    await press('Control+Home');
    await at(1, 'name');
    await press('Control+End');
    await at(60, 'double');
    await press('Control+Home');
  });

  await step('a row is still ticked by its box and by Space', async () => {
    await click(1, 'size');
    await press('Space');
    await page.getByText('1 selected').waitFor();
    await press('Space');
    await page.locator('.grid__body > [role=row]').nth(2).locator('.grid__cell--check').click();
    await page.getByText('1 selected').waitFor();
    await press('x');
    await page.getByText('1 selected').waitFor({ state: 'detached' });
  });

  await step('what is typed takes the place of the cell, and Enter goes down', async () => {
    await click(1, 'size');
    await page.keyboard.type('42');
    await press('Enter');
    await at(2, 'size');
    await page.keyboard.type('43');
    await press('Tab');
    await at(2, 'price');
    await page.keyboard.type('1.5万');
    await press('Escape');
    await at(2, 'price');
    expect.equal('sizes', [await held('Row 1', 'size'), await held('Row 2', 'size'), await held('Row 2', 'price')], ['42', '43', null]);
    await undo();
    await undo();
    expect.equal('sizes', [await held('Row 1', 'size'), await held('Row 2', 'size')], ['1', '2']);
  });

  await step('cells go out as a spreadsheet takes them', async () => {
    await page.evaluate(() => perennial.find('item', { where: { field: 'name', is: 'equals', value: 'Row 2' } })[0].id)
      .then((id) => page.evaluate((id) => perennial.update('item', id, { price: '1200.5', due: '2026-11-30', stage: 'won' }), id));
    await click(1, 'size');
    await press('Shift+ArrowDown', 'Shift+ArrowRight', 'Shift+ArrowRight', 'Shift+ArrowRight', 'Control+c');
    await toasted('8 cells copied');
    expect.equal('the text', await clipboard(), '1\t\t\t\n2\t1200.50\t2026-11-30\tWon');
    const html = await page.evaluate(async () => (await (await navigator.clipboard.read())[0].getType('text/html')).text());
    expect('a table', /<td>1200\.50<\/td>/.test(html) && /mso-number-format[^>]*>Won</.test(html));
    await click(10, 'size');
    await press('Control+v');
    await toasted(/cells pasted/);
    expect.equal('the copy', [await held('Row 11', 'price'), await held('Row 11', 'stage'), await held('Row 10', 'size')], ['1200.5', 'won', '1']);
    await undo();
    expect.equal('taken back', await held('Row 11', 'stage'), null);
  });

  await step('a block from Excel is read by the fields, in both languages', async () => {
    await copyText('100\t5万\t2026年12月1日\tOpen\t李雷\r\n200\t12,000\t12/24/2026\twon\tAda Lovelace\r\n');
    await click(4, 'size');
    await press('Control+v');
    await toasted('10 cells pasted');
    await expect.soon('the owner', async () => (await cell(4, 'owner').innerText()).includes('李雷'));
    expect.equal('the days', [await held('Row 4', 'due'), await held('Row 5', 'due')], ['2026-12-01', '2026-12-24']);
    await undo();
  });

  await step('one value fills the range, and so does the first row', async () => {
    await copyText('7');
    await click(1, 'size');
    await press('Shift+ArrowDown', 'Shift+ArrowDown', 'Control+v');
    await toasted('3 cells pasted');
    expect.equal('sizes', (await all('size')).filter((size) => size === '7').length, 4);
    await undo();
    await click(5, 'size');
    await press('Shift+ArrowDown', 'Shift+ArrowDown', 'Control+d');
    await toasted('2 cells filled in');
    expect.equal('sizes', [await held('Row 6', 'size'), await held('Row 7', 'size')], ['5', '5']);
    await press('Delete');
    await toasted('3 cells emptied');
    expect.equal('sizes', [await held('Row 5', 'size'), await held('Row 7', 'size')], [null, null]);
    await undo();
    await undo();
    expect.equal('sizes', [await held('Row 5', 'size'), await held('Row 7', 'size')], ['5', '7']);
  });

  await step('what does not fit is listed, and the rest is there', async () => {
    await copyText('many\tOpen\tNobody Known\n300\tMaybe\tAda Lovelace');
    await click(2, 'size');
    const order = ['size', 'price', 'due', 'stage', 'owner'];
    expect('columns as expected', order.length === 5);
    await copyText('many\t1\t2026-12-01\tOpen\tNobody Known\n300\t2\tsoon\tMaybe\tAda Lovelace');
    await press('Control+v');
    const dialog = page.getByRole('dialog', { name: '4 cells were not filled in' });
    await dialog.waitFor();
    await dialog.getByText('6 other cells were filled in.').waitFor();
    await dialog.getByText('“soon” is not a date', { exact: false }).waitFor();
    await axe();
    await dialog.getByRole('button', { name: 'Copy this list' }).click();
    await toasted('The list is on the clipboard');
    expect('the refused are on the clipboard', (await clipboard()).includes('Nobody Known'));
    await dialog.getByRole('button', { name: 'Undo the rest too' }).click();
    await toasted(/^Undone/);
    expect.equal('nothing is left of it', [await held('Row 3', 'size'), await held('Row 3', 'price')], ['3', null]);
  });

  await step('rows below the last one become records', async () => {
    await press('Control+End');
    await at(60, 'double');
    await press('Home');
    await at(60, 'name');
    await copyText('Row 60\t60\nNew one\t61\nNew two\tsixty two');
    await press('Control+v');
    const asked = page.getByRole('dialog', { name: '2 rows stand below the last one' });
    await asked.waitFor();
    await axe();
    await asked.getByRole('button', { name: 'Create 2 items' }).click();
    await page.getByRole('dialog', { name: '1 cell was not filled in' }).getByRole('button', { name: 'Done' }).click();
    expect.equal('records', await count(), 62);
    expect.equal('the new ones', [await held('New one', 'size'), await held('New two', 'size')], ['61', null]);
    await undo();
    expect.equal('records', await count(), 60);
  });

  await step('a hundred cells are pasted in one go', async () => {
    await page.locator('.grid').evaluate((grid) => { grid.scrollTop = 0; });
    await copyText(Array.from({ length: 50 }, (_, row) => Array.from({ length: 2 }, (_, column) => row * 10 + column).join('\t')).join('\n'));
    await click(1, 'size');
    await press('Control+v');
    await toasted('100 cells pasted');
    await expect.soon('the last of them', async () => await held('Row 50', 'price') !== null);
    await undo();
  });

  await step('computed cells say why they are closed', async () => {
    await click(3, 'double');
    await press('F2');
    await toasted(/Double cannot be edited here\. It is computed by a formula\./);
  });

  await step('a range whose rows come to stand apart takes in nothing that lies between', async () => {
    await page.getByRole('columnheader', { name: 'Size' }).locator('.grid__sort').click();
    await expect.soon('an order', async () => await page.getByRole('columnheader', { name: 'Size' }).getAttribute('aria-sort') === 'ascending');
    await copyText('-5\n5000');
    await click(1, 'size');
    await press('Control+v');
    await toasted('2 cells pasted');
    await expect.soon('the second of them below all others', async () => await held('Row 2', 'size') === '5000');
    await expect.soon('no range', async () => JSON.stringify(await range()) === '[0,0]');
    const filled = async () => (await all('size')).filter((size) => size !== null).length;
    const before = await filled();
    await press('Delete');
    await expect.soon('one cell is emptied', async () => await filled() === before - 1);
    await undo();
    await undo();
    expect.equal('sizes', [await held('Row 1', 'size'), await held('Row 2', 'size')], ['1', '2']);
  });

  await step('a range below a folded group is what it shows', async () => {
    await page.evaluate(async () => {
      const items = perennial.find('item', { fields: ['name'] });
      for (const { id, name } of items.slice(0, 20)) {
        await perennial.update('item', id, { stage: Number(name.split(' ')[1]) <= 10 ? 'open' : 'won' });
      }
      const shape = { shape: 'list', columns: ['name', 'size', 'stage'] };
      await perennial.dispatch({ define: { definitions: [{ view: {
        id: 'item_stages', label: { en: 'Stages', 'zh-CN': '阶段' }, entity: 'item', shape, group: [{ field: 'stage' }],
      } }] } });
    });
    await open({ route: '/records/item?view=item_stages' });
    const head = page.locator('.grid__body [data-group]').first();
    await head.locator('.gathered').click();
    await expect.soon('it is folded', async () => await head.getAttribute('aria-expanded') === 'false');
    const size = page.locator('.grid__body [role=row][data-id]').first().locator('[data-col="2"]');
    await size.click();
    await press('Shift+ArrowDown', 'Shift+ArrowDown', 'Control+c');
    await expect.soon('what is copied', async () => await clipboard() === '11\n12\n13');
    await page.getByRole('status').getByText('Sum 36').waitFor();
  });
}
