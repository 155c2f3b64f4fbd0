// The main job on a real file: leads come in through the screen, every row is accounted for, and all of it can be undone.
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { ROOT, mounted } from './harness.mjs';

const REAL = resolve(ROOT, '../shared/data/education-leads/leads.csv');
const OWN = resolve(ROOT, 'tests/data/import/leads_small.csv');

export default {
  name: 'import leads',
  timeout: 60_000,
  async run({ page, open, step, expect, axe, shots }) {
    const isReal = existsSync(REAL);
    if (!isReal) console.log(`      ${REAL} is missing: the journey uses its own fixture`);
    const [file, total] = isReal ? [REAL, 9240] : [OWN, 120];
    const shown = total.toLocaleString('en-GB');

    await open({ query: '?no-sw' });
    await step('the first run offers packs and starts empty', async () => {
      await axe();
      await page.getByRole('radio', { name: 'Consultancy' }).check();
      await startEmpty(page);
    });
    const before = await count(page);

    await step('the file is chosen and understood', async () => {
      await openImport(page, 'lead');
      await page.getByLabel('Files to import').setInputFiles(file);
      await page.getByText(`${shown} rows`, { exact: false }).first().waitFor();
      expect.equal('encoding', await page.getByLabel('Encoding').inputValue(), 'utf-8');
      await axe();
      await page.getByRole('main').getByRole('button', { name: 'Next', exact: true }).click();
    });
    await step('the columns are matched', async () => {
      await page.getByRole('heading', { name: 'Match the columns' }).waitFor();
      await page.getByRole('combobox', { name: 'Field for Prospect ID' }).selectOption({ label: 'Leave out' });
      await page.getByText('No column goes into Name.').waitFor();
      await page.getByRole('combobox', { name: 'Field for Prospect ID' }).selectOption({ label: 'External ID' });
      await page.getByRole('combobox', { name: 'Field for Lead Number' }).selectOption({ label: 'Name *' });
      expect.equal('source', await page.getByRole('combobox', { name: 'Field for Lead Source' }).inputValue(), 'source');
      await page.getByRole('button', { name: 'Remove Select' }).waitFor();
      await page.getByText(/“Select” stands in [\d,]+ cells/).waitFor();
      await page.getByLabel('Text that is no option').selectOption({ label: 'Leave it blank' });
      await axe();
    });
    await step('steps forth and back lose nothing', async () => {
      const next = page.getByRole('main').getByRole('button', { name: 'Next', exact: true });
      await next.click();
      await page.getByRole('heading', { name: 'Clean the cells' }).waitFor();
      await axe();
      for (const heading of ['Match the columns', 'Choose files']) {
        await page.getByRole('button', { name: 'Back', exact: true }).click();
        await page.getByRole('heading', { name: heading }).waitFor();
      }
      await next.click();
      expect.equal('the name', await page.getByRole('combobox', { name: 'Field for Lead Number' }).inputValue(), 'name');
      expect.equal('the rule', await page.getByLabel('Text that is no option').inputValue(), 'blank');
      await next.click();
      await next.click();
    });
    await step('a trial shows what each row becomes, and keeps nothing', async () => {
      await page.getByRole('heading', { name: 'Look at the first rows' }).waitFor();
      await page.getByText('Nothing was kept.').waitFor();
      const tried = page.getByRole('region', { name: 'Rows of the trial' }).getByRole('row');
      expect.equal('rows of the trial', await tried.count(), 101);
      expect.equal('leads after the trial', await count(page), before);
      await axe();
      await shots('import trial');
    });

    const result = await step('the import runs', async () => {
      await page.getByRole('button', { name: `Import ${shown} rows` }).click();
      await page.getByRole('heading', { name: /are in$/ }).waitFor({ timeout: 120_000 });
      await axe();
      await shots('import result');
      return results(page);
    });
    const { Created, Updated, Skipped, Rejected } = result;
    expect.equal('rows accounted for', Created + Updated + Skipped + Rejected, total);
    expect.equal('leads in the workspace', (await count(page)) - before, Created);
    if (Rejected) {
      const numbered = await page.getByRole('region', { name: 'Rejected rows' }).getByRole('row').count();
      expect('a line for each rejected row of the first page', numbered - 1 === Math.min(Rejected, 50));
    }
    const held = await page.evaluate(() => perennial.find('lead', { fields: ['city'] }).filter(({ city }) => city === 'Select').length);
    expect.equal('leads in the city of Select', held, 0);

    await step('undo empties it in one step', async () => {
      await page.getByRole('button', { name: 'Undo import' }).click();
      await page.getByRole('heading', { name: 'The import is undone' }).waitFor();
      expect.equal('leads after undo', await count(page), before);
    });
    await step('redo brings it back', async () => {
      await page.goto(`${page.url().split('#')[0]}#/history`);
      await page.getByRole('main').getByRole('button', { name: 'Redo', exact: true }).click();
      await expect.soon('the leads again', async () => (await count(page)) - before === Created, 30_000);
      await axe();
    });
    await step('a reload keeps it', async () => {
      await expect.soon('everything saved', () => page.evaluate(() => !document.querySelector('[data-save=saving]')));
      await page.waitForTimeout(1000);
      await page.reload();
      await mounted(page);
      expect.equal('leads after the reload', (await count(page)) - before, Created);
    });
    await step('the mapping is remembered for the next file', async () => {
      await openImport(page, 'lead');
      await page.getByLabel('Files to import').setInputFiles(file);
      await page.getByRole('main').getByRole('button', { name: 'Next', exact: true }).click();
      await page.getByText('As last time').first().waitFor();
    });
  },
};

/** Installs the chosen pack without its sample, through the screen. */
export async function startEmpty(page) {
  await page.getByRole('button', { name: 'Start empty' }).click();
  await page.getByLabel('Your name').fill('Ann Lee');
  await page.getByRole('button', { name: 'Start', exact: true }).click();
  await page.getByLabel('Your name').waitFor({ state: 'detached' });
  // Until the pack has arrived there is no such entity.
  await page.waitForFunction(() => perennial.schema().entities.length > 0 && perennial.find('user', { limit: 1 }).length > 0);
}

/** Goes to the import of an entity as a link would. */
export async function openImport(page, entity) {
  await page.evaluate((id) => { location.hash = `#/import/${id}`; }, entity);
  await page.getByRole('heading', { name: 'Choose files' }).waitFor();
}

/** The four figures of the result, by name. */
export async function results(page) {
  const pairs = await page.locator('.results .result').evaluateAll((all) => all.map((one) => [
    one.querySelector('dt').textContent.trim(), Number(one.querySelector('dd').firstChild.textContent.replace(/\D/g, '')),
  ]));
  return Object.fromEntries(pairs);
}

const count = (page) => page.evaluate(() => perennial.find('lead', { fields: [] }).length);
