// Three hundred records are given to another owner: looked at before, done, and taken back as one. And the other ways to change many.
import { readFileSync } from 'node:fs';
import { hands, sheet } from './sheet.mjs';

const COLUMNS = ['name', 'size', 'stage', 'owner', 'tags', 'due'];

export default { name: 'many records changed with a look before', run };

async function run({ page, open, step, expect, axe }) {
  await open();
  await sheet(page, COLUMNS, 320);
  await page.evaluate(async () => {
    const rows = perennial.find('item', { fields: ['name'], limit: 20 });
    const ada = perennial.find('helper', { where: { field: 'name', is: 'equals', value: 'Ada Lovelace' } })[0].id;
    for (const row of rows) await perennial.update('item', row.id, { owner: ada });
  });
  await open({ route: '/records/item?view=item_sheet' });
  await page.getByRole('grid').waitFor();
  const { click, press, all } = hands(page, COLUMNS);
  const dialog = page.getByRole('dialog', { name: /^Change \d+ records$/ });
  const counts = (text) => dialog.getByRole('status').getByText(text).waitFor();
  const toasted = (text) => page.locator('.toast').getByText(text).first().waitFor({ timeout: 20_000 });

  await step('all are ticked', async () => {
    await click(1, 'size');
    await press('Control+a', 'Control+a');
    await page.getByText('320 selected').waitFor();
    await page.getByRole('button', { name: 'Change…' }).click();
    await dialog.waitFor();
    await dialog.getByText('Choose a field and what becomes of it').waitFor();
  });

  await step('an owner is chosen, and what comes of it is shown', async () => {
    await dialog.getByLabel('Field', { exact: true }).selectOption('owner');
    await dialog.getByRole('combobox', { name: 'New value' }).click();
    await page.keyboard.type('Ada');
    await page.getByRole('option', { name: /Ada Lovelace/ }).click();
    await counts('300 change · 20 stay as they are · 0 refused');
    expect('few rows are drawn', await dialog.locator('.bulk-preview tbody tr').count() < 60);
    await axe();
    await dialog.getByRole('button', { name: 'Changed', exact: true }).click();
    await expect.soon('300 rows', async () => await dialog.locator('table').getAttribute('aria-rowcount') === '301');
  });

  await step('it is done, and undone three changes later', async () => {
    await dialog.getByRole('button', { name: 'Change 300 records' }).click();
    await toasted('300 records changed');
    expect.equal('owners', (await all('owner')).filter(Boolean).length, 320);
    for (const size of ['901', '902', '903']) {
      await page.evaluate((size) => perennial.update('item', perennial.find('item', { limit: 1 })[0].id, { size }), size);
    }
    for (let times = 0; times < 4; times += 1) {
      await press('Control+z');
      await expect.soon('one more is undone', async () => await page.locator('.toast').getByText(/^Undone/).count() > 0);
      await page.waitForTimeout(100);
    }
    await expect.soon('the owners as before', async () => (await all('owner')).filter(Boolean).length === 20);
  });

  await step('two fields at once: a number grows, a text is replaced', async () => {
    await page.getByRole('button', { name: 'Change…' }).click();
    await dialog.getByLabel('Field', { exact: true }).selectOption('size');
    await dialog.getByLabel('What is done').selectOption('grow');
    await dialog.getByLabel('Per cent').fill('10%');
    await counts('320 change · 0 stay as they are · 0 refused');
    await dialog.getByRole('button', { name: 'Change another field' }).click();
    const second = dialog.getByRole('group').filter({ has: page.getByLabel('Field', { exact: true }) }).nth(1);
    await second.getByLabel('Field', { exact: true }).selectOption('name');
    await second.getByLabel('What is done').selectOption('replace');
    await second.getByLabel('Find').fill('ROW');
    await second.getByLabel('Replace with').fill('Line');
    await counts('320 change');
    await dialog.getByRole('cell', { name: /Row 1.*Line 1/ }).first().waitFor();
    await dialog.getByRole('button', { name: 'Change 320 records' }).click();
    await toasted('320 records changed');
    expect('names', (await all('name')).every((name) => name.startsWith('Line ')));
    expect('sizes', (await all('size')).includes('352'));
    await press('Control+z');
    await expect.soon('names as before', async () => (await all('name')).every((name) => name.startsWith('Row ')));
  });

  await step('what cannot be is refused before', async () => {
    await page.getByRole('button', { name: 'Change…' }).click();
    await dialog.getByLabel('Field', { exact: true }).selectOption('due');
    await dialog.getByLabel('What is done').selectOption('formula');
    await dialog.getByLabel('Formula').fill('=name');
    await counts('0 change · 0 stay as they are · 320 refused');
    await dialog.getByRole('button', { name: 'Cancel' }).click();
  });

  await step('they are exported as they stand', async () => {
    const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Export CSV' }).click()]);
    const text = readFileSync(await file.path(), 'utf8');
    expect.equal('the heading', text.split('\r\n')[0], '\ufeffName,Size,Stage,Owner,Tags,Due');
    expect.equal('lines', text.trim().split('\r\n').length, 321);
    expect('an owner by name', text.includes('Ada Lovelace'));
  });

  await step('they are removed, and come back', async () => {
    await page.getByRole('button', { name: 'Remove', exact: true }).click();
    await toasted('320 records removed');
    await page.getByText('live here').waitFor();
    await press('Control+z');
    await page.getByRole('grid').waitFor();
    expect.equal('records', (await all('name')).length, 320);
  });
}
