// Groups of a list as a newcomer meets them: gathered by a field, folded, walked by keyboard, a second level, what they come to.
export default { name: 'groups of a list', run };

async function run({ page, open, step, expect, axe }) {
  await open();
  await page.evaluate(() => perennial.install('consultancy', { sample: true }));
  const grid = page.locator('.grid');
  const lines = async () => Number(await grid.getAttribute('aria-rowcount')) - 2;
  const heads = page.locator('.grid__body [data-group]');

  await step('opens the opportunities', async () => {
    await open({ route: '/records/opportunity?view=opportunity_all' });
    await grid.waitFor();
  });
  const count = await lines();

  await step('groups by the stage', async () => {
    await page.getByRole('button', { name: 'Group', exact: true }).click();
    const sheet = page.getByRole('dialog', { name: 'Group' });
    await sheet.getByLabel('Field').first().selectOption('stage');
    await page.keyboard.press('Escape');
    await heads.first().waitFor();
    expect.equal('the role', await grid.getAttribute('role'), 'treegrid');
    expect('a head beside each group', await lines() > count);
    await axe();
  });

  await step('the heads say how many and how much', async () => {
    const counts = await page.evaluate(() => [...document.querySelectorAll('.grid__body [data-group] .gathered__count')].map((it) => Number(it.textContent)));
    expect('counts', counts.length > 0 && counts.every((it) => it > 0));
    expect('sums', await page.locator('.grid__body [data-group] .gathered__figure').count() > 0);
  });

  await step('folds and opens by click', async () => {
    const before = await lines();
    await heads.first().locator('.gathered').click();
    await expect.soon('fewer lines', async () => await lines() < before);
    expect.equal('folded', await heads.first().getAttribute('aria-expanded'), 'false');
    await heads.first().locator('.gathered').click();
    await expect.soon('all lines', async () => await lines() === before);
  });

  await step('folds all, walks and opens one by keyboard', async () => {
    await page.getByRole('button', { name: /^By / }).click();
    await page.getByRole('button', { name: 'Collapse all' }).click();
    await page.keyboard.press('Escape');
    const folded = await lines();
    expect.equal('only heads', await heads.count(), folded);
    await heads.first().locator('.gathered').focus();
    await page.keyboard.press('ArrowDown');
    await expect.soon('the second head', () => page.evaluate(() => document.activeElement.parentElement === document.querySelectorAll('.grid__body [data-group]')[1]));
    await page.keyboard.press('ArrowRight');
    await expect.soon('it opens', async () => await lines() > folded);
    await page.keyboard.press('ArrowRight');
    await expect.soon('its first record', () => page.evaluate(() => Boolean(document.activeElement.closest('[data-id]'))));
    await page.keyboard.press('ArrowUp');
    await expect.soon('back at the head', () => page.evaluate(() => Boolean(document.activeElement.closest('[data-group]'))));
    await page.keyboard.press('ArrowLeft');
    await expect.soon('it folds', async () => await lines() === folded);
  });

  await step('adds a level by month from the menu of a column', async () => {
    await page.getByRole('button', { name: /^By / }).click();
    await page.getByRole('button', { name: 'Expand all' }).click();
    await page.getByRole('button', { name: 'Add a level' }).click();
    const sheet = page.getByRole('dialog', { name: 'Group' });
    await sheet.getByLabel('Field').nth(1).selectOption('expected_close');
    await sheet.getByLabel('How coarse').selectOption({ label: 'by quarter' });
    await page.keyboard.press('Escape');
    await expect.soon('groups within groups', async () => await page.locator('.grid__body [data-group][aria-level="2"]').count() > 0);
    expect('a quarter', /Q[1-4] 20\d\d|No /.test(await page.locator('.grid__body [data-group][aria-level="2"]').first().innerText()));
  });

  await step('the head of the group stays on top while scrolling', async () => {
    await grid.evaluate((it) => { it.scrollTop = 400; });
    await expect.soon('a head that stays', async () => await page.locator('.grid__stuck .gathered__name').count() > 0);
    await grid.evaluate((it) => { it.scrollTop = 0; });
  });

  await step('it is still so after a reload, and can be dropped', async () => {
    await page.reload();
    await heads.first().waitFor();
    await page.getByRole('button', { name: 'Reset' }).click();
    await expect.soon('no groups', async () => await heads.count() === 0 && await lines() === count);
  });
}
