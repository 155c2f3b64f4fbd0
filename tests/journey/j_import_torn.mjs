// A file with odd quotation marks is read as somebody says; and a page that is reloaded in the middle of an import keeps what was
// taken in, and says so.
import { mounted } from './harness.mjs';
import { openImport } from './j_import.mjs';

const ROWS = 12_000;

export default { name: 'quotation marks are chosen, and an import torn by a reload', timeout: 30_000, run };

async function run({ page, open, step, expect, axe, allow }) {
  await open({ query: '?no-sw' });
  await page.evaluate(() => perennial.install('consultancy', { sample: false }));
  const next = page.getByRole('main').getByRole('button', { name: 'Next', exact: true });
  const count = () => page.evaluate(() => perennial.find('lead', {}).length);

  await step('single quotes hold commas', async () => {
    await openImport(page, 'lead');
    const text = "Name,Title\n'Lee, Ann','Buyer, senior'\n'O''Neil, Pat',Seller\n";
    await page.getByLabel('Files to import').setInputFiles({ name: 'odd.csv', mimeType: 'text/csv', buffer: Buffer.from(text) });
    await page.getByLabel('Text stands in').selectOption({ label: "single quotes '…'" });
    await page.getByRole('region', { name: /^The first/ }).getByText('Lee, Ann').waitFor();
    await page.getByRole('region', { name: /^The first/ }).getByText("O'Neil, Pat").waitFor();
    await axe();
  });

  await step('a reload in the middle', async () => {
    await openImport(page, 'account');
    await openImport(page, 'lead');
    const rows = Array.from({ length: ROWS }, (_, at) => `Row ${at},Buyer,+86138${String(at).padStart(8, '0')}`);
    const text = `Name,Title,Mobile\n${rows.join('\n')}\n`;
    await page.getByLabel('Files to import').setInputFiles({ name: 'many.csv', mimeType: 'text/csv', buffer: Buffer.from(text) });
    await page.getByText('12,000 rows', { exact: false }).first().waitFor();
    for (let at = 0; at < 3; at += 1) await next.click();
    await page.getByRole('heading', { name: 'Look at the first rows' }).waitFor();
    await page.getByRole('button', { name: /^Import 12,000 rows/ }).click();
    await expect.soon('some are in', async () => await count() > 500, 20_000);
    allow(/ERR_ABORTED/);
    page.on('dialog', (dialog) => dialog.accept());
    await page.reload();
    await mounted(page);
    await page.getByText(/The import ended when the page was left/).waitFor();
    const kept = await count();
    expect(`a part of the rows, not ${kept}`, kept > 0 && kept < ROWS);
    await axe();
    // What was kept is whole, and is undone as one.
    await page.reload();
    await mounted(page);
    expect.equal('after another reload', await count(), kept);
    expect.equal('said once', await page.getByText(/The import ended when the page was left/).count(), 0);
  });
}
