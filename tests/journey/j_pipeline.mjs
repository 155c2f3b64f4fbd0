// Four files that belong together: people, accounts, products, and opportunities that name all three.
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { ROOT } from './harness.mjs';
import { openImport, results, startEmpty } from './j_import.mjs';

const FOLDER = resolve(ROOT, '../shared/data/b2b-pipeline');

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

    const bring = (entity, file, rows, columns, choices = {}) => step(`${file} comes in`, async () => {
      await openImport(page, entity);
      await page.getByLabel('File to import').setInputFiles(join(FOLDER, file));
      await page.getByText(`${rows.toLocaleString('en-GB')} rows`, { exact: false }).first().waitFor();
      await page.locator('#main').getByRole('button', { name: 'Next' }).click();
      for (const [column, field] of Object.entries(columns)) {
        await page.getByRole('combobox', { name: `Field for ${column}`, exact: true }).selectOption(field);
      }
      for (const [name, choice] of Object.entries(choices)) await page.getByLabel(name).selectOption({ label: choice });
      await page.getByRole('button', { name: `Import ${rows.toLocaleString('en-GB')} rows` }).click();
      await page.getByRole('heading', { name: /are in$/ }).waitFor({ timeout: 120_000 });
      const found = await results(page);
      expect.equal(`${file}: rows`, found.Created + found.Updated + found.Skipped + found.Rejected, rows);
      expect.equal(`${file}: rejected`, found.Rejected, 0);
      return found;
    });

    await bring('user', 'sales_teams.csv', 35, { sales_agent: 'name', manager: '', regional_office: 'office' });
    await bring('account', 'accounts.csv', 85, {
      account: 'name', sector: 'sector', year_established: 'year_established', revenue: 'revenue', employees: 'employees',
      office_location: 'office_location', subsidiary_of: 'parent',
    });
    await bring('product', 'products.csv', 7, { product: 'name', series: 'series', sales_price: 'price' });
    await bring('opportunity', 'sales_pipeline.csv', 6711, {
      opportunity_id: 'name', sales_agent: 'owner', product: 'product', account: 'account', deal_stage: 'stage',
      engage_date: 'engaged', close_date: 'closed_on', close_value: 'amount',
    }, { 'Name that no record has': 'Reject the row' });

    await step('GTXPro is reported as understood', async () => {
      const understood = page.getByRole('region', { name: 'Understood otherwise than written' });
      const row = understood.getByRole('row').filter({ hasText: 'GTXPro' });
      expect('what it was taken for', (await row.textContent()).includes('GTX Pro'));
      expect('how often', (await row.textContent()).includes('1,147'));
      await axe();
      await shots('pipeline result');
    });
    await step('the figures are those of the file', async () => {
      const found = await page.evaluate(() => {
        const all = perennial.find('opportunity', { fields: ['stage', 'amount', 'account', 'owner', 'product'] });
        const won = all.filter(({ stage }) => stage === 'won');
        const amount = (value) => Number(typeof value === 'object' && value ? value.amount : String(value ?? 0).replace(/[^\d.-]/g, ''));
        return {
          won: won.length,
          lost: all.filter(({ stage }) => stage === 'lost').length,
          value: won.reduce((sum, row) => sum + amount(row.amount), 0),
          linked: all.filter(({ account, owner, product }) => account && owner && product).length,
        };
      });
      expect.equal('won, lost, won value, linked', found, { won: 4238, lost: 2473, value: 10005534, linked: 6711 });
    });
    await step('a subsidiary found its parent, whichever came first', async () => {
      const parents = await page.evaluate(() => perennial.find('account', { fields: ['parent'] }).filter(({ parent }) => parent).length);
      expect('parents', parents > 0);
    });
    await step('the list of won opportunities sums to the same', async () => {
      await page.evaluate(() => { location.hash = '#/records/opportunity?view=opportunity_won'; });
      await page.getByRole('grid').waitFor();
      await expect.soon('4,238 records', async () => (await page.getByRole('main').textContent()).includes('4,238'));
      await expect.soon('10,005,534 as the sum', async () => (await page.getByRole('grid').textContent()).includes('10,005,534'));
    });
  },
};
