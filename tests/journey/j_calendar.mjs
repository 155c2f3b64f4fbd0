// A calendar made from nothing: moved by mouse and keys, ended later, opened, and a record begun on a day; the same by week and on a
// phone, and in a time zone where it is another day.
export default { name: 'a calendar made from nothing', timeout: 60_000, run };

async function run({ page, open, step, expect, axe, shots }) {
  await open();
  await page.evaluate(() => perennial.install('consultancy', { sample: true }));
  // Three plans of our own in a month that is otherwise free.
  const ids = await page.evaluate(async () => {
    const made = [];
    for (const [name, starts, ends] of [['Kick-off', '2031-03-12', '2031-03-14'], ['Review', '2031-03-20', '2031-03-20'], ['Close', '2031-03-31', '2031-04-02']]) {
      made.push((await perennial.create('campaign', { name, starts, ends })).id);
    }
    return made;
  });
  await open({ route: '/records/campaign' });
  const bar = (name) => page.locator('.cal__bar', { hasText: name });
  const day = (date) => page.locator(`[role=gridcell][data-zone="${date}"]`);
  const kept = (id) => page.evaluate((record) => { const { starts, ends } = perennial.get('campaign', record); return [starts, ends]; }, id);
  const both = async () => {
    for (const theme of ['dark', 'light']) {
      await page.evaluate((name) => { document.documentElement.dataset.theme = name; }, theme);
      await page.waitForTimeout(300); // Colours change over a moment.
      await axe();
    }
  };

  await step('a calendar is made', async () => {
    await page.getByRole('button', { name: 'New view…' }).first().click();
    const dialog = page.getByRole('dialog', { name: 'New view' });
    await dialog.getByLabel('Name', { exact: true }).fill('Plan');
    await dialog.getByRole('radio', { name: 'Calendar' }).check();
    await dialog.getByLabel('Starts on').selectOption({ label: 'Starts' });
    await dialog.getByLabel('Ends on').selectOption({ label: 'Ends' });
    await dialog.getByRole('button', { name: 'Create view' }).click();
    await page.locator('.cal__month').waitFor();
    await both();
  });

  await step('one goes to the month in question by keys', async () => {
    await page.locator('.cal__day[tabindex="0"]').focus();
    const months = await page.evaluate(() => { const now = new Date(); return (2031 - now.getFullYear()) * 12 + 2 - now.getMonth(); });
    for (let at = 0; at < months; at += 1) {
      await page.getByRole('button', { name: 'Later' }).click();
    }
    await page.getByRole('heading', { name: 'March 2031' }).waitFor();
    await bar('Kick-off').waitFor();
    await shots('calendar');
  });

  await step('the mouse moves a bar by where it was gripped, and its length stays', async () => {
    const [from, to] = [await bar('Kick-off').boundingBox(), await day('2031-03-21').boundingBox()];
    // The bar is gripped on its second day.
    await page.mouse.move(from.x + from.width / 2, from.y + 8);
    await page.mouse.down();
    await page.mouse.move(from.x + from.width / 2 + 12, from.y + 20, { steps: 3 });
    await page.mouse.move(to.x + to.width / 2, to.y + to.height / 2, { steps: 6 });
    await page.mouse.up();
    await expect.soon('eight days later', async () => JSON.stringify(await kept(ids[0])) === '["2031-03-20","2031-03-22"]');
    await page.keyboard.press('Control+z');
    await expect.soon('back', async () => JSON.stringify(await kept(ids[0])) === '["2031-03-12","2031-03-14"]');
  });

  await step('its end is dragged to a later day', async () => {
    await bar('Review').hover();
    const [from, to] = [await bar('Review').locator('.cal__end').boundingBox(), await day('2031-03-22').boundingBox()];
    await page.mouse.move(from.x + from.width / 2, from.y + 10);
    await page.mouse.down();
    await page.mouse.move(from.x + 20, from.y + 10, { steps: 3 });
    await page.mouse.move(to.x + to.width / 2, to.y + 40, { steps: 6 });
    await page.mouse.up();
    await expect.soon('two days longer', async () => JSON.stringify(await kept(ids[1])) === '["2031-03-20","2031-03-22"]');
  });

  await step('keys walk, open, carry and move', async () => {
    await day('2031-03-11').focus();
    await page.keyboard.press('ArrowRight');
    await expect.soon('the focus on the next day', () => day('2031-03-12').evaluate((cell) => cell === document.activeElement));
    await page.keyboard.press('Enter');
    await expect.soon('the focus on its bar', () => bar('Kick-off').evaluate((one) => one === document.activeElement));
    await page.keyboard.press('Space');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Escape');
    expect.equal('after Escape', await kept(ids[0]), ['2031-03-12', '2031-03-14']);
    await page.keyboard.press('Space');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('Space');
    await expect.soon('six days later', async () => JSON.stringify(await kept(ids[0])) === '["2031-03-18","2031-03-20"]');
    await expect.soon('the focus kept', () => bar('Kick-off').evaluate((one) => one === document.activeElement));
    await page.keyboard.press('Control+ArrowRight');
    await expect.soon('a day later', async () => JSON.stringify(await kept(ids[0])) === '["2031-03-19","2031-03-21"]');
    await page.keyboard.press('Control+Shift+ArrowRight');
    await expect.soon('a day longer', async () => JSON.stringify(await kept(ids[0])) === '["2031-03-19","2031-03-22"]');
    await page.keyboard.press('Enter');
    await page.locator('aside.panel').waitFor();
    await page.keyboard.press('Escape');
    await page.locator('aside.panel').waitFor({ state: 'detached' });
  });

  await step('a click on a day begins a record there', async () => {
    const cell = await day('2031-03-06').boundingBox();
    await page.mouse.click(cell.x + cell.width / 2, cell.y + cell.height - 12);
    const form = page.getByRole('dialog', { name: /^New campaign/ });
    await form.waitFor();
    expect.equal('its first day', await form.getByLabel('Starts').inputValue(), '2031-03-06');
    await page.keyboard.press('Escape');
    await form.waitFor({ state: 'detached' });
  });

  await step('weeks and days have hours', async () => {
    await page.getByRole('button', { name: 'Week', exact: true }).click();
    await page.locator('.cal__slot').first().waitFor();
    await both();
    await page.getByRole('button', { name: 'Day', exact: true }).click();
    await expect.soon('one day', async () => await page.locator('.cal__day-head').count() === 1);
    await page.getByRole('button', { name: 'Month', exact: true }).click();
    await page.locator('.cal__month').waitFor();
  });

  await step('a phone shows the list of the day', async () => {
    await page.setViewportSize({ width: 390, height: 844 });
    await page.locator('.cal__agenda').waitFor();
    await page.locator('.cal__day[data-zone="2031-03-20"]').click();
    await page.locator('.cal__item', { hasText: 'Review' }).waitFor();
    await axe();
    await shots('calendar phone');
  });
}
