// Colours of a view on cards, entries and bars as in rows of lists, each with its words; and a row coloured through a linked record.
export default { name: 'colour rules on boards, calendars, timelines and galleries', run };

async function run({ page, open, step, expect, axe, shots }) {
  await open();
  await page.evaluate(() => perennial.install('consultancy', { sample: false }));
  const made = await page.evaluate(async () => {
    const day = (days) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
    const account = (await perennial.create('account', { name: 'Tint & Sons', industry: 'manufacturing' })).id;
    const deal = (await perennial.create('opportunity', { name: 'Tinted deal', account, amount: '990000', stage: 'proposal' })).id;
    const project = (await perennial.create('project', { name: 'Tinted project', starts: day(0), ends: day(3), status: 'running' })).id;
    const linked = [{ when: { field: 'account.name', is: 'contains', value: 'Tint' }, hue: 1 }, { when: { field: 'amount', is: 'filled' }, hue: 3, field: 'amount' }];
    const named = [{ when: { field: 'name', is: 'contains', value: 'Tinted' }, hue: 1 }];
    const label = (text) => ({ 'zh-CN': text, en: text });
    const view = (id, entity, shape, colours) => ({ view: { id, label: label(id), entity, shape, colours, order: -9 } });
    await perennial.dispatch({ define: { definitions: [
      view('tint_list', 'opportunity', { shape: 'list', columns: ['name', 'account', 'amount', 'stage'] }, linked),
      view('tint_gallery', 'opportunity', { shape: 'gallery', card: ['account', 'amount'] }, linked),
      view('tint_calendar', 'project', { shape: 'calendar', from: 'starts', to: 'ends', card: [] }, named),
      view('tint_timeline', 'project', { shape: 'timeline', from: 'starts', to: 'ends', card: [] }, named),
    ] } });
    return { account, deal, project };
  });
  const find = (text) => page.getByLabel('Find in this view').fill(text);
  const both = async () => {
    for (const theme of ['dark', 'light']) {
      await page.evaluate((name) => { document.documentElement.dataset.theme = name; }, theme);
      await page.waitForTimeout(300); // Colours change over a moment.
      await axe();
    }
  };

  await step('a board gets a rule by hand, and its cards say which', async () => {
    await open({ route: '/records/opportunity?view=opportunity_board' });
    await find('Tinted');
    const card = page.locator('.card', { hasText: 'Tinted deal' });
    await card.waitFor();
    await page.getByRole('button', { name: 'Colour', exact: true }).click();
    const sheet = page.getByRole('dialog', { name: 'Colours' });
    await sheet.getByRole('button', { name: 'Green' }).click();
    await sheet.getByLabel('Field').selectOption('amount');
    await sheet.getByLabel('Comparison').selectOption('filled');
    await card.locator('.tint-word').waitFor();
    expect.equal('its hue', await card.getAttribute('data-hue'), 'green');
    expect('its word', /Amount/.test(await card.locator('.tint-word').textContent()));
    await page.keyboard.press('Escape');
    await both();
    await shots('tint board');
  });

  await step('cards of a gallery, by a linked record that changes its name', async () => {
    await open({ route: '/records/opportunity?view=tint_gallery' });
    await find('Tinted');
    const card = page.locator('.gallery__card', { hasText: 'Tinted deal' });
    await card.locator('.tint-word').waitFor();
    expect.equal('the amount', await card.locator('dd[data-hue]').count(), 1);
    await axe();
    await shots('tint gallery');
    await page.evaluate(({ account }) => perennial.update('account', account, { name: 'Plain & Sons' }), made);
    await card.locator('.tint-word').waitFor({ state: 'detached' });
  });

  await step('a row is coloured anew when the linked record changes', async () => {
    await open({ route: '/records/opportunity?view=tint_list' });
    const row = page.locator(`.grid__row[data-id="${made.deal}"]`);
    await find('Tinted');
    await row.waitFor();
    expect.equal('no hue', await row.getAttribute('data-hue'), null);
    await page.evaluate(({ account }) => perennial.update('account', account, { name: 'Tint again' }), made);
    await expect.soon('its hue', async () => await row.getAttribute('data-hue') === 'red');
  });

  await step('entries of a calendar and bars of a timeline', async () => {
    await open({ route: '/records/project?view=tint_calendar' });
    await find('Tinted');
    const entry = page.locator('.cal__bar', { hasText: 'Tinted project' }).first();
    await entry.locator('.tint-sign').waitFor();
    expect.equal('its hue', await entry.getAttribute('data-hue'), 'red');
    await axe();
    await shots('tint calendar');
    await open({ route: '/records/project?view=tint_timeline' });
    await find('Tinted');
    const bar = page.locator(`.gantt__bar[data-record="${made.project}"]`);
    await bar.locator('.tint-sign').waitFor();
    expect('said', /Tinted project[\s\S]*contains/.test(await bar.getAttribute('aria-label')));
    await both();
    await shots('tint timeline');
  });
}
