// What is not needed every day: folded away in the rail, opened by key, found by name, in both languages.
export default { name: 'more', run };

async function run({ page, open, step, expect, axe }) {
  await open();
  await page.evaluate(() => perennial.install('consultancy', { sample: false }));
  await open({ route: '/records/lead' });
  const rail = page.getByRole('navigation', { name: 'Main' });
  const more = rail.locator('summary', { hasText: 'More' });
  const link = (name) => rail.getByRole('link', { name, exact: true });

  await step('only what is needed every day stands open', async () => {
    await link('Leads').waitFor();
    expect('few links', await rail.locator('.rail__item:visible').count() < 22);
    expect.equal('products', await link('Products').isVisible(), false);
    await axe();
  });

  await step('the rest is opened by key', async () => {
    await more.focus();
    await page.keyboard.press('Enter');
    await link('Products').waitFor();
    expect.equal('lines of others', await rail.getByRole('link', { name: 'Quote lines' }).count(), 0);
    await axe();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.getByRole('grid').or(page.locator('.empty')).first().waitFor();
    expect('the fold stays open where one is in it', await link('Products').isVisible());
    expect.equal('the place', await rail.locator('.rail__more [aria-current=page]').count(), 1);
  });

  await step('it closes when one leaves it, and opens where one comes back', async () => {
    await link('Leads').click();
    await expect.soon('the fold is shut', async () => !(await link('Products').isVisible()));
    await open({ route: '/records/product' });
    await link('Products').waitFor();
  });

  await step('the search finds what is folded away', async () => {
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox').fill('invoices');
    await page.getByRole('option', { name: /^Invoices/ }).first().waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Invoices' }).first().waitFor();
  });

  await step('and in Chinese', async () => {
    await page.evaluate(() => localStorage.setItem('perennial.language', 'zh-CN'));
    await page.reload();
    const chinese = page.getByRole('navigation').first();
    await chinese.locator('summary', { hasText: '更多' }).waitFor();
    await chinese.getByRole('link', { name: '发票', exact: true }).waitFor();
    await axe();
  });

  await step('a folded rail has no room for it', async () => {
    await page.evaluate(() => localStorage.setItem('perennial.rail', 'folded'));
    await page.reload();
    await page.locator('.rail__item').first().waitFor();
    expect.equal('the fold', await page.locator('.rail__more').isVisible(), false);
  });
}
