// Every kind of field filled in where it stands, by keyboard alone: what is typed begins, Enter or Tab takes it, Esc drops it.
import { hands, sheet } from './sheet.mjs';

const COLUMNS = ['name', 'note', 'story', 'size', 'price', 'share', 'due', 'met', 'spent', 'stage', 'tags', 'hot', 'stars', 'nps', 'tel', 'mail', 'web', 'home', 'spot', 'owner', 'team', 'papers', 'double', 'serial'];

export default { name: 'every kind edited in its cell by keyboard alone', timeout: 15_000, run };

async function run({ page, open, step, expect, axe }) {
  await open();
  await sheet(page, COLUMNS, 12);
  await open({ route: '/records/item?view=item_sheet' });
  await page.getByRole('grid').waitFor();
  const { press, held } = hands(page, COLUMNS);
  const at = (row, column) => expect.soon(`the focus at ${row}, ${column}`, () => page.evaluate(([row, column]) => {
    const here = document.activeElement;
    return here?.dataset.col === String(column) && here.closest('[role=row]').getAttribute('aria-rowindex') === String(row + 1);
  }, [row, COLUMNS.indexOf(column) + 1]));
  const editing = () => page.locator('#cell-editor').waitFor();
  const done = () => page.locator('#cell-editor').waitFor({ state: 'detached' });
  /** Goes to a cell of the first row. */
  const go = async (column) => {
    await press('Control+Home');
    await at(1, 'name');
    for (let steps = COLUMNS.indexOf(column); steps > 0; steps -= 1) await press('ArrowRight');
    await at(1, column);
  };
  const holds = (column, wanted) => expect.soon(`${column} to be ${JSON.stringify(wanted)}`, async () => {
    const found = await held('Row 1', column);
    return typeof wanted === 'function' ? wanted(found) : JSON.stringify(found) === JSON.stringify(wanted);
  });
  await page.locator('.grid__body [data-col="1"]').first().focus();

  for (const [column, typed, wanted] of [
    ['size', '1,250', '1250'], ['price', '5万', '50000'], ['share', '12.5', '12.5'], ['due', '+3d', (day) => /^\d{4}-\d\d-\d\d$/.test(day)],
    ['due', '明天', (day) => /^\d{4}-\d\d-\d\d$/.test(day)], ['met', '2026-11-25 14:30', (at) => at?.startsWith('2026-11-25T06:30')],
    ['spent', '1h 30m', (spent) => JSON.stringify(spent).includes('5400')], ['tel', '138 0013 8000', '+8613800138000'], ['mail', 'ada@example.com', 'ada@example.com'],
    ['web', 'example.com', (web) => web?.includes('example.com')], ['spot', '22.5431, 114.0579', (spot) => spot !== null],
  ]) {
    await step(`${column} is typed`, async () => {
      await go(column);
      // An input method needs the control before its first letter.
      if (typed === '明天') { await press('F2'); await editing(); await press('Control+a'); }
      await page.keyboard.type(typed);
      await press('Enter');
      await done();
      await at(2, column);
      await holds(column, wanted);
    });
  }

  await step('a text of several lines grows, and Esc drops what was typed', async () => {
    await go('note');
    await press('F2');
    await editing();
    await page.keyboard.type('first');
    await press('Shift+Enter');
    await page.keyboard.type('second');
    await press('Alt+Enter');
    await page.keyboard.type('third');
    await axe();
    await press('Enter');
    await at(2, 'note');
    await holds('note', 'first\nsecond\nthird');
    await go('story');
    await page.keyboard.type('**never kept**');
    await press('Escape');
    await at(1, 'story');
    await holds('story', null);
  });

  await step('one of several options is found by its first letters', async () => {
    await go('stage');
    await page.keyboard.type('wo');
    await page.getByRole('option', { name: 'Won' }).waitFor();
    await press('Tab');
    await at(1, 'tags');
    await holds('stage', 'won');
    await press('ArrowLeft', 'F2');
    await page.getByRole('option', { name: 'Lost' }).waitFor();
    await press('ArrowDown', 'ArrowDown', 'Enter');
    await at(1, 'stage');
    await holds('stage', 'lost');
    await press('Delete');
    await holds('stage', null);
  });

  await step('tags are added, old and new', async () => {
    await go('tags');
    await page.keyboard.type('alpha');
    await press('Enter');
    await page.keyboard.type('beta');
    await press('Enter', 'Enter');
    await at(2, 'tags');
    await holds('tags', ['alpha', 'beta']);
  });

  await step('yes and no are switched by Space, stars and marks typed', async () => {
    await go('hot');
    await press('Space');
    await holds('hot', true);
    await press('Space');
    await holds('hot', false);
    await page.keyboard.type('y');
    await holds('hot', true);
    await go('stars');
    await page.keyboard.type('4');
    await holds('stars', '4');
    await press('F2');
    await page.locator('.rating').waitFor();
    await press('ArrowLeft', 'Enter');
    await at(2, 'stars');
    await holds('stars', '3');
    await go('nps');
    await page.keyboard.type('8');
    await page.locator('.nps').waitFor();
    await axe();
    await press('ArrowRight', 'Enter');
    await at(2, 'nps');
    await holds('nps', '9');
  });

  await step('an address has its parts', async () => {
    await go('home');
    await press('F2');
    await editing();
    await page.keyboard.type('China');
    await press('Tab', 'Tab');
    await page.keyboard.type('Shenzhen');
    await press('Enter');
    await at(2, 'home');
    await holds('home', (home) => ['China', 'Shenzhen'].every((part) => JSON.stringify(home).includes(part)));
  });

  await step('other records are found by name', async () => {
    await go('owner');
    await press('F2');
    await editing();
    await page.keyboard.type('李');
    await page.getByRole('option', { name: /李雷/ }).waitFor();
    await press('Enter');
    await at(1, 'owner');
    await holds('owner', (id) => typeof id === 'string');
    await go('team');
    await page.keyboard.type('Ada');
    await press('Enter');
    await page.keyboard.type('Bo');
    await press('Tab');
    await at(1, 'papers');
    await holds('team', (ids) => ids?.length === 2);
  });

  await step('files have their place, and what is computed says why it is closed', async () => {
    await go('papers');
    await press('F2');
    await page.locator('.grid__editor input[type=file]').waitFor({ state: 'attached' });
    await press('Escape');
    await at(1, 'papers');
    await go('double');
    await press('F2');
    await page.locator('.toast').getByText('computed by a formula').waitFor();
    await go('serial');
    await press('F2');
    await page.locator('.toast').getByText('The number was given').waitFor();
  });
}
