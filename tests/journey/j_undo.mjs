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
