// Cells filled as a spreadsheet fills them: typed with an input method, drawn on with the square at the corner, typed into a whole range.
import { hands, sheet } from './sheet.mjs';

const COLUMNS = ['name', 'size', 'price', 'due', 'stage', 'owner', 'hot'];

export default { name: 'cells filled by input method and by drawing on', run };

async function run({ page, context, open, step, expect, axe }) {
  await open();
  await sheet(page, COLUMNS, 40);
  await open({ route: '/records/item?view=item_sheet' });
  const { cell, click, press, held, range } = hands(page, COLUMNS);
  await page.getByRole('grid').waitFor();
  const keys = await context.newCDPSession(page);
  const compose = (text) => keys.send('Input.imeSetComposition', { text, selectionStart: text.length, selectionEnd: text.length });
  const commit = (text) => keys.send('Input.insertText', { text });
  const toasted = (text) => page.locator('.toast').getByText(text).first().waitFor();
  const undo = async () => { await press('Control+z'); await toasted(/^Undone/); };
  const focusIn = (row, column) => expect.soon(`the focus at ${row}, ${column}`, () => cell(row, column).evaluate((it) => it === document.activeElement));
  const drag = async (to) => {
    const square = await page.locator('.grid__square').boundingBox();
    await page.mouse.move(square.x + 4, square.y + 4);
    await page.mouse.down();
    const box = await to.boundingBox();
    await page.mouse.move(box.x + box.width - 30, box.y + box.height / 2, { steps: 8 });
  };

  await step('Chinese is composed straight into a cell and goes on in its editor', async () => {
    await click(2, 'stage');
    await press('ArrowLeft', 'ArrowLeft', 'ArrowLeft', 'ArrowLeft');
    await focusIn(2, 'name');
    expect.equal('its role', await cell(2, 'name').getAttribute('role'), 'gridcell');
    await compose('ni');
    await compose("ni'hao");
    await expect.soon('what is composed in the cell', async () => (await cell(2, 'name').innerText()).trim() === "ni'hao");
    await commit('你好');
    const editor = page.locator('#cell-editor');
    await editor.waitFor();
    await expect.soon('it in the editor', async () => await editor.inputValue() === '你好');
    await expect.soon('the focus in the editor', () => editor.evaluate((it) => it === document.activeElement));
    await compose('shijie');
    await commit('世界');
    await press('Enter');
    await expect.soon('the value', async () => await held('你好世界', 'size') === '2');
    await focusIn(3, 'name');
    await undo();
  });

  await step('a composition that is given up leaves the cell as it was', async () => {
    await click(3, 'name');
    await compose('wo');
    await compose('');
    await expect.soon('the cell as it was', async () => (await cell(3, 'name').innerText()).startsWith('Row 3'));
    expect.equal('no editor', await page.locator('#cell-editor').count(), 0);
    await focusIn(3, 'name');
    await press('ArrowDown');
    await focusIn(4, 'name');
  });

  await step('what is composed on a link looks for a record, on a switch it says yes', async () => {
    await click(4, 'owner');
    await compose('li');
    await commit('李');
    await page.getByRole('option', { name: /李雷/ }).waitFor();
    await press('Enter');
    await expect.soon('the owner', async () => (await cell(4, 'owner').innerText()).includes('李雷'));
    await undo();
    await click(4, 'hot');
    await compose('shi');
    await commit('是');
    await expect.soon('yes', async () => await held('Row 4', 'hot') === true);
    await undo();
    await click(5, 'size');
    await commit('7'); // As from a list of signs: no key and no composing.
    await page.locator('#cell-editor').waitFor();
    await press('Escape');
    await focusIn(5, 'size');
    await axe();
  });

  await step('the square draws on a series of numbers', async () => {
    await click(1, 'size');
    await press('Shift+ArrowDown');
    await drag(cell(6, 'size'));
    await page.getByText('Goes on as a series').waitFor();
    await page.mouse.up();
    await toasted('4 cells filled in, the series goes on');
    expect.equal('range', await range(), [6, 1]);
    await page.evaluate(async () => {
      const [one, two] = ['Row 1', 'Row 2'].map((name) => perennial.find('item', { where: { field: 'name', is: 'equals', value: name } })[0].id);
      await perennial.update('item', one, { size: '10', due: '2026-11-30' });
      await perennial.update('item', two, { size: '15', due: '2026-12-31' });
    });
    await click(1, 'size');
    await press('Shift+ArrowDown', 'Shift+ArrowRight', 'Shift+ArrowRight');
    await drag(cell(4, 'due'));
    await page.mouse.up();
    await toasted(/the series goes on/);
    expect.equal('sizes', [await held('Row 3', 'size'), await held('Row 4', 'size')], ['20', '25']);
    expect.equal('days', [await held('Row 3', 'due'), await held('Row 4', 'due')], ['2027-01-31', '2027-02-28']);
    await undo();
    expect.equal('all of it taken back', [await held('Row 3', 'size'), await held('Row 4', 'due')], ['3', null]);
  });

  await step('one cell is copied, also with the list rolling below the pointer', async () => {
    await click(1, 'size');
    await drag(cell(3, 'size'));
    await page.getByText('Copies', { exact: true }).waitFor();
    await page.mouse.up();
    await toasted('2 cells filled in with copies');
    expect.equal('sizes', [await held('Row 2', 'size'), await held('Row 3', 'size')], ['10', '10']);
    await undo();
  });

  await step('without a mouse the same is in the menu of the range', async () => {
    await click(1, 'size');
    await press('Shift+ArrowDown', 'Shift+ArrowDown', 'Shift+ArrowDown');
    await press('Shift+F10');
    await page.getByRole('menuitem', { name: 'Fill down as a series' }).click();
    await toasted('2 cells filled in, the series goes on');
    expect.equal('sizes', [await held('Row 3', 'size'), await held('Row 4', 'size')], ['20', '25']);
    await undo();
  });

  await step('with Ctrl and Enter what is typed goes into the whole range', async () => {
    await click(5, 'size');
    await press('Shift+ArrowDown', 'Shift+ArrowDown');
    await page.keyboard.type('77');
    await press('Control+Enter');
    await toasted('3 cells filled in');
    expect.equal('sizes', [await held('Row 5', 'size'), await held('Row 6', 'size'), await held('Row 7', 'size')], ['77', '77', '77']);
    expect.equal('the range stays', await range(), [3, 1]);
    await undo();
    await click(5, 'stage');
    await press('Shift+ArrowDown');
    await page.keyboard.type('wo');
    await page.getByRole('option', { name: 'Won' }).waitFor();
    await press('Control+Enter');
    await toasted('2 cells filled in');
    expect.equal('stages', [await held('Row 5', 'stage'), await held('Row 6', 'stage')], ['won', 'won']);
    await undo();
    await click(5, 'size');
    await page.keyboard.type('8');
    await press('Control+Enter');
    await focusIn(5, 'size');
    expect.equal('one cell alone', [await held('Row 5', 'size'), await held('Row 6', 'size')], ['8', '6']);
  });
}
