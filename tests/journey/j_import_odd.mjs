// Odd files, as people really have them: each row is accounted for, nothing is taken in that was not understood, and undo takes all back.
import { readFileSync } from 'node:fs';
import { openImport as openFirst, results, startEmpty } from './j_import.mjs';

export default {
  name: 'import odd files',
  async run({ page, open, step, expect, axe, shots }) {
    await open({ query: '?no-sw' });
    await page.getByRole('radio', { name: 'Consultancy' }).check();
    await startEmpty(page);
    const before = await count(page);
    let rejectedFile = '';
    const problem = page.getByRole('alert');
    const next = page.getByRole('main').getByRole('button', { name: 'Next', exact: true });

    await step('an unclosed quotation mark, ragged rows and blank ones are told apart', async () => {
      await openImport(page, 'lead');
      await give(page, 'odd.csv', 'Name,Company\nAda,Acme\n,,\nBo,Bolt,extra,cells\nCy\n\nDi,Delta,\n"Open,co\nNext,co2\n');
      await page.getByText('2 blank rows').waitFor();
      await next.click();
      await page.getByRole('heading', { name: 'Match the columns' }).waitFor();
      await page.getByRole('button', { name: 'Import 5 rows' }).click();
      await page.getByRole('heading', { name: '3 leads are in' }).waitFor();
      expect.equal('figures', await results(page), { Created: 3, Updated: 0, Skipped: 0, Rejected: 2 });
      await page.getByText('5 rows, each accounted for').waitFor();
      await page.getByText('2 blank rows were passed over.').waitFor();
      const rejected = page.getByRole('region', { name: 'Rejected rows' }).getByRole('row');
      expect('row 4 has cells too many', /^4.*2 cells more than headings.*extra/.test(await text(rejected.nth(1))));
      expect('row 8 is not closed', /^8.*quotation mark.*next line/.test(await text(rejected.nth(2))));
      await axe();
      await shots('import odd result');
    });
    await step('the rejected rows can be downloaded, whole', async () => {
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('button', { name: 'Download the rejected rows' }).click(),
      ]);
      const lines = readFileSync(await download.path(), 'utf8');
      expect('the cells and the reasons', lines.includes('Bo,Bolt,extra,cells') && lines.includes('Next,co2') && lines.includes('quotation mark'));
      rejectedFile = lines;
    });
    await step('undo takes all of it back', async () => {
      await page.getByRole('button', { name: 'Undo import' }).click();
      await page.getByRole('heading', { name: 'The import is undone' }).waitFor();
      expect.equal('leads after undo', await count(page), before);
    });
    await step('once mended they come in as the file before did', async () => {
      await openImport(page, 'lead');
      await give(page, 'odd rejected.csv', rejectedFile.replace('Bo,Bolt,extra,cells,', 'Bo,Bolt,'));
      await next.click();
      await page.getByText('As last time').first().waitFor();
      expect.equal('the reason goes nowhere', await page.getByRole('combobox', { name: 'Field for Reason' }).inputValue(), '');
    });

    await step('headings may come twice; the second gets a number', async () => {
      await openImport(page, 'lead');
      await give(page, 'twice.csv', 'Name,Company,Company,Name\nAda,Acme,Bolt,Ann\n');
      expect.equal('first row', await page.getByLabel('First row', { exact: true }).inputValue(), 'names');
      await next.click();
      await page.getByRole('combobox', { name: 'Field for Company (2)' }).waitFor();
      const second = page.getByRole('combobox', { name: 'Field for Name (2)' });
      await second.selectOption({ label: 'Name *' });
      await page.getByText('The first filled cell of the two counts').waitFor();
      await axe();
      for (const field of await page.getByRole('combobox', { name: /^Field for / }).all()) await field.selectOption({ label: 'Leave out' });
      await page.getByText('Choose a field for at least one column').waitFor();
      expect.equal('the import', await page.getByRole('button', { name: 'Import 1 row' }).getAttribute('aria-disabled'), 'true');
      await page.getByRole('combobox', { name: 'Field for Name', exact: true }).selectOption({ label: 'Name *' });
      await page.getByRole('button', { name: 'Import 1 row' }).click();
      await page.getByRole('heading', { name: '1 lead is in' }).waitFor();
      await page.getByRole('button', { name: 'Undo import' }).click();
      await page.getByRole('heading', { name: 'The import is undone' }).waitFor();
    });

    await step('UTF-16 is read in both orders, with a mark and without', async () => {
      const rows = 'Name,City\n李雷,Lyon\nAda,Nice\n';
      const little = Buffer.from(rows, 'utf16le');
      const big = Buffer.from(little).swap16();
      const files = { 'be.csv': [[0xfe, 0xff], big, 'utf-16be'], 'le.csv': [[0xff, 0xfe], little, 'utf-16le'], 'bare.csv': [[], little, 'utf-16le'] };
      for (const [name, [mark, bytes, encoding]] of Object.entries(files)) {
        await openImport(page, 'lead');
        await give(page, name, Buffer.concat([Buffer.from(mark), bytes]));
        await page.getByText(name, { exact: true }).waitFor();
        expect.equal(name, await page.getByLabel('Encoding').inputValue(), encoding);
        await page.getByRole('cell', { name: '李雷' }).waitFor();
      }
    });
    await step('a file in no known encoding leaves the choice of one on the screen', async () => {
      await openImport(page, 'lead');
      await give(page, 'bin.csv', Buffer.from([0, 0xff, 0xd8, 0, 0xdc, 0, 0xd8, 0, 0xff]));
      await problem.getByText('bin.csv is not in UTF-8', { exact: false }).waitFor();
      expect.equal('next', await next.getAttribute('aria-disabled'), 'true');
      await axe();
      await page.getByLabel('Encoding').selectOption({ label: 'Big5' });
      await problem.getByText('bin.csv is not in Big5', { exact: false }).waitFor();
      await page.getByLabel('Encoding').waitFor();
    });

    await step('a file without rows cannot be imported, and says why', async () => {
      const why = 'There is nothing to import: no row stands below the column names.';
      await openImport(page, 'lead');
      await give(page, 'headings.csv', 'Name,Company\n');
      await page.getByText(why).waitFor();
      expect.equal('next', await next.getAttribute('aria-disabled'), 'true');
      await next.click({ force: true });
      await page.getByRole('heading', { name: 'Choose files' }).waitFor();
      await give(page, 'empty.csv', '');
      await problem.getByText(why).waitFor();
      await give(page, 'fine.csv', 'Name\nAda\n');
      await problem.waitFor({ state: 'detached' });
      expect.equal('next', await next.getAttribute('aria-disabled'), null);
    });
    await step('scripts are told the same', async () => {
      const told = await page.evaluate(async () => {
        const code = (given) => perennial.import({ entity: 'lead', ...given }).then(() => 'done', (error) => error.code);
        return [
          await code({ text: '' }), await code({ text: 'Name\n\n' }), await code({ text: 'Name\nAda\n', mapping: {} }),
          await code({ text: 'Name,Score\nAda,5\n', mapping: { Name: 'name', Score: 'score' } }),
        ];
      });
      expect.equal('codes', told, ['no-rows', 'no-rows', 'no-columns', 'read-only']);
    });

    await step('a row that rules cannot take in is rejected; the others and the undo stay', async () => {
      await page.evaluate(() => perennial.dispatch({ define: { definitions: ['TRUE', 'FALSE'].map((to) => ({ rule: {
        id: `restless_${to.toLowerCase()}`, label: { 'zh-CN': to, en: to }, entity: 'lead', enabled: true,
        triggers: [{ on: 'created' }, { on: 'changed', fields: ['do_not_call'] }],
        condition: { formula: `AND(city="Restless",${to === 'TRUE' ? 'NOT(do_not_call)' : 'do_not_call'})` },
        actions: [{ do: 'set', field: 'do_not_call', to }],
      } })) } }));
      const rows = Array.from({ length: 1200 }, (_, at) => `Lead ${at},${at === 900 ? 'Restless' : 'Lyon'}`);
      await openImport(page, 'lead');
      await give(page, 'rules.csv', `Name,City\n${rows.join('\n')}\n`);
      await next.click();
      await page.getByRole('button', { name: 'Import 1,200 rows' }).click();
      await page.getByRole('heading', { name: '1,199 leads are in' }).waitFor({ timeout: 60_000 });
      const rejected = page.getByRole('region', { name: 'Rejected rows' }).getByRole('row');
      expect('row 902 with its reason', (await text(rejected.nth(1))).startsWith('902'));
      expect.equal('leads', await count(page), before + 1199);
      await page.getByRole('button', { name: 'Undo import' }).click();
      await page.getByRole('heading', { name: 'The import is undone' }).waitFor({ timeout: 60_000 });
      expect.equal('leads after undo', await count(page), before);
    });
    await step('new options come all at once', async () => {
      const rows = Array.from({ length: 3000 }, (_, at) => `Lead ${at},Source ${at % 300}`).join('\n');
      const entries = await page.evaluate(async (text) => {
        const { batch, created } = await perennial.import({ entity: 'lead', text, mapping: {
          columns: [{ header: 'Name', field: 'name' }, { header: 'Source', field: 'source' }], unknown_options: 'add',
        } });
        const options = perennial.schema().entities.find(({ id }) => id === 'lead').fields.find(({ id }) => id === 'source').options.length;
        await perennial.undo(batch);
        return { created, options };
      }, `Name,Source\n${rows}\n`);
      expect.equal('created', entries.created, 3000);
      expect('the options are there', entries.options >= 300);
    });
  },
};

/** Opens the wizard anew, even where it stands already. */
async function openImport(page, entity) {
  await page.evaluate(() => { location.hash = '#/history'; });
  await page.getByLabel('Files to import').waitFor({ state: 'detached' });
  await openFirst(page, entity);
}

async function give(page, name, content) {
  await page.getByLabel('Files to import').setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(content) });
}

const text = async (row) => (await row.innerText()).replace(/\s+/g, ' ').trim();
const count = (page) => page.evaluate(() => perennial.find('lead', { fields: [] }).length);
