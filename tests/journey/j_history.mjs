// Undo as a place: a large step is undone long after, from the history, and what was done since stays.
export default { name: 'history: undo long after', run, timeout: 15_000 };

async function run({ page, open, step, expect, axe, shots }) {
  await open();
  await page.evaluate(() => perennial.install('consultancy', { sample: false }));
  const people = await page.evaluate(() => perennial.find('user', { fields: ['name'] }).slice(0, 3));
  const [first, second, third] = people;
  await page.evaluate(async (owner) => {
    const rows = Array.from({ length: 300 }, (_, n) => `Lead ${String(n).padStart(3, '0')},${owner}`).join('\n');
    await perennial.import({ entity: 'lead', text: `Name,Owner\n${rows}\n`, mapping: { Name: 'name', Owner: 'owner' } });
  }, first.name);
  const owners = () => page.evaluate(() => {
    const counts = {};
    for (const { owner } of perennial.find('lead', { fields: ['owner'] })) counts[owner] = (counts[owner] ?? 0) + 1;
    return counts;
  });
  expect.equal('leads of the first', (await owners())[first.id], 300);

  await step('hands all three hundred leads to somebody else', async () => {
    await open({ route: '/records/lead', query: '?list' });
    const grid = page.getByRole('grid');
    await grid.waitFor();
    await grid.getByRole('gridcell').nth(1).click();
    // All cells first, then all records.
    await page.keyboard.press('Control+a');
    await page.keyboard.press('Control+a');
    const bar = page.getByRole('toolbar', { name: 'With the ticked records' });
    await page.getByText('300 selected').waitFor();
    await page.getByRole('button', { name: 'Change…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Change 300 records' });
    await dialog.getByLabel('Field', { exact: true }).selectOption('owner');
    await dialog.getByLabel('New value').fill(second.name);
    await page.getByRole('option', { name: second.name }).first().click();
    await page.getByRole('button', { name: 'Change 300 records' }).click();
    await expect.soon('all of them handed over', async () => (await owners())[second.id] === 300);
    void bar;
  });

  await step('goes on working: three more steps', async () => {
    await page.evaluate(async ([third]) => {
      const [one, two] = perennial.find('lead', { fields: ['name'], sort: 'name', limit: 2 });
      await perennial.update('lead', one.id, { city: 'Shanghai' });
      await perennial.update('lead', two.id, { owner: third });
      await perennial.create('account', { name: 'Made meanwhile' });
    }, [third.id]);
  });

  await step('finds the step in the history', async () => {
    await page.getByRole('navigation', { name: 'Main', exact: true }).getByRole('link', { name: 'History' }).click();
    await page.getByRole('heading', { name: 'History', level: 1 }).waitFor();
    await page.getByRole('heading', { name: 'Today' }).waitFor();
    await page.getByRole('searchbox', { name: 'Search words and names' }).fill('changed 300 leads');
    const line = page.getByRole('listitem').filter({ hasText: /(?<!this step: )changed 300 leads/ });
    await line.waitFor();
    expect.equal('lines that match', await page.locator('.commit').count(), 1);
    await axe();
    await line.getByRole('button', { name: /Undo…/ }).click();
  });

  const dialog = page.getByRole('dialog', { name: 'Undo this step?' });
  await step('sees what goes back, and what has changed since', async () => {
    await dialog.getByText('299 leads get earlier values').waitFor();
    await dialog.getByText('1 thing has changed since').waitFor();
    await dialog.getByText('Lead 001').waitFor();
    await dialog.getByText(third.name).first().waitFor();
    await dialog.getByText(first.name).first().waitFor();
    expect('leaving it alone is chosen', await dialog.getByRole('radio', { name: /Leave them/ }).isChecked());
    await axe();
    await shots('history-undo');
  });

  await step('undoes it, and the three others stay', async () => {
    await dialog.getByRole('button', { name: 'Undo it' }).click();
    await dialog.waitFor({ state: 'hidden' });
    await expect.soon('the leads back', async () => (await owners())[first.id] === 299);
    const now = await owners();
    expect.equal('the one that was changed since', now[third.id], 1);
    const rest = await page.evaluate(() => [
      perennial.find('lead', { where: { field: 'city', is: 'equals', value: 'Shanghai' } }).length,
      perennial.find('account', { where: { field: 'name', is: 'equals', value: 'Made meanwhile' } }).length,
    ]);
    expect.equal('what was done meanwhile', rest, [1, 1]);
  });

  await step('the undoing is a step itself, and can be done again later', async () => {
    await page.getByRole('searchbox').fill('');
    const line = page.getByRole('listitem').filter({ hasText: /undid (a|this) step/ });
    await line.waitFor();
    await page.getByRole('listitem').filter({ hasText: /(?<!this step: )changed 300 leads/ }).filter({ hasText: 'Undone' }).waitFor();
    await line.getByRole('button', { name: /Redo…/ }).click();
    const again = page.getByRole('dialog', { name: 'Do this again?' });
    await again.getByText('Nothing of it has changed since').waitFor();
    await again.getByRole('button', { name: 'Do it again' }).click();
    await expect.soon('handed over again', async () => (await owners())[second.id] === 299);
  });

  await step('takes back later changes too, when asked to', async () => {
    const line = page.getByRole('listitem').filter({ hasText: /(?<!this step: )changed 300 leads/ });
    await line.getByRole('button', { name: /Undo…/ }).click();
    await dialog.getByRole('radio', { name: /Take them back too/ }).check();
    await dialog.getByRole('button', { name: 'Undo it' }).click();
    await expect.soon('all of them back', async () => (await owners())[first.id] === 300);
  });

  await step('an import is one line, and is undone as one', async () => {
    const line = page.getByRole('listitem').filter({ hasText: /(?<!this step: )imported 300 leads/ });
    await line.getByRole('button', { name: /Undo…/ }).click();
    await dialog.getByText(/changed since/).first().waitFor();
    await dialog.getByRole('radio', { name: /Take them back too/ }).check();
    await dialog.getByRole('button', { name: 'Undo it' }).click();
    await expect.soon('no lead left', async () => !Object.keys(await owners()).length);
  });

  await step('filters by kind and shows the details of a step', async () => {
    await page.getByRole('combobox', { name: 'Any kind' }).selectOption({ label: 'Undo and redo' });
    await expect.soon('only turns', async () => (await page.locator('.commit').allInnerTexts()).every((text) => /(un|re)did (a|this) step/.test(text)));
    await page.getByRole('button', { name: 'Show everything' }).click();
    await page.getByRole('button', { name: /^(?!Undo).*created account/ }).click();
    const details = page.getByRole('dialog', { name: 'Details' });
    await details.getByRole('link', { name: 'Made meanwhile' }).click();
    await page.getByRole('heading', { name: 'Made meanwhile' }).first().waitFor();
  });
}
