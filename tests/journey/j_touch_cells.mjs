// A range drawn by finger: a resting finger takes a cell, grips widen the range, and the bar over it copies, pastes, fills and clears.
import { hands, sheet } from './sheet.mjs';

const PHONE = { width: 390, height: 844 };
const COLUMNS = ['name', 'size', 'price', 'due'];

export default { name: 'cells by touch', timeout: 20_000, context: { hasTouch: true, isMobile: true, viewport: PHONE }, run };

async function run({ page, context, open, step, expect, axe, shots }) {
  await open({ ...PHONE });
  await sheet(page, COLUMNS, 40);
  await open({ route: '/records/item?view=item_sheet', ...PHONE });
  await page.getByRole('grid').waitFor();
  const { cell, held, range, clipboard } = hands(page, COLUMNS);
  const finger = await context.newCDPSession(page);
  const touch = (type, ...touchPoints) => finger.send('Input.dispatchTouchEvent', { type, touchPoints });
  const middle = async (locator) => { const box = await locator.boundingBox(); return { x: box.x + box.width / 2, y: box.y + box.height / 2 }; };
  const rest = async (locator) => {
    await touch('touchStart', await middle(locator));
    await page.waitForTimeout(600);
    await touch('touchEnd');
  };
  const drag = async (from, to) => {
    const [start, end] = [await middle(from), await middle(to)];
    await touch('touchStart', start);
    for (let part = 1; part <= 5; part += 1) {
      await touch('touchMove', { x: start.x + (end.x - start.x) * part / 5, y: start.y + (end.y - start.y) * part / 5 });
      await page.waitForTimeout(16);
    }
    // A finger stays a moment before it lets go; otherwise the next tap would only end its swing.
    await page.waitForTimeout(150);
    await touch('touchEnd');
    await page.waitForTimeout(100);
  };
  const bar = page.getByRole('toolbar', { name: 'With these cells' });
  const toasted = (text) => page.locator('.toast').getByText(text).first().waitFor();

  await step('a resting finger takes a cell', async () => {
    await rest(cell(3, 'size'));
    await bar.waitFor();
    expect.equal('nothing is ticked', await page.locator('.grid__body > [aria-selected=true]').count(), 0);
    expect.equal('nothing is open', await page.locator('aside.panel').count(), 0);
    await axe();
  });

  await step('its grips draw the range', async () => {
    await drag(page.locator('.grid__grip--end'), cell(5, 'size'));
    await expect.soon('three rows', async () => JSON.stringify(await range()) === '[3,1]');
    await page.getByRole('status').getByText('Sum 12').waitFor();
    await drag(page.locator('.grid__grip--start'), cell(2, 'size'));
    await expect.soon('four rows', async () => JSON.stringify(await range()) === '[4,1]');
    await shots('cells-by-touch');
  });

  await step('copied and pasted', async () => {
    await bar.getByRole('button', { name: 'Copy' }).tap();
    await toasted('4 cells copied');
    await expect.soon('the clipboard', async () => await clipboard() === '2\n3\n4\n5');
    await cell(8, 'size').tap();
    await expect.soon('one cell', async () => JSON.stringify(await range()) === '[0,0]');
    await bar.getByRole('button', { name: 'Paste' }).tap();
    await toasted('4 cells pasted');
    expect.equal('sizes', [await held('Row 8', 'size'), await held('Row 11', 'size')], ['2', '5']);
  });

  await step('filled by the larger square', async () => {
    await cell(2, 'size').tap();
    await drag(page.locator('.grid__grip--end'), cell(3, 'size'));
    await bar.getByRole('button', { name: 'Fill' }).tap();
    await drag(page.locator('.grid__square--touch'), cell(6, 'size'));
    await toasted('3 cells filled in, the series goes on');
    expect.equal('sizes', [await held('Row 4', 'size'), await held('Row 6', 'size')], ['4', '6']);
  });

  await step('cleared, and rows ticked from there', async () => {
    await bar.getByRole('button', { name: 'Clear' }).tap();
    await toasted('5 cells emptied');
    expect.equal('sizes', [await held('Row 2', 'size'), await held('Row 6', 'size')], [null, null]);
    await bar.getByRole('button', { name: 'Select the rows' }).tap();
    await page.getByText('5 selected').waitFor();
    expect.equal('the bar', await bar.count(), 0);
    await page.getByRole('button', { name: 'Clear the selection' }).tap();
    await rest(cell(3, 'price'));
    await bar.getByRole('button', { name: 'Done' }).tap();
    expect.equal('the bar', await bar.count(), 0);
  });
}
