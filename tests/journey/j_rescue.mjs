// When the app cannot go on, a person still gets to the data, without any Rust.
import { readFileSync } from 'node:fs';

export default [
  {
    name: 'rescue when the app does not arrive',
    async run({ page, server, step, expect, axe, allow }) {
      allow(/\.wasm|Failed to fetch|favicon/);
      await step('the wasm file is lost on the way', async () => {
        await page.goto(`${server.url}icon/logo.svg`);
        await page.evaluate(makeDatabase);
        await page.route('**/*.wasm', (route) => route.abort());
        await page.goto(`${server.url}?no-sw`);
        await page.getByRole('alertdialog', { name: 'Something went wrong, your data is safe' }).waitFor();
      });
      await step('the first button has the focus', async () => {
        expect.equal('focus', await page.evaluate(() => document.activeElement.textContent), 'Reload');
      });
      await step('the dialog is accessible', () => axe());
      const rescued = await step('everything is exported', () => rescue(page));
      expect.equal('database', rescued.database, { name: 'perennial', version: 3 });
      expect.equal('stores', Object.keys(rescued.stores), ['blob', 'log']);
      expect.equal('a commit', rescued.stores.log.entries[0], { key: 1, value: { who: '张伟', at: { $date: '2026-11-22T00:00:00.000Z' } } });
      expect.equal('bytes', rescued.stores.blob.entries.map(({ value }) => value), [
        { $bytes: 'AQL/' }, { $bytes: 'AwQ=' }, { $file: 'aGVsbG8=', type: 'text/plain' },
      ]);
      await step('the details are copied', async () => {
        await page.getByRole('button', { name: 'Copy details' }).click();
        await page.getByText('Details copied.').waitFor();
        expect('the address among the details', (await page.evaluate(() => navigator.clipboard.readText())).includes('page: http'));
      });
    },
  },
  {
    name: 'rescue after a panic, in Chinese',
    async run({ page, open, step, expect, axe, shots }) {
      await open({ lang: 'zh-CN', theme: 'dark', width: 390 });
      await step('the app panics', () => page.evaluate(() => dispatchEvent(new CustomEvent('perennial:panic', { detail: 'index out of bounds' }))));
      await page.getByRole('alertdialog', { name: '出了点问题，您的数据是安全的' }).waitFor();
      await axe({ include: '#rescue' });
      await shots('rescue');
      await step('the reason is among the details', async () => {
        await page.getByText('详情', { exact: true }).click();
        expect('the reason', (await page.locator('#rescue pre').textContent()).includes('index out of bounds'));
      });
      await step('Escape does not close it', async () => {
        await page.keyboard.press('Escape');
        await page.keyboard.press('Escape');
        expect('the dialog to stay', await page.getByRole('alertdialog').isVisible());
      });
      await step('reloading brings the app back', async () => {
        await page.getByRole('button', { name: '重新加载' }).click();
        await page.getByRole('alertdialog').waitFor({ state: 'detached' });
      });
    },
  },
  {
    name: 'rescue asked for, with nothing to export',
    async run({ page, server, step }) {
      await page.route('**/*.wasm', () => {});
      await page.goto(`${server.url}?no-sw&rescue`);
      await step('the export says that there is nothing', async () => {
        await page.getByRole('button', { name: 'Rescue export' }).click();
        await page.getByText('nothing to export').waitFor();
      });
    },
  },
];

async function rescue(page) {
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Rescue export' }).click()]);
  if (!/^perennial-rescue-\d{4}-\d\d-\d\d\.json$/.test(download.suggestedFilename())) throw new Error(download.suggestedFilename());
  return JSON.parse(readFileSync(await download.path(), 'utf8'));
}

function makeDatabase() {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open('perennial', 3);
    request.onupgradeneeded = () => {
      const database = request.result;
      database.createObjectStore('log', { autoIncrement: true }).add({ who: '张伟', at: new Date('2026-11-22T00:00:00Z') });
      const blobs = database.createObjectStore('blob');
      blobs.add(new Uint8Array([1, 2, 255]), 'a');
      blobs.add(new Uint8Array([3, 4]).buffer, 'b');
      blobs.add(new Blob(['hello'], { type: 'text/plain' }), 'c');
    };
    request.onsuccess = () => { request.result.close(); resolve(); };
    request.onerror = () => reject(request.error);
  });
}
