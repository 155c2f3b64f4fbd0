// The phone in one hand: a list is browsed, two records are ticked and changed together, one is opened and edited, a card is
// moved, and a new record is made, all by touch.
const PHONE = { width: 390, height: 844 };

export default { name: 'by touch', timeout: 30_000, context: { hasTouch: true, viewport: PHONE }, run };

async function run({ page, context, open, step, expect, axe }) {
  const show = (route) => open({ route, ...PHONE });
  await open({ ...PHONE });
  await page.evaluate(() => perennial.install('consultancy', { sample: true }));
  const finger = await context.newCDPSession(page);
  const rest = async (locator, milliseconds) => {
    const box = await locator.boundingBox();
    await finger.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [{ x: box.x + 40, y: box.y + box.height / 2 }] });
    await page.waitForTimeout(milliseconds);
    await finger.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
  };
  const both = async () => {
    for (const theme of ['dark', 'light']) {
      await page.evaluate((name) => { document.documentElement.dataset.theme = name; }, theme);
      await page.waitForTimeout(300); // Colours change over a moment.
      await axe();
    }
  };
  const row = (at) => page.locator('.grid__body > [role=row]').nth(at);
  const name = (at) => row(at).locator('[data-col="1"]');
  const ticked = () => page.locator('.grid__body > [aria-selected=true]').count();

  await step('the list is browsed', async () => {
    await show('/records/lead');
    await page.getByRole('grid').waitFor();
    await page.locator('.grid').evaluate((grid) => { grid.scrollTop = 4000; });
    await expect.soon('other rows', async () => Number(await row(0).getAttribute('aria-rowindex')) > 20);
    await page.locator('.grid').evaluate((grid) => { grid.scrollTop = 0; });
    await expect.soon('the first rows', async () => await row(0).getAttribute('aria-rowindex') === '2');
    await both();
  });

  await step('a tap beside the drawer closes it and does nothing else; so does Escape', async () => {
    const drawer = page.getByRole('navigation', { name: 'Main', exact: true });
    const more = page.locator('#dock-more');
    const address = page.url();
    for (const close of [() => page.touchscreen.tap(370, 420), () => page.keyboard.press('Escape')]) {
      await more.tap();
      await drawer.waitFor();
      expect('the page behind cannot be reached', await page.locator('.stage').evaluate((stage) => stage.inert));
      await close();
      await drawer.waitFor({ state: 'hidden' });
      await expect.soon('the focus on the button', () => more.evaluate((button) => button === document.activeElement));
      expect.equal('what else happened', await page.locator('.popover:popover-open, aside.panel').count(), 0);
      expect.equal('the address', page.url(), address);
      expect('the page is back', !(await page.locator('.stage').evaluate((stage) => stage.inert)));
    }
  });

  await step('a resting finger takes a cell, from where its row is ticked, and then a tap ticks', async () => {
    await rest(name(1), 700);
    await page.getByRole('toolbar', { name: 'With these cells' }).getByRole('button', { name: 'Select the rows' }).tap();
    await page.getByText('1 selected').waitFor();
    expect.equal('panels', await page.locator('aside.panel').count(), 0);
    await name(2).tap();
    await page.getByText('2 selected').waitFor();
    expect.equal('ticked rows', await ticked(), 2);
    await both();
  });

  await step('both are changed together', async () => {
    const ids = await page.locator('.grid__body > [aria-selected=true]').evaluateAll((rows) => rows.map((one) => one.dataset.id));
    await page.getByRole('button', { name: 'Change…' }).tap();
    await page.getByLabel('Field', { exact: true }).selectOption({ label: 'City' });
    await page.getByLabel('New value').fill('Touchville');
    await both();
    await page.getByRole('button', { name: 'Change 2 records' }).tap();
    await expect.soon('the value in both', () => page.evaluate((wanted) => wanted.every((id) => perennial.get('lead', id).city === 'Touchville'), ids));
    await page.getByRole('button', { name: 'Clear the selection' }).tap();
    expect.equal('the bar', await page.getByRole('toolbar', { name: 'With the selected' }).count(), 0);
    expect.equal('ticked rows', await ticked(), 0);
  });

  await step('a button does the same without it', async () => {
    await page.getByRole('button', { name: 'Select', exact: true }).tap();
    await page.getByText('0 selected').waitFor();
    await name(0).tap();
    await page.getByText('1 selected').waitFor();
    await page.getByRole('button', { name: 'Select', exact: true }).tap();
    expect.equal('ticked rows', await ticked(), 0);
  });

  await step('a record is opened and edited', async () => {
    await name(0).locator('a').tap();
    const panel = page.locator('aside.panel');
    await panel.waitFor();
    await panel.getByRole('button', { name: /^Edit Title/ }).tap();
    await panel.getByLabel('Title', { exact: true }).fill('Thumb');
    await page.keyboard.press('Enter');
    await panel.getByText('Thumb').first().waitFor();
    await both();
    await panel.getByRole('button', { name: 'Close' }).tap();
    await panel.waitFor({ state: 'detached' });
  });

  await step('a card is moved', async () => {
    await show('/records/opportunity');
    // There is room for few tabs; the others are in a menu.
    await page.getByRole('button', { name: /^More views/ }).tap();
    await page.locator('[role^=menuitem]').filter({ hasText: 'Pipeline' }).tap();
    const card = page.locator('.card[data-key]').first();
    await card.waitFor();
    const key = await card.getAttribute('data-key');
    const zone = () => page.evaluate((id) => document.querySelector(`.card[data-key="${id}"]`)?.closest('[data-zone]')?.dataset.zone, key);
    const from = await zone();
    await card.locator('.card__more').tap();
    const menu = page.getByRole('menu', { name: 'Move to…' });
    await menu.waitFor();
    await both();
    await menu.locator('[role=menuitemradio]').nth(1).tap();
    await expect.soon('the card in the next column', async () => await zone() !== from);
    await page.locator('.toast').getByRole('button', { name: 'Undo' }).tap();
    await expect.soon('the card back', async () => await zone() === from);
  });

  await step('a record is made', async () => {
    await show('/records/lead');
    await page.getByRole('button', { name: 'New lead' }).tap();
    const form = page.getByRole('dialog', { name: 'New lead' });
    await form.getByLabel(/^Name/).fill('Finger Tip');
    await both();
    await form.getByRole('button', { name: 'Create' }).tap();
    await page.locator('.toast').getByText('Finger Tip').waitFor();
    expect.equal('new leads', await page.evaluate(() => perennial.find('lead', { where: { field: 'name', is: 'equals', value: 'Finger Tip' } }).length), 1);
  });
}
