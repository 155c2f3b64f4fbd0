// Undo and redo as one relies on them: over a reload, and for something large that was undone by a slip of the hand.
export default { name: 'undo over a reload', run };

async function run({ page, open, step, expect }) {
  await open();
  await page.evaluate(() => perennial.install('consultancy', { sample: false }));
  const { id } = await page.evaluate(() => perennial.create('account', { name: 'Before the reload' }));
  const there = () => page.evaluate((record) => perennial.find('account', {}).some((row) => row.id === record), id);
  await open({ route: '/records/account' });

  await step('undoes, reloads, and redoes', async () => {
    await page.getByRole('link', { name: 'Before the reload' }).waitFor();
    await page.getByRole('button', { name: 'Undo' }).first().click();
    await page.getByRole('link', { name: 'Before the reload' }).waitFor({ state: 'detached' });
    await page.waitForFunction(() => perennial.ready);
    await open({ route: '/records/account', query: '?again' });
    await expect.soon('the button that redoes', () => page.getByRole('button', { name: 'Redo' }).first().isEnabled());
    await page.getByRole('button', { name: 'Redo' }).first().click();
    await page.getByRole('link', { name: 'Before the reload' }).waitFor();
    expect('the same record to be back', await there());
  });

  await step('says what was undone, and offers to do it again', async () => {
    const messages = page.getByRole('region', { name: 'Messages' });
    await page.evaluate((record) => perennial.update('account', record, { employees: '40' }), id);
    await page.keyboard.press('Control+z');
    await messages.getByText('Undone: changed Employees of account “Before the reload”').waitFor();
    await messages.getByRole('button', { name: 'Redo' }).click();
    await messages.getByText('Done again: changed Employees of account “Before the reload”').waitFor();
    await expect.soon('the change', () => page.evaluate((record) => perennial.get('account', record).employees === '40', id));
    await messages.getByRole('button', { name: 'Undo' }).click();
    await messages.getByText('Undone: changed Employees').waitFor();
  });

  await step('a creation can be taken back from its own message', async () => {
    await page.getByRole('button', { name: 'New account' }).click();
    await page.getByRole('textbox', { name: 'Account name' }).fill('Made by a slip');
    await page.getByRole('button', { name: 'Create' }).click();
    const toast = page.getByRole('status').filter({ hasText: 'Made by a slip created' });
    await toast.getByRole('button', { name: 'Open' }).waitFor();
    await toast.getByRole('button', { name: 'Undo' }).click();
    await page.getByText('Undone: created account “Made by a slip”').waitFor();
    await page.getByRole('link', { name: 'Made by a slip' }).waitFor({ state: 'detached' });
  });

  await step('what has been done since cannot be redone over', async () => {
    await page.evaluate(() => perennial.undo());
    await page.evaluate(() => perennial.create('account', { name: 'Something else' }));
    await open({ route: '/records/account', query: '?more' });
    await page.getByRole('link', { name: 'Something else' }).waitFor();
    const refused = await page.evaluate(() => perennial.redo().then(() => null, ({ code }) => code));
    expect.equal('the refusal', refused, 'nothing-to-redo');
    expect('the record stays away', !(await there()));
  });

  await step('refuses to undo what is no batch', async () => {
    for (const odd of [null, 0, -1, true, [], {}, 'not a batch']) {
      const code = await page.evaluate((given) => perennial.undo(given).then(() => null, (refusal) => refusal.code), odd);
      expect(`undo(${JSON.stringify(odd)}) to be refused`, code);
    }
    await page.getByRole('link', { name: 'Something else' }).waitFor();
  });
}
