// Filters as people say them: by a phrase, by days counted from today, by a formula with what may come next; and the steps of the order by hand.
import { hands, sheet } from './sheet.mjs';

const COLUMNS = ['name', 'size', 'price', 'due', 'stage', 'hot'];

export default { name: 'filters by words, days and formulas', run };

async function run({ page, open, step, expect, axe }) {
  await open();
  await sheet(page, COLUMNS, 40);
  await open({ route: '/records/item?view=item_sheet' });
  const { press } = hands(page, COLUMNS);
  await page.getByRole('grid').waitFor();
  const rows = () => page.evaluate(() => Number(document.querySelector('[role=grid]')?.getAttribute('aria-rowcount') ?? 2) - 2);
  const sheetOf = page.getByRole('dialog', { name: 'Filter' });
  const chips = page.getByRole('group', { name: /^Filter:/ });
  const clear = async () => {
    await press('Escape');
    while (await chips.count()) await chips.first().getByRole('button', { name: 'Remove this filter' }).click();
  };

  await step('words become filters, with how many meet them', async () => {
    await page.getByRole('button', { name: 'Add filter' }).click();
    const words = sheetOf.getByLabel('Filter by words');
    await words.fill('size > 35');
    await sheetOf.getByText('5 matches').waitFor();
    await axe();
    await words.press('Enter');
    await expect.soon('five rows', async () => await rows() === 5);
    await words.fill('size over 38 wobbly');
    await sheetOf.getByText('Not understood: wobbly').waitFor();
    await words.fill('wobbly');
    await sheetOf.getByText('Nothing of this is understood', { exact: false }).waitFor();
    await words.fill('');
    expect.equal('chips', await chips.count(), 1);
    await clear();
  });

  await step('days are counted from today, one and many', async () => {
    await page.evaluate(async () => {
      const day = (by) => new Date(Date.now() + 8 * 3_600_000 + by * 86_400_000).toISOString().slice(0, 10);
      for (const [name, by] of [['Row 1', -40], ['Row 2', -3], ['Row 3', 0], ['Row 4', 3]]) {
        await perennial.update('item', perennial.find('item', { where: { field: 'name', is: 'equals', value: name } })[0].id, { due: day(by) });
      }
    });
    await page.getByRole('button', { name: 'Add filter' }).click();
    await sheetOf.getByLabel('Field', { exact: true }).selectOption({ label: 'Due' });
    await sheetOf.getByLabel('Which day').selectOption({ label: 'before today by' });
    await sheetOf.getByLabel('How many').fill('1');
    await sheetOf.getByLabel('Unit').selectOption('months');
    await expect.soon('three of them', async () => await rows() === 3);
    await sheetOf.getByLabel('Comparison').selectOption('between');
    await sheetOf.getByLabel('Which days').selectOption({ label: 'the last … days' });
    await expect.soon('two of them', async () => await rows() === 2);
    await sheetOf.getByLabel('Which days').selectOption({ label: 'this year' });
    await chips.getByText('this year').waitFor();
    await axe();
    await press('Escape');
    // It is shown again as it was chosen.
    await chips.getByRole('button', { name: 'Due' }).click();
    await expect.soon('the stretch', () => sheetOf.getByLabel('Which days').evaluate((it) => it.selectedOptions[0].textContent === 'this year'));
    await clear();
  });

  await step('a formula offers what may come next, marks what is wrong and says what it gives', async () => {
    await page.getByRole('button', { name: 'Add filter' }).click();
    await sheetOf.getByRole('button', { name: 'Add a formula' }).click();
    const formula = sheetOf.getByRole('combobox', { name: 'Formula' });
    await formula.click();
    await page.keyboard.type('Si');
    await sheetOf.getByRole('option', { name: /^Size\s*number/ }).waitFor();
    expect.equal('open', await formula.getAttribute('aria-expanded'), 'true');
    await press('Tab');
    await expect.soon('the field', async () => await formula.inputValue() === 'Size');
    await page.keyboard.type(' > ');
    await sheetOf.locator('.formula__under mark').waitFor({ state: 'attached' });
    await page.keyboard.type('30');
    await sheetOf.locator('.formula__value').getByText('no', { exact: false }).waitFor();
    await expect.soon('ten rows', async () => await rows() === 10);
    await page.keyboard.type(' AND SUMI');
    await sheetOf.getByRole('option', { name: /SUMIFS\s*\(.*…\)/ }).waitFor();
    await press('ArrowDown', 'ArrowUp', 'Escape');
    await expect.soon('closed', async () => await formula.getAttribute('aria-expanded') === 'false');
    expect('the sheet stays open', await sheetOf.isVisible());
    await axe();
    await clear();
  });

  await step('the steps of the order change places by hand and by key', async () => {
    await page.getByRole('button', { name: /^Sort/ }).first().click();
    const order = page.getByRole('dialog', { name: 'Sort' });
    for (const name of ['Stage', 'Size']) {
      await order.getByRole('button', { name: 'Add an order' }).click();
      await order.getByLabel('Field', { exact: true }).last().selectOption({ label: name });
    }
    const steps = () => order.getByLabel('Field', { exact: true }).evaluateAll((all) => all.map((it) => it.selectedOptions[0].textContent));
    expect.equal('steps', await steps(), ['Stage', 'Size']);
    const grips = order.locator('.builder__grip');
    const [from, to] = [await grips.nth(1).boundingBox(), await grips.nth(0).boundingBox()];
    await page.mouse.move(from.x + 6, from.y + from.height / 2);
    await page.mouse.down();
    await page.mouse.move(to.x + 6, to.y + to.height / 2, { steps: 6 });
    // What is carried lies over the sheet, not below it.
    expect('it is seen', await page.evaluate(() => Boolean(document.querySelector('[popover] .builder__carried'))));
    await page.mouse.up();
    await expect.soon('the other way round', async () => JSON.stringify(await steps()) === '["Size","Stage"]');
    await order.getByRole('button', { name: 'Move this order up' }).click();
    await expect.soon('back again', async () => JSON.stringify(await steps()) === '["Stage","Size"]');
  });
}
