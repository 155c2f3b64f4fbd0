// The README's five minutes, by somebody who has nothing but the README and the screen.
import { resolve } from 'node:path';
import { ROOT } from './harness.mjs';

const FILE = resolve(ROOT, 'tests/data/import/leads_small.csv');

export default { name: 'five minutes of the README', timeout: 20_000, run };

async function run({ page, open, step, expect }) {
  const grid = page.getByRole('grid');
  const rows = async () => Number(await grid.getAttribute('aria-rowcount')) - 2;
  const rail = (name) => page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name });

  await step('opens the app and starts with sample data', async () => {
    await open();
    await page.getByRole('radio', { name: 'Consultancy' }).check();
    await page.getByRole('button', { name: 'Start with sample data' }).click();
    await page.getByRole('grid', { name: 'Leads' }).waitFor({ timeout: 60_000 });
    await page.keyboard.press('Escape');
    await page.locator('.tour').waitFor({ state: 'detached' });
  });

  await step('looks for leads, filters and sorts', async () => {
    const all = await rows();
    await page.getByLabel('Find in this view').fill('科技');
    await expect.soon('fewer leads', async () => await rows() < all);
    await page.getByLabel('Find in this view').fill('');
    await expect.soon('all again', async () => await rows() === all);
    await page.getByRole('button', { name: 'Add filter' }).click();
    const sheet = page.getByRole('dialog', { name: 'Filter' });
    await sheet.getByLabel('Field').first().selectOption({ label: 'Score' });
    await sheet.getByLabel('Comparison').first().selectOption('greater');
    await sheet.getByLabel('Value').first().fill('60');
    await expect.soon('leads above 60', async () => await rows() < all && await rows() > 0);
    await page.keyboard.press('Escape');
    await page.getByRole('group', { name: /^Filter: Score/ }).waitFor();
    const head = page.getByRole('columnheader', { name: 'Score' });
    await head.locator('.grid__sort').click();
    await expect.soon('an order', async () => await head.getAttribute('aria-sort') === 'ascending');
    await head.locator('.grid__sort').click();
    await expect.soon('the highest first', async () => await head.getAttribute('aria-sort') === 'descending');
  });

  await step('opens a lead and reads why', async () => {
    await page.locator('.grid__title').first().click();
    const panel = page.getByRole('complementary').last();
    await panel.getByRole('tab', { name: 'Score' }).click();
    await panel.getByText('Over 60').waitFor();
    await panel.getByRole('tab', { name: 'Timeline' }).click();
    await panel.getByText('brought this record as sample data').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Remove this filter' }).click();
  });

  const mine = page.getByRole('link', { name: '李雷的试用' });
  await step('creates a lead, which is scored and assigned at once', async () => {
    await page.getByRole('button', { name: /^New lead/ }).click();
    const form = page.getByRole('dialog', { name: /lead/i });
    await form.getByLabel('Name', { exact: false }).first().fill('李雷的试用');
    await form.getByLabel('Title').first().fill('销售总监');
    await form.getByLabel('Company size').first().fill('620');
    await form.getByLabel('E-mail').first().fill('lilei@huilicn.example');
    await form.getByLabel('Source').first().click();
    await page.keyboard.type('Website');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Control+Enter');
    await form.waitFor({ state: 'detached' });
    await page.getByLabel('Find in this view').fill('李雷的试用');
    await mine.waitFor();
    const row = page.locator('[role=row][data-id]').first();
    const owner = await row.locator('.person').first().innerText();
    expect('an owner', owner.trim().length > 0);
    expect('points', Number(await row.getByRole('meter').getAttribute('aria-valuenow')) > 0);
  });

  await step('reads which rule did it, and takes all of it back', async () => {
    await mine.click();
    const panel = page.getByRole('complementary').last();
    await panel.getByRole('tab', { name: 'Timeline' }).click();
    await panel.getByText('Why?').first().click();
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Undo' }).first().click();
    await mine.waitFor({ state: 'detached' });
  });

  await step('moves a card on the board', async () => {
    await rail(/^Opportunities/).click();
    await page.getByRole('link', { name: 'Pipeline' }).click();
    const card = page.locator('.card[data-key]').first();
    await card.waitFor();
    const key = await card.getAttribute('data-key');
    const zone = () => page.evaluate((id) => document.querySelector(`.card[data-key="${id}"]`)?.closest('[data-zone]')?.dataset.zone, key);
    const from = await zone();
    await card.locator('.card__title').focus();
    for (const press of ['Space', 'ArrowRight', 'Space']) await page.keyboard.press(press);
    await expect.soon('the card in the next column', async () => await zone() !== from);
    await page.keyboard.press('Control+z');
    await expect.soon('the card back', async () => await zone() === from);
  });

  await step('imports a file and undoes it', async () => {
    await rail(/^Leads/).click();
    await page.getByRole('link', { name: 'Import' }).first().click();
    await page.getByLabel('Files to import').setInputFiles(FILE);
    const main = page.getByRole('main');
    const next = main.getByRole('button', { name: 'Next', exact: true });
    await next.click();
    await page.getByRole('heading', { name: 'Match the columns' }).waitFor();
    await page.getByRole('combobox', { name: 'Field for Prospect ID' }).selectOption({ label: 'External ID' });
    await page.getByRole('combobox', { name: 'Field for Lead Number' }).selectOption({ label: 'Name *' });
    await next.click();
    await page.getByRole('heading', { name: 'Clean the cells' }).waitFor();
    await next.click();
    await page.getByText('Nothing was kept.').waitFor();
    await main.getByRole('button', { name: /^Import \d+ rows/ }).click();
    await page.getByRole('heading', { name: /are in$/ }).waitFor();
    await main.getByRole('button', { name: 'Undo import' }).click();
    await page.getByRole('heading', { name: 'The import is undone' }).waitFor();
  });

  await step('exports a snapshot', async () => {
    await page.goto(`${page.url().split('#')[0]}#/settings`);
    await page.getByRole('link', { name: 'Storage and backup' }).click();
    const saved = page.waitForEvent('download');
    await page.getByRole('button', { name: /^Save|^Export|^Download/ }).first().click();
    expect('a snapshot', (await saved).suggestedFilename().endsWith('.perennial'));
  });
}
