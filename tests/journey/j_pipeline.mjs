// Four files that belong together, dropped at once by somebody who has never seen the program: people, accounts, products, and
// opportunities that name all three.
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { ROOT } from './harness.mjs';
import { results, startEmpty } from './j_import.mjs';

const FOLDER = resolve(ROOT, '../shared/data/b2b-pipeline');
const FILES = { 'sales_pipeline.csv': 'opportunity', 'accounts.csv': 'account', 'products.csv': 'product', 'sales_teams.csv': 'user' };

export default {
  name: 'import a pipeline of four files',
  timeout: 60_000,
  async run({ page, open, step, expect, axe, shots }) {
    if (!existsSync(FOLDER)) {
      console.log(`      ${FOLDER} is missing: the journey has nothing to import`);
      return;
    }
    await open({ query: '?no-sw' });
    await step('the workspace starts empty', () => startEmpty(page));
    const main = page.getByRole('main');
    const next = main.getByRole('button', { name: 'Next', exact: true });
    const counts = () => page.evaluate((entities) => entities.map((id) => perennial.find(id, { fields: [] }).length), Object.values(FILES));
    const before = await counts();
    const managed = () => page.evaluate(() => perennial.find('user', { fields: ['manager'] }).filter(({ manager }) => manager).length);
    const managedBefore = await managed();

    await step('all four files are chosen at once', async () => {
      await page.getByRole('link', { name: /^Opportunities/ }).first().click();
      await main.getByText('Import…').first().click();
      await page.getByLabel('Files to import').setInputFiles(Object.keys(FILES).map((file) => join(FOLDER, file)));
      await page.getByText('6,711 rows', { exact: false }).first().waitFor();
      for (const [file, entity] of Object.entries(FILES)) {
        const becomes = page.getByLabel(`What the rows of ${file} become`);
        await expect.soon(`${file} as ${entity}`, async () => await becomes.inputValue() === entity);
      }
      await axe();
      await shots('pipeline files');
      await next.click();
    });
    await step('columns are matched and the files tied together', async () => {
      await page.getByRole('heading', { name: 'Match the columns' }).waitFor();
      await main.getByRole('button', { name: 'sales_pipeline.csv' }).click();
      for (const [column, field] of Object.entries({ sales_agent: 'owner', product: 'product', account: 'account', deal_stage: 'stage' })) {
        expect.equal(column, await page.getByRole('combobox', { name: `Field for ${column}`, exact: true }).inputValue(), field);
      }
      await page.getByText('85 of 85 found').waitFor();
      await page.getByText('No column goes into Opportunity name.').waitFor();
      await page.getByRole('button', { name: 'Name them by opportunity_id' }).click();
      await page.getByText('No column goes into Opportunity name.').waitFor({ state: 'detached' });
      await main.getByRole('button', { name: 'sales_teams.csv' }).click();
      await page.getByLabel('Name that no record has').selectOption({ label: 'Create the record' });
      await axe();
      await shots('pipeline columns');
      await next.click();
    });
    await step('the trial shows the links', async () => {
      await page.getByRole('heading', { name: 'Clean the cells' }).waitFor();
      await next.click();
      await page.getByText('Nothing was kept.').waitFor();
      await main.getByRole('button', { name: 'sales_pipeline.csv' }).click();
      const tried = page.getByRole('region', { name: 'Rows of the trial' }).getByRole('row');
      const first = await tried.nth(1).innerText();
      expect('the first deal with its account, product and owner', ['Cancity', 'GTX Plus Basic', 'Moses Frase'].every((name) => first.includes(name)));
      expect.equal('nothing was kept', await counts(), before);
      await axe();
      await shots('pipeline trial');
    });
    await step('all of it comes in with one press', async () => {
      await page.getByRole('button', { name: 'Import 6,838 rows from 4 files' }).click();
      await page.getByRole('heading', { name: /records are in$/ }).waitFor({ timeout: 120_000 });
      const found = await results(page);
      expect.equal('created and rejected', [found.Created, found.Rejected], [6838, 0]);
      const files = page.getByRole('region', { name: 'Rows of each file' });
      for (const [file, rows] of Object.entries({ 'accounts.csv': '85', 'products.csv': '7', 'sales_teams.csv': '35', 'sales_pipeline.csv': '6,711' })) {
        const row = await files.getByRole('row').filter({ hasText: file }).innerText();
        expect.equal(file, row.split(/\s*\t\s*/)[2], rows);
      }
      expect.equal('the order', (await files.getByRole('row').allInnerTexts()).at(-1).startsWith('sales_pipeline.csv'), true);
      const understood = page.getByRole('region', { name: 'Understood otherwise than written' });
      const row = await understood.getByRole('row').filter({ hasText: 'GTXPro' }).textContent();
      expect('GTXPro is GTX Pro, 1,147 times', row.includes('GTX Pro') && row.includes('1,147'));
      await axe();
      await shots('pipeline result');
    });
    await step('the figures are those of the files', async () => {
      const found = await page.evaluate(() => {
        const all = perennial.find('opportunity', { fields: ['stage', 'amount', 'account', 'owner', 'product'] });
        const won = all.filter(({ stage }) => stage === 'won');
        const amount = (value) => Number(typeof value === 'object' && value ? value.amount : String(value ?? 0).replace(/[^\d.-]/g, ''));
        return {
          won: won.length,
          lost: all.filter(({ stage }) => stage === 'lost').length,
          value: won.reduce((sum, row) => sum + amount(row.amount), 0),
          linked: all.filter(({ account, owner, product }) => account && owner && product).length,
          parents: perennial.find('account', { fields: ['parent'] }).filter(({ parent }) => parent).length > 0,
        };
      });
      expect.equal('won, lost, won value, linked', found, { won: 4238, lost: 2473, value: 10005534, linked: 6711, parents: true });
      expect.equal('people with a manager', await managed() - managedBefore, 35);
    });
    await step('one undo takes all four back', async () => {
      await page.getByRole('button', { name: 'Undo import' }).click();
      await page.getByRole('heading', { name: 'The import is undone' }).waitFor({ timeout: 120_000 });
      expect.equal('as before', await counts(), before);
    });
    await step('redo brings them back, and the list of won opportunities sums to the same', async () => {
      await page.evaluate(() => { location.hash = '#/history'; });
      await main.getByRole('button', { name: 'Redo', exact: true }).click();
      await expect.soon('the opportunities', async () => (await counts())[0] === before[0] + 6711, 60_000);
      await page.evaluate(() => { location.hash = '#/records/opportunity?view=opportunity_won'; });
      await page.getByRole('grid').waitFor();
      await expect.soon('4,238 records', async () => (await page.getByRole('main').textContent()).includes('4,238'));
      await expect.soon('10,005,534 as the sum', async () => (await page.getByRole('grid').textContent()).includes('10,005,534'));
    });
  },
};
