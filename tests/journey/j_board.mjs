// A board of open deals by stage with weighted sums, made from nothing with the screen alone; then swim lanes, moved across by
// keyboard, mouse and menu, each one step back.
export default { name: 'a board made from nothing', timeout: 60_000, run };

async function run({ page, open, step, expect, axe, shots }) {
  await open();
  await page.evaluate(() => perennial.install('consultancy', { sample: true }));
  await open({ route: '/records/opportunity' });
  const board = page.locator('.board');
  const layout = async (work) => {
    await page.getByRole('button', { name: 'Layout', exact: true }).click();
    const sheet = page.getByRole('dialog', { name: 'Layout' });
    await sheet.waitFor();
    await work(sheet);
    await page.keyboard.press('Escape');
    await sheet.waitFor({ state: 'hidden' });
  };
  const both = async () => {
    for (const theme of ['dark', 'light']) {
      await page.evaluate((name) => { document.documentElement.dataset.theme = name; }, theme);
      await page.waitForTimeout(300); // Colours change over a moment.
      await axe();
    }
  };

  await step('a new view is begun as a board', async () => {
    await page.getByRole('button', { name: 'New view…' }).first().click();
    const dialog = page.getByRole('dialog', { name: 'New view' });
    await dialog.getByRole('button', { name: 'Create view' }).click();
    await dialog.getByText('Give the view a name.').waitFor();
    await dialog.getByLabel('Name', { exact: true }).fill('Open deals');
    await dialog.getByRole('radio', { name: 'Board' }).check();
    await dialog.getByLabel('Columns by').selectOption({ label: 'Stage' });
    await dialog.getByLabel('Sum of').selectOption({ label: 'Amount' });
    await axe();
    await dialog.getByRole('button', { name: 'Create view' }).click();
    await board.waitFor();
  });

  await step('what is closed is taken off, and the view is kept', async () => {
    await layout(async (sheet) => {
      await axe();
      for (const name of ['Won', 'Lost']) await sheet.getByLabel(name, { exact: true }).uncheck();
    });
    await expect.soon('four columns', async () => await page.locator('.column').count() === 4);
    await page.getByRole('button', { name: 'Save view', exact: true }).click();
    await page.getByText('Saved', { exact: true }).waitFor();
    await page.reload();
    await board.waitFor();
    expect.equal('the view after a reload', await page.locator('.tab[aria-current=page]').innerText(), 'Open deals');
    expect.equal('columns after a reload', await page.locator('.column').count(), 4);
  });

  await step('its sums are those of the records', async () => {
    const sums = await page.evaluate(() => {
      const options = perennial.schema().entities.find(({ id }) => id === 'opportunity').fields.find(({ id }) => id === 'stage').options;
      const amount = (value) => Number(typeof value === 'object' && value ? value.amount : String(value ?? 0).replace(/[^\d.-]/g, ''));
      const rows = perennial.find('opportunity', { fields: ['stage', 'amount'] });
      return options.filter(({ id }) => id !== 'won' && id !== 'lost').map(({ id }) => {
        const own = rows.filter(({ stage }) => stage === id);
        return { count: own.length, sum: own.reduce((sum, row) => sum + amount(row.amount), 0) };
      });
    });
    for (const [at, { count, sum }] of sums.entries()) {
      const said = await page.locator('.column').nth(at).innerText();
      expect(`${count} cards in column ${at}`, said.includes(count.toLocaleString('en')));
      expect(`${sum} in column ${at}, found ${said.slice(0, 80)}`, said.includes(sum.toLocaleString('en')));
      expect(`weighted in column ${at}`, said.includes('weighted'));
    }
    await both();
    await shots('board');
  });

  const lane = (card) => page.locator(`.cell:has(> .column__list > .card[data-key="${card}"])`).getAttribute('data-zone');
  const card = page.locator('.cell:has(+ .cell) .card').first();
  await step('lanes go across it', async () => {
    await layout(async (sheet) => {
      await sheet.getByLabel('Lanes by').selectOption({ label: 'Owner' });
      await sheet.getByLabel('Colour by').selectOption({ label: 'Forecast category' });
    });
    await page.locator('.lane').first().waitFor();
    expect('more lanes than one', await page.locator('.lane').count() > 1);
    await both();
    await shots('lanes');
    const fold = page.locator('.lane__fold').first();
    await fold.click();
    await expect.soon('no cards in the folded lane', async () => await page.locator('.lane').first().locator('.card').count() === 0);
    await fold.click();
    await page.locator('.lane').first().locator('.card').first().waitFor();
  });

  await step('a key carries a card to another column and lane, in one step', async () => {
    const key = await card.getAttribute('data-key');
    const from = await lane(key);
    await card.locator('.card__title').focus();
    await page.keyboard.press('Space');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Space');
    await expect.soon('the card elsewhere', async () => await lane(key) !== from);
    const to = await lane(key);
    expect('another lane', to.split('|')[0] !== from.split('|')[0]);
    expect('another column', to.split('|')[1] !== from.split('|')[1]);
    await page.keyboard.press('Control+z');
    await expect.soon('both back at once', async () => await lane(key) === from);
  });

  await step('the mouse drags a card to the next column of its lane', async () => {
    await board.evaluate((element) => element.scrollTo(0, 0));
    await page.waitForTimeout(200);
    const key = await card.getAttribute('data-key');
    const from = await lane(key);
    const cell = page.locator(`[data-zone="${from}"] + .cell`);
    const [start, end] = [await card.boundingBox(), await cell.boundingBox()];
    await page.mouse.move(start.x + 60, start.y + 20);
    await page.mouse.down();
    await page.mouse.move(start.x + 90, start.y + 30, { steps: 4 });
    await page.mouse.move(end.x + end.width / 2, end.y + 60, { steps: 8 });
    await page.mouse.up();
    await expect.soon('the card in the next column', async () => (await lane(key)).split('|')[0] === from.split('|')[0] && await lane(key) !== from);
    await page.keyboard.press('Control+z');
    await expect.soon('the card back', async () => await lane(key) === from);
  });

  await step('the menu moves it to another lane', async () => {
    const key = await card.getAttribute('data-key');
    const from = await lane(key);
    await card.locator('.card__title').focus();
    await page.keyboard.press('m');
    const menu = page.getByRole('menu', { name: 'Move to…' });
    await menu.getByText('Change Owner').waitFor();
    await menu.getByRole('menuitemradio', { checked: false }).last().click();
    await expect.soon('the card in another lane', async () => await lane(key) !== from);
    await page.keyboard.press('Control+z');
    await expect.soon('the card back', async () => await lane(key) === from);
  });

  await step('a column is folded and hidden', async () => {
    const heads = page.locator('.board__heads .column');
    const count = await heads.count();
    await heads.first().getByRole('button', { name: /^Actions for column/ }).click();
    await page.getByRole('menuitem', { name: 'Fold column' }).click();
    await page.locator('.board__heads .column--folded').waitFor();
    await page.getByRole('button', { name: /^Unfold/ }).click();
    await heads.first().getByRole('button', { name: /^Actions for column/ }).click();
    await page.getByRole('menuitem', { name: 'Hide column' }).click();
    await expect.soon('one column less', async () => await heads.count() === count - 1);
    await page.getByRole('button', { name: 'Reset', exact: true }).click();
    await expect.soon('the view as it was kept', async () => await page.locator('.lane').count() === 0);
  });
}
