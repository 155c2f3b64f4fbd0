// Lists and boards as somebody uses them: search, sort, filter, edit in the cell, select, move cards, undo.
export default { name: 'lists and boards', run };

async function run({ page, open, step, expect, axe }) {
  await open();
  await page.evaluate(() => perennial.install('consultancy', { sample: true }));
  // An entity with a list, a board and enough records, whichever the pack calls so.
  const chosen = await page.evaluate(() => {
    const boards = perennial.schema().entities.filter((entity) => entity.fields.some((field) => field.kind === 'choice'));
    const counted = boards.map((entity) => ({ ...entity, rows: perennial.find(entity.id, { fields: [] }) }));
    return counted.sort((one, other) => other.rows.length - one.rows.length).map(({ id, rows }) => ({ id, count: rows.length }))[0];
  });
  const undoKey = () => page.keyboard.press('Control+z');

  await step('opens the list', async () => {
    await open({ route: `/records/${chosen.id}` });
    await page.getByRole('grid').waitFor();
    expect.equal('rows of the grid', await page.getByRole('grid').getAttribute('aria-rowcount'), String(chosen.count + 2));
    await axe();
  });

  await step('only the rows in sight are drawn', async () => {
    expect('few rows in the page', await page.locator('.grid__body > [role=row]').count() < 80);
  });

  await step('searches', async () => {
    const title = (await page.locator('.grid__title').first().innerText()).trim();
    await page.getByLabel('Find in this view').fill(title);
    await expect.soon('fewer rows', async () => Number(await page.getByRole('grid').getAttribute('aria-rowcount')) < chosen.count + 2);
    expect('the record itself is found', await page.getByRole('link', { name: title, exact: true }).count() >= 1);
    await page.getByLabel('Find in this view').fill('zzzz no such thing');
    await page.getByText('Nothing matches “zzzz no such thing”').waitFor();
    await page.getByRole('button', { name: 'Clear the search' }).click();
    await page.getByRole('grid').waitFor();
  });

  await step('sorts by a column, up and down', async () => {
    const head = page.getByRole('columnheader').nth(1);
    // The view may already sort by it; a third click takes the order away.
    for (let clicks = 0; clicks < 3 && await head.getAttribute('aria-sort') !== 'ascending'; clicks += 1) {
      await head.locator('.grid__sort').click();
    }
    expect.equal('the order', await head.getAttribute('aria-sort'), 'ascending');
    const up = await page.locator('.grid__title').first().innerText();
    await head.locator('.grid__sort').click();
    expect.equal('the order', await head.getAttribute('aria-sort'), 'descending');
    await expect.soon('another first row', async () => await page.locator('.grid__title').first().innerText() !== up);
    await head.locator('.grid__sort').click();
  });

  await step('filters, and takes the filter away', async () => {
    await page.getByRole('button', { name: 'Add filter' }).click();
    const sheet = page.getByRole('dialog', { name: 'Filter' });
    await sheet.getByLabel('Comparison').first().selectOption('empty');
    await page.keyboard.press('Escape');
    await page.getByRole('group', { name: /^Filter: / }).waitFor();
    await page.getByRole('button', { name: 'Remove this filter' }).click();
    await expect.soon('all rows', async () => await page.getByRole('grid').getAttribute('aria-rowcount') === String(chosen.count + 2));
  });

  await step('walks and edits in the cell', async () => {
    const first = page.locator('.grid__body [data-col="1"]').first();
    const before = (await first.innerText()).trim();
    await first.focus();
    await page.keyboard.press('F2');
    await page.locator('#cell-editor').fill('Edited in its cell');
    await page.keyboard.press('Enter');
    await page.getByRole('link', { name: 'Edited in its cell' }).waitFor();
    await expect.soon('the cell below', () => page.evaluate(() => document.activeElement?.matches('[aria-rowindex="3"] > [data-col="1"]')));
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('ArrowDown');
    await expect.soon('the next row', () => page.evaluate(() => document.activeElement?.closest('[role=row]')?.getAttribute('aria-rowindex') === '3'));
    await undoKey();
    await page.getByRole('link', { name: before, exact: true }).first().waitFor();
  });

  await step('leaves a cell as it was', async () => {
    const first = page.locator('.grid__body [data-col="1"]').first();
    const before = (await first.innerText()).trim();
    await first.focus();
    await page.keyboard.press('F2');
    await page.locator('#cell-editor').fill('Never kept');
    await page.keyboard.press('Escape');
    await page.locator('#cell-editor').waitFor({ state: 'detached' });
    expect.equal('the cell', (await first.innerText()).trim(), before);
    await expect.soon('the focus in the cell', () => page.evaluate(() => document.activeElement?.matches('[data-col="1"]')));
  });

  await step('fills in a form, which says what is missing', async () => {
    // On a cell letters are typed into it.
    await page.locator('#main').focus();
    await page.keyboard.press('n');
    const form = page.getByRole('dialog');
    await form.waitFor();
    await axe();
    await page.keyboard.press('Control+Enter');
    await form.locator('[aria-invalid=true]').first().waitFor();
    await axe();
    await page.keyboard.press('Escape');
    await form.waitFor({ state: 'detached' });
  });

  await step('selects a range and unselects it', async () => {
    const rows = page.locator('.grid__body > [role=row]');
    await rows.nth(0).locator('.grid__cell--check').click();
    await rows.nth(3).locator('.grid__cell--check').click({ modifiers: ['Shift'] });
    await page.getByText('4 selected').waitFor();
    await page.getByRole('button', { name: 'Clear the selection' }).click();
    expect.equal('the bar', await page.getByRole('toolbar', { name: 'With the selected' }).count(), 0);
  });

  await step('opens a record beside the list', async () => {
    await page.locator('.grid__title').first().click();
    await page.locator('aside.panel').waitFor();
    await axe();
    await page.keyboard.press('Escape');
    await expect.soon('no panel', async () => await page.locator('aside.panel').count() === 0);
  });

  await step('reads a record in the dark', async () => {
    await page.evaluate(() => { localStorage['perennial.theme'] = 'dark'; });
    await page.reload();
    await page.getByRole('grid').waitFor();
    await axe();
    const record = await page.evaluate((id) => perennial.find(id, { limit: 1 })[0].id, chosen.id);
    await open({ route: `/record/${chosen.id}/${record}` });
    await page.locator('.record-page').waitFor();
    await axe();
  });

  await step('moves cards on a board', () => board(page, open, expect, axe, undoKey));
}

async function board(page, open, expect, axe, undoKey) {
  const route = await page.evaluate(() => {
    const kept = perennial.schema().entities.map((entity) => entity.id);
    return kept;
  });
  let found = false;
  for (const id of route) {
    await open({ route: `/records/${id}` });
    const tab = page.locator('.tab:has(use[href$="i-kanban"])');
    if (await tab.count() && await page.locator('.grid__body > [role=row]').count() > 3) {
      await tab.first().click();
      found = true;
      break;
    }
  }
  expect('a board somewhere', found);
  await page.locator('.board .card').first().waitFor();
  await axe();
  const where = (key) => page.evaluate((wanted) => document.querySelector(`.card[data-key="${wanted}"]`)?.closest('[data-zone]')?.dataset.zone, key);
  const card = page.locator('.column:has(.card):has(+ .column) .card[data-key]').first();
  const key = await card.getAttribute('data-key');
  const from = await where(key);

  // By mouse.
  const to = page.locator(`.column[data-zone="${from}"] + .column`);
  const [start, end] = [await card.boundingBox(), await to.boundingBox()];
  await page.mouse.move(start.x + 60, start.y + 20);
  await page.mouse.down();
  await page.mouse.move(start.x + 90, start.y + 40, { steps: 4 });
  await page.mouse.move(end.x + end.width / 2, end.y + 160, { steps: 8 });
  await page.mouse.up();
  const answered = page.locator('.toast').first();
  await answered.waitFor();
  await expect.soon('the card in the next column', async () => await where(key) !== from);
  await undoKey();
  await expect.soon('the card back in its column', async () => await where(key) === from);

  // By keyboard: Escape puts it back, Space lets it go.
  await page.locator(`.card[data-key="${key}"] .card__title`).focus();
  await page.keyboard.press('Space');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Escape');
  expect.equal('the column after Escape', await where(key), from);
  await page.keyboard.press('Space');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Space');
  await expect.soon('the card in the next column', async () => await where(key) !== from);
  await undoKey();
  await expect.soon('the card back in its column', async () => await where(key) === from);
}
