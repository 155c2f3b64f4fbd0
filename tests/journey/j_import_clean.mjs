// A messy sheet pasted from Excel, an export of another program, and a second file that only fills gaps: guesses are shown with
// what speaks for them, cells are cleaned before they are read, fields are matched by dragging, and all of it can be looked at first.
import { results, startEmpty } from './j_import.mjs';

const SHEET = [
  'Name\tCompany\tPhone\tStatus\tTitle\tLast contact',
  '  moses   FRASE \t上海测试有限公司\t138 0013 8000\tHot\tＣＥＯ\t03/04/2026',
  'Ada Lovelace\tAcme Co., Ltd.\t+44 20 7946 0958\tNew\tCTO\t22/11/2026',
  '李雷\t北京样例有限责任公司\t8613900139000\tHot\t销售总监\t05/06/2026',
].join('\n');

export default {
  name: 'import with cleaning',
  async run({ page, open, step, expect, axe, shots }) {
    await open({ query: '?no-sw' });
    await page.getByRole('radio', { name: 'Consultancy' }).check();
    await startEmpty(page);
    const main = page.getByRole('main');
    const next = main.getByRole('button', { name: 'Next', exact: true });
    const fieldFor = (column) => page.getByRole('combobox', { name: `Field for ${column}`, exact: true });
    const leads = (fields) => page.evaluate((wanted) => perennial.find('lead', { fields: wanted, sort: 'number' }), fields);

    await step('cells of a spreadsheet are pasted; the order of dates is guessed and says why', async () => {
      await openImport(page, 'lead');
      await page.getByText('Paste rows instead').click();
      await page.getByLabel('Rows, the first with the column names').fill(SHEET);
      await page.getByRole('button', { name: 'Use these rows' }).click();
      expect.equal('separator', await page.getByLabel('Separator').inputValue(), '9');
      const order = page.getByLabel('Order of dates');
      expect.equal('order', await order.locator('option:checked').innerText(), 'Day, month, year');
      await page.getByText('1 of 3 dates only fits day first, such as 22/11/2026').waitFor();
      await axe();
      await shots('import paste');
      await next.click();
    });
    await step('a field is dragged onto a column', async () => {
      await page.getByRole('heading', { name: 'Match the columns' }).waitFor();
      await fieldFor('Title').selectOption({ label: 'Leave out' });
      const chip = page.locator('.map-field[data-key="title"]');
      const row = page.getByRole('row').filter({ has: fieldFor('Title') });
      await chip.scrollIntoViewIfNeeded();
      await row.scrollIntoViewIfNeeded();
      const [from, to] = [await chip.boundingBox(), await row.boundingBox()];
      await page.mouse.move(from.x + from.width / 2, from.y + from.height / 2);
      await page.mouse.down();
      await page.mouse.move(from.x - 30, from.y + 10, { steps: 4 });
      await page.mouse.move(to.x + 80, to.y + to.height / 2, { steps: 8 });
      await page.mouse.up();
      await expect.soon('the field', async () => await fieldFor('Title').inputValue() === 'title');
      await axe();
      await next.click();
    });
    await step('cells are cleaned, with a preview', async () => {
      await page.getByRole('heading', { name: 'Clean the cells' }).waitFor();
      const add = async (column, step) => page.getByLabel(`Add a step for ${column}`, { exact: true }).selectOption({ label: step });
      await page.getByRole('button', { name: 'Tidy blanks and full width everywhere' }).click();
      await add('Name', 'First Letters Large');
      await add('Company', 'Drop Co., Ltd, 有限公司 …');
      await add('Phone', 'Phone with country code');
      for (const after of ['Moses Frase', '上海测试', 'Acme', '+8613800138000', 'CEO']) {
        await page.getByRole('region', { name: 'Clean the cells' }).getByText(after, { exact: true }).first().waitFor();
      }
      await page.getByLabel('Hot becomes').selectOption({ label: 'New option “Hot”' });
      await axe();
      await shots('import cleaning');
      await next.click();
    });
    await step('the trial shows the cleaned rows', async () => {
      const tried = page.getByRole('region', { name: 'Rows of the trial' }).getByRole('row');
      await tried.nth(3).waitFor();
      const first = await tried.nth(1).innerText();
      expect('the first row cleaned', ['Moses Frase', '上海测试', '+8613800138000', 'Hot', 'CEO'].every((cell) => first.includes(cell)));
      expect.equal('leads so far', (await leads(['name'])).length, 0);
      await axe();
    });
    await step('back and forth nothing is lost', async () => {
      await page.getByRole('button', { name: 'Back', exact: true }).click();
      await page.getByText('First Letters Large', { exact: true }).first().waitFor();
      expect.equal('Hot', await page.getByLabel('Hot becomes').locator('option:checked').innerText(), 'New option “Hot”');
      await next.click();
      await page.getByRole('region', { name: 'Rows of the trial' }).waitFor();
    });
    await step('the rows come in as shown', async () => {
      await page.getByRole('button', { name: 'Import 3 rows' }).click();
      await page.getByRole('heading', { name: '3 leads are in' }).waitFor();
      const found = await leads(['name', 'company', 'phone', 'title', 'last_contact']);
      expect.equal('names', found.map(({ name }) => name), ['Moses Frase', 'Ada Lovelace', '李雷']);
      expect.equal('companies', found.map(({ company }) => company), ['上海测试', 'Acme', '北京样例']);
      expect.equal('phones', found.map(({ phone }) => phone), ['+8613800138000', '+442079460958', '+8613900139000']);
      expect('day first', found[0].last_contact.startsWith('2026-04-0'));
    });

    await step('a second file fills blanks only, and leaves new rows out', async () => {
      await openImport(page, 'lead');
      await give(page, 'accounts.csv', 'account,sector,year_established,revenue,employees\nAcme,retail,1999,5,6\n');
      await page.getByText('its columns look like accounts', { exact: false }).waitFor();
      await page.getByRole('button', { name: 'Take accounts.csv out' }).click();
      await give(page, 'more.csv', 'Name,Company,City\nMoses Frase,Other,Lyon\nAda Lovelace,Acme,Nice\nNobody,None,Rome\n');
      await next.click();
      await page.getByLabel('Same lead when').selectOption({ label: 'Same Name' });
      await page.getByLabel('What comes in').selectOption({ label: 'Only update existing' });
      await page.getByLabel('Values it has already').selectOption({ label: 'Keep; fill in blanks only' });
      await next.click();
      await next.click();
      await page.getByText('0 would be created, 2 updated, 0 unchanged, 1 skipped and 0 rejected', { exact: false }).waitFor();
      await page.getByRole('button', { name: 'Import 3 rows' }).click();
      await page.getByRole('heading', { name: '2 leads are in' }).waitFor();
      expect.equal('figures', await results(page), { Created: 0, Updated: 2, Skipped: 1, Rejected: 0 });
      const found = await leads(['company', 'city']);
      expect.equal('kept and filled', [found[0].company, found[0].city], ['上海测试', 'Lyon']);
      await page.getByRole('button', { name: 'Undo import' }).click();
      await page.getByRole('heading', { name: 'The import is undone' }).waitFor();
      expect.equal('the city', (await leads(['city']))[0].city ?? null, null);
    });

    await step('an export of HubSpot is recognised; given and family names become one', async () => {
      await openImport(page, 'contact');
      await give(page, 'hubspot.csv', 'Record ID,First Name,Last Name,Email,Phone Number,Associated Company\n101,Ada,Lovelace,ada@acme.com,+44 20 7946 0958,\n102,雷,李,lilei@ceshi.cn,13900139000,\n');
      await next.click();
      await page.getByText('Recognised as an export from HubSpot.').waitFor();
      await page.getByText('Joined with the one above').waitFor();
      await page.getByRole('button', { name: 'Import 2 rows' }).click();
      await page.getByRole('heading', { name: '2 contacts are in' }).waitFor();
      const names = await page.evaluate(() => perennial.find('contact', { fields: ['name'] }).map(({ name }) => name).sort());
      expect.equal('names', names, ['Ada Lovelace', '李雷']);
    });
    await step('the same file once more changes nothing', async () => {
      await openImport(page, 'contact');
      await give(page, 'hubspot.csv', 'Record ID,First Name,Last Name,Email,Phone Number,Associated Company\n101,Ada,Lovelace,ada@acme.com,+44 20 7946 0958,\n');
      await next.click();
      await page.getByText('As last time').first().waitFor();
      await page.getByRole('button', { name: 'Import 1 row' }).click();
      await page.getByRole('heading', { name: /are in$/ }).waitFor();
      expect.equal('figures', await results(page), { Created: 0, Updated: 0, Unchanged: 1, Skipped: 0, Rejected: 0 });
    });
  },
};

/** Opens the wizard anew, even where it stands already. */
async function openImport(page, entity) {
  await page.evaluate(() => { location.hash = '#/history'; });
  await page.getByLabel('Files to import').waitFor({ state: 'detached' });
  await page.evaluate((id) => { location.hash = `#/import/${id}`; }, entity);
  await page.getByRole('heading', { name: 'Choose files' }).waitFor();
}

async function give(page, name, content) {
  await page.getByLabel('Files to import').setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(content) });
}
