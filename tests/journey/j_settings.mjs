// Settings as a place: who works here, who is acting, rates, backup, and emptying the workspace; the rail as one wants it.
export default { name: 'settings and people', run };

async function run({ page, open, step, expect, axe, shots }) {
  await open();
  await page.evaluate(() => perennial.install('consultancy', { sample: false }));
  await open({ route: '/settings', query: '?settings' });
  const sections = page.getByRole('navigation', { name: 'Parts of the settings' });
  const rail = page.getByRole('navigation', { name: 'Main', exact: true });

  await step('names the workspace, and takes that back', async () => {
    const name = page.getByRole('textbox', { name: 'Name' });
    await name.fill('Northern Lights');
    await name.press('Tab');
    await rail.getByText('Northern Lights').waitFor();
    await page.getByRole('status').filter({ hasText: 'Workspace settings changed' }).getByRole('button', { name: 'Undo' }).click();
    await rail.getByText('Foresight Consulting').waitFor();
    const code = page.getByRole('textbox', { name: 'Calling code' });
    await code.fill('no');
    await code.press('Tab');
    await page.getByRole('alert').filter({ hasText: 'One to four digits' }).waitFor();
    await axe();
  });

  await step('adds a rate, and totals in two currencies are shown as one', async () => {
    await page.evaluate(async () => {
      await perennial.create('opportunity', { name: 'Here', amount: '1000' });
      await perennial.create('opportunity', { name: 'There', amount: '100.00 USD' });
    });
    await page.getByRole('button', { name: 'Add a rate' }).click();
    // To some more than a thousand, to others little more than one: it is not taken for either.
    await page.getByRole('textbox', { name: 'Worth of 1 USD' }).fill('1,350');
    await page.getByRole('alert').filter({ hasText: 'Write the rate with a point' }).waitFor();
    expect.equal('not to be saved', await page.getByRole('button', { name: 'Save rates' }).getAttribute('aria-disabled'), 'true');
    await page.getByRole('textbox', { name: 'Worth of 1 USD' }).fill('7.1');
    await page.getByRole('alert').filter({ hasText: 'Write the rate with a point' }).waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Save rates' }).click();
    await page.getByRole('button', { name: 'Save rates' }).waitFor({ state: 'detached' });
    await open({ route: '/records/opportunity', query: '?rates' });
    await page.getByText('≈ ¥1,710').first().waitFor();
  });

  await step('people have a section of their own, with an address', async () => {
    await open({ route: '/settings/people', query: '?people' });
    await page.getByRole('heading', { name: 'People', level: 2 }).waitFor();
    await page.getByRole('searchbox', { name: 'Find a person' }).fill('zzz');
    await page.getByText('Nobody of that name').waitFor();
    await page.getByRole('searchbox', { name: 'Find a person' }).fill('');
    await page.getByRole('button', { name: 'New user' }).click();
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Newcomer');
    await page.getByRole('button', { name: 'Create' }).click();
    await page.getByRole('link', { name: 'Newcomer' }).waitFor();
    await axe();
    await shots('settings people');
  });

  await step('acts as somebody else, found by a few letters; what is done is signed with that name', async () => {
    await rail.getByRole('button', { name: /Acting as/ }).click();
    const dialog = page.getByRole('dialog', { name: 'Act as' });
    await dialog.getByRole('combobox', { name: 'Find a person' }).fill('newc');
    await axe();
    await page.keyboard.press('Enter');
    await rail.getByRole('button', { name: 'Acting as Newcomer' }).waitFor();
    await page.evaluate(() => perennial.create('account', { name: 'Signed' }));
    await rail.getByRole('link', { name: 'History' }).click();
    await page.getByRole('listitem').filter({ hasText: 'Newcomer created account “Signed”' }).waitFor();
    await page.getByRole('combobox', { name: 'Anybody' }).selectOption({ label: 'Newcomer' });
    await expect.soon('only their steps', async () => (await page.locator('.commit').count()) === 1);
  });

  await step('nobody comes to stand above themselves', async () => {
    const refusal = await page.evaluate(async () => {
      const [one] = perennial.find('user', { where: { field: 'name', is: 'equals', value: 'Newcomer' } });
      const below = await perennial.create('user', { name: 'Below', manager: one.id });
      return perennial.update('user', one.id, { manager: below.id }).then(() => null, ({ code, message }) => ({ code, message }));
    });
    expect.equal('the refusal', refusal.code, 'stands-above-itself');
    expect('a clear sentence', /Newcomer/.test(refusal.message));
  });

  await step('deactivates a person, who is offered no more', async () => {
    await open({ route: '/settings/people', query: '?retire' });
    const active = () => page.evaluate(() => perennial.find('user', { fields: ['active'] }).filter(({ active }) => active !== false).length);
    const before = await active();
    const own = page.getByRole('button', { name: /^Deactivate Newcomer/ });
    expect.equal('oneself', await own.getAttribute('aria-disabled'), 'true');
    await page.getByRole('button', { name: 'Deactivate Below' }).dblclick();
    await page.getByRole('button', { name: 'Activate Below', exact: true }).waitFor();
    await page.getByRole('status').filter({ hasText: '“Below” deactivated' }).getByRole('button', { name: 'Undo' }).waitFor();
    await expect.soon('one person less', async () => await active() === before - 1);
    expect.equal('the focus', await page.evaluate(() => document.activeElement.ariaLabel), 'Activate Below');
    await rail.getByRole('button', { name: /Acting as/ }).click();
    await page.getByRole('option', { name: 'Newcomer' }).waitFor();
    expect('not among those who may act', !(await page.getByRole('option', { name: 'Below' }).count()));
    await page.keyboard.press('Escape');
  });

  await step('teams stand in a tree', async () => {
    const first = await page.evaluate(() => perennial.find('team', { fields: ['name'] })[0].name);
    await page.getByRole('button', { name: `New below ${first}` }).click();
    await page.getByRole('textbox', { name: 'Team name' }).fill('Night shift');
    await page.getByRole('button', { name: 'Create' }).click();
    await page.getByRole('listitem').filter({ hasText: first }).getByRole('link', { name: 'Night shift' }).first().waitFor();
  });

  await step('arranges the rail, and it stays so', async () => {
    await rail.getByRole('button', { name: 'Arrange sidebar' }).click();
    const dialog = page.getByRole('dialog', { name: 'Arrange the sidebar' });
    await dialog.getByRole('button', { name: 'Pin Tasks' }).click();
    await dialog.getByRole('button', { name: 'Hide Campaigns' }).click();
    await dialog.getByRole('button', { name: 'Move Opportunities down' }).click();
    await axe();
    await dialog.getByRole('button', { name: 'Done' }).click();
    await open({ route: '/settings', query: '?arranged' });
    await rail.getByText('Pinned').waitFor();
    const names = await rail.locator('.rail__scroll > .rail__group[open] .rail__item > span:first-of-type').allInnerTexts();
    expect.equal('the first', names[0], 'Tasks');
    expect('the opportunities below the accounts', names.indexOf('Opportunities') > names.indexOf('Accounts'));
    expect('no campaigns among them', !names.includes('Campaigns'));
  });

  await step('a saved backup is remembered', async () => {
    await sections.getByRole('link', { name: 'Storage and backup' }).click();
    await page.getByText('Never', { exact: true }).waitFor();
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Save', exact: true }).click()]);
    expect('a file', /^perennial-.*\.perennial$/.test(download.suggestedFilename()));
    await page.getByText('just now').waitFor();
    await axe();
  });

  await step('empties the workspace only when its name is typed', async () => {
    await page.getByRole('button', { name: 'Empty…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Empty the workspace?' });
    const act = dialog.getByRole('button', { name: 'Empty it' });
    expect.equal('nothing happens yet', await act.getAttribute('aria-disabled'), 'true');
    await dialog.getByRole('textbox').fill('Foresight Consulting');
    await axe();
    await act.click();
    await page.getByRole('button', { name: 'Start empty' }).waitFor();
    await open({ query: '?emptied' });
    await page.getByRole('button', { name: 'Start empty' }).waitFor();
    expect('no word of a loss', !(await page.getByText(/lost|gone/i).count()));
  });

  await step('who starts empty gives a name and stands alone', async () => {
    await page.getByRole('button', { name: 'Start empty' }).click();
    await page.getByRole('button', { name: 'Start', exact: true }).click();
    await page.getByRole('alert').filter({ hasText: 'signed with your name' }).waitFor();
    await axe();
    await shots('first run name');
    await page.getByLabel('Your name').fill('Ann Lee');
    await page.keyboard.press('Enter');
    await rail.getByText('Ann Lee’s workspace').waitFor();
    await page.getByRole('button', { name: /Acting as/ }).filter({ hasText: 'Ann Lee' }).waitFor();
    expect.equal('people', await page.evaluate(() => perennial.find('user', {}).map(({ name }) => name)), ['Ann Lee']);
    const { id } = await page.evaluate(() => perennial.create('lead', { name: '李雷', title: '销售总监', company_size: '620', source: '官网' }));
    const owner = await page.evaluate((lead) => perennial.get('lead', lead).owner, id);
    expect('nobody else is assigned', !owner || owner === (await page.evaluate(() => perennial.find('user', {})[0].id)));
  });
}
