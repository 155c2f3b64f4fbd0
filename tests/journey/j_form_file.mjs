// A form in a file of its own, opened from the disk: filled in step by step, held to the same rules, and handed back.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createHash, createHmac } from 'node:crypto';
import { ROOT } from './harness.mjs';

const PAGES = [
  { id: 'who', label: { en: 'About you', 'zh-CN': '您的信息' }, sections: [{ id: 'who-1', columns: 2, items: [
    { id: 'hello', kind: 'text', text: { en: '**Welcome.** A few questions.', 'zh-CN': '**您好。**几个问题。' } },
    { id: 'name', kind: 'field', field: 'name' }, { id: 'phone', kind: 'field', field: 'phone' }, { id: 'title', kind: 'field', field: 'title', default: '"Dr."' },
    { id: 'kind', kind: 'field', field: 'kind', width: 2 },
    { id: 'budget', kind: 'field', field: 'budget', width: 2, visible: { field: 'kind', is: 'equals', value: 'price' }, required: { all: [] } },
    { id: 'nps', kind: 'field', field: 'nps', width: 2 },
  ] }] },
  { id: 'what', label: { en: 'What you need', 'zh-CN': '您的需求' }, sections: [{ id: 'what-1', items: [
    { id: 'items', kind: 'lines', field: 'items', sums: ['amount'], columns: [{ field: 'product' }, { field: 'quantity' }, { field: 'price' }, { field: 'amount' }] },
    { id: 'note', kind: 'field', field: 'note', visible: { formula: 'SUM(items[amount])>100' } },
    { id: 'meets', kind: 'field', field: 'meets' },
    { id: 'consent', kind: 'field', field: 'consent', required: { all: [] } },
  ] }] },
];

export default {
  name: 'form file: opened from the disk, answered and handed back',
  timeout: 15_000,
  async run({ page, context, step, expect, axe, shots }) {
    const folder = mkdtempSync(join(tmpdir(), 'perennial-form-'));
    try {
      const { entity, lines, settings } = JSON.parse(readFileSync(join(ROOT, 'tests/data/form/alone.json'), 'utf8'));
      const form = { id: 'fair', edition: 2, seal: 'k3y', label: { en: 'Visit us', 'zh-CN': '展会登记' }, pages: PAGES, ending: { again: true } };
      const sheet = JSON.stringify({ form, entity, lines, settings, mail: 'fair@example.com' }).replaceAll('<', '\\u003c');
      const file = join(folder, 'fair.html');
      const html = readFileSync(join(ROOT, 'dist/form.html'), 'utf8').replace('/*sheet*/', () => sheet);
      writeFileSync(file, html);
      expect(`less than 60 KB, not ${html.length}`, Buffer.byteLength(html) < 60_000);
      await page.goto(pathToFileURL(file).href);

      await step('what is missing is said where it is missing', async () => {
        await page.getByRole('heading', { name: 'Visit us' }).waitFor();
        await axe();
        await page.getByRole('button', { name: 'Next' }).click();
        await page.getByText('One answer needs another look.').waitFor();
        expect.equal('the focus', await page.evaluate(() => document.activeElement.id), 'control-name');
        await page.getByLabel('Name').fill('李雷');
        await page.getByLabel('Phone').fill('12');
        await page.getByLabel('Phone').blur();
        await page.getByText('This is not a telephone number.').waitFor();
        await page.getByLabel('Phone').fill('138 0013 8000');
        expect.equal('what stands by itself', await page.getByLabel('Title').inputValue(), 'Dr.');
        await page.getByLabel('Title').fill('');
      });
      await step('an answer asks for another one', async () => {
        expect('no budget', await page.getByLabel('Budget').isHidden());
        await page.getByRole('radio', { name: 'Price' }).check();
        await page.getByLabel('Budget').fill('1.5万');
        await page.getByRole('radio', { name: '9' }).check();
        await axe();
        await shots('form file');
      });
      await step('a reload loses nothing, another language neither', async () => {
        await page.reload();
        expect.equal('the name', await page.getByLabel('Name').inputValue(), '李雷');
        expect('the choice', await page.getByRole('radio', { name: 'Price' }).isChecked());
        expect.equal('what was emptied', await page.getByLabel('Title').inputValue(), '');
        await page.getByRole('button', { name: '简体中文' }).click();
        await page.getByRole('heading', { name: '展会登记' }).waitFor();
        await page.getByRole('button', { name: 'English' }).click();
      });
      await step('a table is filled in and added up', async () => {
        await page.getByRole('button', { name: 'Next' }).click();
        await page.getByRole('button', { name: '+ Add a line' }).click();
        await page.getByLabel('Product 1').fill('Chair');
        await page.getByLabel('Price 1').fill('62.5');
        expect('no note', await page.getByLabel('Note').isHidden());
        await page.getByLabel('Quantity 1').fill('2');
        await page.getByLabel('Note').fill('<soon>');
        expect.equal('the sum', (await page.locator('tfoot').innerText()).trim().split(/\s+/).at(-1), '125');
        await page.getByLabel('Meeting').fill('2026-11-24T09:30');
        await page.getByRole('button', { name: 'Send' }).click();
        await page.getByText('This is needed.').waitFor();
        await page.getByLabel('Consent').check();
        await page.getByLabel('Consent').uncheck();
        await axe();
        await page.getByRole('button', { name: 'Send' }).click();
        await page.getByRole('heading', { name: /Your answers are ready/ }).waitFor();
        await axe();
        await shots('form file end');
      });
      await step('the answer is handed back as text, file, code and mail', async () => {
        const code = await page.getByLabel('Your answers as text').inputValue();
        const [mark, id, edition, key, length, payload, seal] = code.split('.');
        const short = (sum) => sum.toString('base64url');
        expect.equal('the head', [mark, id, edition, key], ['PF1', 'fair', '2', short(createHash('sha256').update('k3y').digest()).slice(0, 4)]);
        expect.equal('the length', Number(length), payload.length);
        expect.equal('the seal', seal, short(createHmac('sha256', 'k3y').update(code.slice(0, code.lastIndexOf('.'))).digest()).slice(0, 16));
        const [number, at, channel, values, rows] = JSON.parse(Buffer.from(payload, 'base64url').toString());
        expect('a number of its own', /^[0-9a-f]{8}-[0-9a-f]{4}-4/.test(number) && Math.abs(Date.now() - at) < 60_000 && channel === null);
        expect.equal('what was filled in', values, ['李雷', '+8613800138000', '', { o: 'price' }, { m: { amount: '15000', currency: 'CNY' } }, { n: '9' }, '<soon>', { t: '2026-11-24T01:30:00.000Z' }, false]);
        expect.equal('the lines', rows, [[['Chair', { n: '2' }, { n: '62.5' }, null]]]);
        const mail = await page.getByRole('link', { name: 'Write a mail' }).getAttribute('href');
        expect('a mail', mail.startsWith('mailto:fair@example.com?subject=') && mail.includes(encodeURIComponent(code)));
        const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Save as a file' }).click()]);
        expect.equal('the file', readFileSync(await download.path(), 'utf8').trim(), code);
        await page.getByRole('img', { name: 'Or let this be scanned' }).waitFor();
      });
      await step('it needs no network', async () => {
        await context.setOffline(true);
        await page.getByRole('button', { name: 'Fill it in again' }).click();
        expect.equal('a blank form', await page.getByLabel('Name').inputValue(), '');
        await page.setViewportSize({ width: 390, height: 844 });
        await axe();
        await shots('form file phone');
      });
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};
