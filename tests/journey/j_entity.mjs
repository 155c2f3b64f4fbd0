// A newcomer builds an entity of ten fields of ten kinds, works with it everywhere, and turns a text into a number and back.
export default { name: 'entity designer', run };

async function run({ page, open, step, expect, axe }) {
  await open();
  await page.evaluate(() => perennial.install('consultancy', {}));
  const palette = page.getByRole('complementary', { name: 'Add a field' });
  const inspector = page.getByRole('complementary', { name: 'Settings of what is chosen' });
  const canvas = page.getByRole('region', { name: 'Fields by section' });
  const schema = () => page.evaluate(() => perennial.schema().entities.find((it) => it.id === 'channel_partner'));
  const fields = async () => (await schema()).fields.map((it) => it.id);
  const add = async (kind, name) => {
    await palette.getByRole('button', { name: kind, exact: true }).click();
    const input = inspector.getByLabel('Name in English');
    await expect.soon(`the name of the ${kind} waits to be typed over`, () => input.evaluate((it) => it === document.activeElement));
    await page.keyboard.type(name);
    await page.keyboard.press('Tab');
    await canvas.getByRole('button', { name: new RegExp(`^${name}`) }).waitFor();
  };

  await step('makes an entity in a minute', async () => {
    await page.getByRole('link', { name: 'Entities' }).click();
    await page.getByRole('heading', { name: 'Entities' }).waitFor();
    await page.getByRole('button', { name: 'New entity…' }).click();
    const dialog = page.getByRole('dialog', { name: 'New entity' });
    await dialog.getByLabel('Name in English').fill('Channel partner');
    await dialog.getByLabel('Name in Chinese').fill('渠道合作伙伴');
    await dialog.getByRole('radio', { name: 'handshake', exact: true }).check();
    await axe();
    await dialog.getByRole('button', { name: 'Create' }).click();
    await page.getByRole('heading', { name: 'Channel partners' }).waitFor();
    await page.getByRole('link', { name: /^Channel partners/ }).first().waitFor();
  });

  await step('adds fields of nine more kinds', async () => {
    await add('Choice', 'Tier');
    await inspector.getByLabel('Add an option').fill('Gold');
    await page.keyboard.press('Enter');
    await inspector.getByText('Paste lines').click();
    await inspector.getByLabel('One option a line').fill('银牌 | Silver\n铜牌 | Bronze');
    await inspector.getByRole('button', { name: 'Add these' }).click();
    await expect.soon('three options', async () => await inspector.getByLabel('Option in English').count() === 3);
    await add('Date', 'Signed on');
    await add('Money', 'Deposit');
    await add('Percent', 'Commission');
    await add('Phone', 'Hotline');
    await add('E-mail', 'Mailbox');
    await add('Yes or no', 'Exclusive');
    await add('Link to a record', 'Account');
    await inspector.locator('summary.input').click();
    await add('Text', 'Staff');
    await add('Formula', 'Share');
    const formula = inspector.getByRole('combobox', { name: 'Formula', exact: true });
    await formula.fill('=deposit*nothing/100');
    await inspector.locator('.field__error').first().waitFor();
    await formula.fill('=deposit*commission/100');
    await formula.blur();
    await expect.soon('it says itself what it gives', async () => await inspector.getByLabel('Gives').inputValue() === 'money');
    expect.equal('readable ids', await fields(), ['name', 'tier', 'signed_on', 'deposit', 'commission', 'hotline', 'mailbox', 'exclusive', 'account', 'staff', 'share']);
    await axe();
  });

  await step('moves a field by keyboard and by mouse', async () => {
    await canvas.getByRole('button', { name: /^Staff/ }).focus();
    await page.keyboard.press('Space');
    for (let at = 0; at < 8; at += 1) await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Enter');
    await expect.soon('it is second', async () => (await fields())[1] === 'staff');
    const from = await canvas.locator('[data-key="hotline"]').boundingBox();
    const to = await canvas.locator('[data-key="deposit"]').boundingBox();
    await page.mouse.move(from.x + 8, from.y + 14);
    await page.mouse.down();
    await page.mouse.move(from.x + 12, from.y - 10, { steps: 4 });
    await page.mouse.move(to.x + 20, to.y + 8, { steps: 6 });
    await page.mouse.up();
    await expect.soon('it stands before the deposit', async () => (await fields()).indexOf('hotline') === (await fields()).indexOf('deposit') - 1);
    await page.keyboard.press('Control+z');
    await expect.soon('and is back', async () => (await fields()).indexOf('hotline') > (await fields()).indexOf('deposit'));
  });

  await step('drags a kind to where it shall be', async () => {
    await palette.getByRole('button', { name: 'Rating' }).scrollIntoViewIfNeeded();
    const from = await palette.getByRole('button', { name: 'Rating' }).boundingBox();
    const to = await canvas.locator('[data-key="tier"]').boundingBox();
    await page.mouse.move(from.x + 20, from.y + 10);
    await page.mouse.down();
    await page.mouse.move(from.x + 40, from.y + 20, { steps: 4 });
    await page.mouse.move(to.x + 60, to.y + 6, { steps: 8 });
    await page.mouse.up();
    await expect.soon('a rating before the tier', async () => (await fields()).indexOf('rating') === (await fields()).indexOf('tier') - 1);
    await page.keyboard.press('Escape');
    await page.locator('.page__head').getByRole('button', { name: 'Undo' }).click();
    await expect.soon('gone again', async () => !(await fields()).includes('rating'));
  });

  await step('works with it at once', async () => {
    await page.getByRole('link', { name: 'Open records' }).click();
    await page.getByRole('button', { name: 'New channel partner' }).first().click();
    const form = page.getByRole('dialog', { name: /New channel partner/i });
    await form.getByLabel('Name').fill('华东云联');
    await form.getByLabel('Staff').fill('1,200');
    await form.getByLabel('Deposit').fill('50000');
    await form.getByLabel('Commission').fill('12');
    await form.getByRole('button', { name: 'Create' }).click();
    await page.locator('.grid__body').getByText('华东云联').first().waitFor();
    await page.evaluate(async () => {
      const today = new Date().toLocaleDateString('sv');
      await perennial.create('channel_partner', { name: '南方渠道', staff: '85', tier: 'gold', signed_on: today });
      await perennial.create('channel_partner', { name: '北方伙伴', staff: 'about 30', tier: 'silver', signed_on: today });
    });
    const shares = await page.evaluate(() => perennial.find('channel_partner', { where: { field: 'name', is: 'equals', value: '华东云联' } }));
    expect.equal('the formula', Number(shares[0].share.split(' ')[0]), 6000);
  });

  await step('finds it on the board, in the calendar, by search, and exports it', async () => {
    const views = page.getByRole('navigation', { name: 'Saved views' });
    await views.getByRole('link', { name: 'Board' }).click();
    await page.locator('.board').getByText('南方渠道').waitFor();
    await views.getByRole('link', { name: 'Calendar' }).click();
    await page.locator('.page__body').getByText('北方伙伴').first().waitFor();
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox').first().fill('南方渠');
    await page.getByRole('option', { name: /南方渠道/ }).first().waitFor();
    await page.keyboard.press('Escape');
    await views.getByRole('link').first().click();
    await page.locator('.grid__body').getByText('华东云联').first().waitFor();
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'View actions' }).first().click();
    await page.getByRole('menuitem', { name: 'Export CSV' }).click();
    expect('a CSV of them', (await download).suggestedFilename().endsWith('.csv'));
  });

  await step('looks at what a text becomes as a number, and takes it back', async () => {
    await page.evaluate(() => { location.hash = '/build/entities/channel_partner?field=staff'; });
    await inspector.getByLabel('Type').selectOption('number');
    const dialog = page.getByRole('dialog', { name: 'Turn “Staff” into Number' });
    await dialog.getByText('2 values become others').waitFor();
    await dialog.getByText('One value is lost').waitFor();
    await dialog.getByRole('row', { name: /about 30/ }).waitFor();
    await axe();
    await dialog.getByRole('button', { name: 'Change and empty one value' }).click();
    const held = () => page.evaluate(() => perennial.find('channel_partner', { sort: 'name' }).map((it) => it.staff ?? null));
    await expect.soon('numbers', async () => (await held()).includes('1200'));
    await page.locator('.toasts').getByRole('button', { name: 'Undo' }).click();
    await expect.soon('the texts are back', async () => (await held()).includes('about 30'));
  });

  await step('sees where a field is used, and goes there', async () => {
    await page.evaluate(() => { location.hash = '/build/entities/channel_partner?field=deposit'; });
    await inspector.getByText('Used in 2 places').click();
    await inspector.getByRole('link', { name: 'Share' }).click();
    await inspector.getByRole('heading', { name: 'Share' }).waitFor();
    await inspector.locator('.design__samples').getByText('华东云联').waitFor();
  });

  await step('lays the record page out beside its preview', async () => {
    await page.getByRole('navigation', { name: 'Sheets of the designer' }).getByRole('link', { name: 'Record page' }).click();
    await canvas.getByRole('button', { name: 'More for Deposit' }).click();
    await page.getByRole('menuitem', { name: 'Show at the top' }).click();
    const preview = page.getByRole('complementary', { name: 'Preview' });
    await expect.soon('it is a figure of the preview', async () => await preview.locator('.number').filter({ hasText: 'Deposit' }).count() === 1);
    await axe({ include: '.design__canvas' });
  });

  await step('deletes a field that others need only after them', async () => {
    await page.evaluate(() => { location.hash = '/build/entities/channel_partner?field=commission'; });
    await inspector.getByRole('button', { name: 'Delete…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Delete “Commission”' });
    await dialog.getByText(/needs “Commission”/).waitFor();
    expect('it cannot be deleted', await dialog.getByRole('button', { name: 'Delete' }).isDisabled());
    await dialog.getByRole('button', { name: 'Cancel' }).click();
  });

  await step('is whole in the dark and on a phone', async () => {
    await page.evaluate(() => { document.documentElement.dataset.theme = 'dark'; });
    await axe();
    await page.setViewportSize({ width: 390, height: 844 });
    await inspector.getByRole('button', { name: 'Close' }).click();
    await page.getByRole('button', { name: 'Add a field' }).click();
    await page.getByRole('dialog', { name: 'Add a field' }).getByRole('button', { name: 'Files and photos' }).click();
    await expect.soon('the inspector covers the page', async () => (await inspector.boundingBox())?.width > 380);
    await axe();
  });
}
