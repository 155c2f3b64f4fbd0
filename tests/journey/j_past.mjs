// A record as it was: step through its moments, see what differs, bring earlier values back, undo that.
export default { name: 'past: a record as it was', run };

async function run({ page, open, step, expect, axe, shots }) {
  await open();
  await page.evaluate(() => perennial.install('consultancy', { sample: false }));
  const { id } = await page.evaluate(() => perennial.create('account', { name: 'Old name', employees: '40' }));
  await page.evaluate(async (record) => {
    await perennial.update('account', record, { name: 'New name', employees: '400' });
    await perennial.update('account', record, { website: 'https://example.com' });
  }, id);
  const held = () => page.evaluate((record) => perennial.get('account', record), id);
  await open({ route: `/record/account/${id}`, query: '?past' });

  await step('opens the earlier versions from the record', async () => {
    await page.getByRole('heading', { name: 'New name' }).waitFor();
    await page.getByRole('button', { name: 'More' }).first().click();
    await page.getByRole('menuitem', { name: 'Earlier versions' }).click();
    await page.getByRole('heading', { name: 'As it was' }).waitFor();
    await page.getByText(/^As of /).first().waitFor();
  });

  await step('goes back to the beginning, and sees what differs', async () => {
    const earlier = page.getByRole('button', { name: 'Earlier', exact: true });
    await earlier.click();
    await expect.soon('the end of the way', async () => (await earlier.getAttribute('aria-disabled')) === 'true');
    const fact = page.getByRole('listitem').filter({ hasText: 'Account name' }).first();
    await fact.getByText('Old name').waitFor();
    await fact.getByText('New name').waitFor();
    expect('the address names the moment', /after=/.test(page.url()));
    await axe();
    await shots('past');
  });

  await step('keys and the list of moments go there as well', async () => {
    await page.getByRole('complementary', { name: 'Moments' }).getByRole('button').first().click();
    await page.getByText('Nothing differs from now').waitFor();
    expect('nothing to restore now', !(await page.getByRole('button', { name: 'Restore these values' }).count()));
    await page.getByRole('complementary', { name: 'Moments' }).getByRole('button').last().click();
    await page.getByText(/fields differ from now/).waitFor();
  });

  await step('restores the values, and takes that back', async () => {
    await page.getByRole('button', { name: 'Restore these values' }).click();
    await page.getByRole('heading', { name: 'Old name' }).waitFor();
    const now = await held();
    expect.equal('the values', [now.name, now.employees], ['Old name', '40']);
    expect('the website is blank again', !now.website);
    await page.getByRole('status').filter({ hasText: 'Earlier values are back' }).getByRole('button', { name: 'Undo' }).click();
    await expect.soon('the later values', async () => (await held()).employees === '400');
  });

  await step('sees a record that is gone', async () => {
    await page.evaluate((record) => perennial.dispatch({ remove_records: { records: [record] } }), id);
    await open({ route: `/past/account/${id}`, query: '?gone' });
    await page.getByText('The record is gone now').waitFor();
    await page.getByText('New name').first().waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('heading', { name: 'History', level: 1 }).waitFor();
  });
}
