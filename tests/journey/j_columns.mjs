// Columns and views as a newcomer arranges them: sorted by two, moved, frozen, fitted, coloured, filtered by a cell; views kept and ordered.
export default { name: 'columns and views', run };

async function run({ page, open, step, expect, axe }) {
  await open();
  await page.evaluate(() => perennial.install('consultancy', { sample: true }));
  const grid = page.locator('.grid');
  const names = () => page.evaluate(() => [...document.querySelectorAll('.grid__row--head .grid__sort > span:first-child')].map((it) => it.textContent));
  const head = (name) => page.locator('.grid__row--head [data-head]').filter({ hasText: name }).first();
  const menu = async (name) => {
    await head(name).click({ button: 'right' });
    await page.getByRole('menu').waitFor();
  };

  await step('the leads fit the screen', async () => {
    await open({ route: '/records/lead' });
    await grid.waitFor();
    const [scrolls, has] = await grid.evaluate((it) => [it.scrollWidth, it.clientWidth]);
    expect(`no scrolling sideways (${scrolls} in ${has})`, scrolls <= has + 1);
    expect.equal('the main list comes first', await page.locator('nav[aria-label="Saved views"] .tab').first().innerText(), 'All leads');
  });

  await step('sorts by two columns with Shift', async () => {
    await head('Status').locator('.grid__sort').click();
    await head('Score').locator('.grid__sort').click({ modifiers: ['Shift'] });
    await expect.soon('numbers beside the arrows', async () => (await head('Score').locator('.grid__step').innerText()) === '2');
    expect.equal('the first', await head('Status').getAttribute('aria-sort'), 'ascending');
  });

  await step('moves a column by dragging and by keyboard', async () => {
    const before = await names();
    const from = await head(before[3]).boundingBox();
    const to = await head(before[1]).boundingBox();
    await page.mouse.move(from.x + 20, from.y + 10);
    await page.mouse.down();
    await page.mouse.move(from.x - 20, from.y + 12, { steps: 4 });
    await page.mouse.move(to.x + 30, to.y + 10, { steps: 6 });
    await page.mouse.up();
    await expect.soon('it is second', async () => (await names())[1] === before[3]);
    await head(before[3]).locator('.grid__sort').focus();
    await page.keyboard.press('Control+Shift+ArrowRight');
    await expect.soon('it is third', async () => (await names())[2] === before[3]);
  });

  await step('freezes, chooses a total and fits from the menu', async () => {
    const third = (await names())[2];
    await menu(third);
    await axe();
    await page.getByRole('menuitem', { name: 'Freeze up to here' }).click();
    await expect.soon('three stand still', async () => await page.locator('.grid__row--head .grid__cell--still').count() === 2);
    await menu('Score');
    await page.getByRole('menuitemradio', { name: 'Highest' }).click();
    await page.locator('.grid__row--foot').getByText('Highest').waitFor();
    await menu('Source');
    await page.getByRole('menuitem', { name: 'Hide Source' }).click();
    await expect.soon('it is gone', async () => !(await names()).includes('Source'));
  });

  await step('looks at one value of a cell only', async () => {
    const cell = page.locator('.grid__body [data-id]').first().locator('[data-col]').filter({ has: page.locator('.chip') }).first();
    const value = (await cell.innerText()).trim();
    await cell.click({ button: 'right' });
    await page.getByRole('menuitem', { name: `Only ${value}` }).click();
    await page.getByRole('group', { name: /^Filter: / }).waitFor();
    await page.getByRole('button', { name: 'Remove this filter' }).click();
  });

  await step('asks for one of several, and by a linked field', async () => {
    await page.getByRole('button', { name: 'Add filter' }).click();
    const sheet = page.getByRole('dialog', { name: 'Filter' });
    await sheet.getByRole('button', { name: 'Add group' }).click();
    const group = sheet.getByRole('group', { name: 'Group of conditions' });
    await group.getByLabel('Comparison').first().selectOption('filled');
    await group.getByLabel('Comparison').nth(1).selectOption('empty');
    await sheet.getByLabel('Field').first().selectOption('owner.name');
    await sheet.getByLabel('Comparison').first().selectOption('filled');
    await axe();
    await page.keyboard.press('Escape');
    await expect.soon('two filters', async () => await page.getByRole('group', { name: /^Filter: / }).count() === 2);
    expect('the path in words', (await page.getByRole('group', { name: /^Filter: / }).first().innerText()).includes('›'));
  });

  await step('colours the rows with a high score', async () => {
    await page.getByRole('button', { name: 'Colour', exact: true }).click();
    const sheet = page.getByRole('dialog', { name: 'Colours' });
    await sheet.getByLabel('Field').selectOption('score');
    await sheet.getByLabel('Value', { exact: true }).fill('10');
    await sheet.getByRole('button', { name: 'Green' }).click();
    await page.keyboard.press('Escape');
    await page.locator('.grid__body > [data-hue="green"]').first().waitFor();
    expect('the rule is named', (await page.locator('.grid__body > [data-hue="green"]').first().getAttribute('title')).includes('10'));
    await axe();
  });

  await step('keeps it as a view, renames, copies and orders it', async () => {
    await page.getByRole('button', { name: 'Save as new view…' }).click();
    await page.getByLabel('Name', { exact: true }).fill('Hot leads'.padEnd(61, '!'));
    await page.getByRole('button', { name: 'Save view' }).last().click();
    await page.getByRole('alert').filter({ hasText: '61 characters are too many' }).waitFor();
    await page.getByLabel('Name', { exact: true }).fill('Hot leads');
    await page.getByRole('button', { name: 'Save view' }).last().click();
    await page.getByRole('link', { name: 'Hot leads' }).waitFor();
    await expect.soon('the focus on its tab', () => page.evaluate(() => document.activeElement.matches('.tab[aria-current]')));
    await page.locator('.grid__body > [data-hue="green"]').first().waitFor();
    await page.getByRole('button', { name: 'View actions' }).click();
    await page.getByRole('menuitem', { name: 'Rename…' }).click();
    await page.getByLabel('Name', { exact: true }).fill('Best leads');
    await page.getByRole('button', { name: 'Rename', exact: true }).click();
    await page.getByRole('link', { name: 'Best leads' }).waitFor();
    await page.getByRole('button', { name: 'View actions' }).click();
    await page.getByRole('menuitem', { name: 'Move left' }).click();
    const tabs = () => page.locator('nav[aria-label="Saved views"] .tab').allInnerTexts();
    await expect.soon('it has moved', async () => (await tabs()).at(-1) !== 'Best leads');
    await page.getByRole('button', { name: 'View actions' }).click();
    await page.getByRole('menuitem', { name: 'Duplicate' }).click();
    await page.getByRole('link', { name: 'Best leads (copy)' }).waitFor();
    const named = () => new URL(page.url()).hash.match(/view=([^&]*)/)?.[1];
    const copy = named();
    await page.getByRole('button', { name: 'View actions' }).click();
    await page.getByRole('menuitem', { name: 'Remove this view' }).click();
    await page.getByRole('link', { name: 'Best leads (copy)' }).waitFor({ state: 'detached' });
    await page.goBack();
    await expect.soon('an address without the view that is gone', async () => named() !== copy);
    await page.getByRole('link', { name: 'Best leads' }).click();
  });

  await step('on a phone the views that do not fit are in a menu', async () => {
    await open({ route: '/records/lead', width: 390, height: 844 });
    await grid.waitFor();
    await page.getByRole('button', { name: /^More views/ }).click();
    await page.getByRole('menuitemradio', { name: 'Pool' }).click();
    await page.getByRole('link', { name: 'Pool' }).waitFor();
    await axe();
  });
}
