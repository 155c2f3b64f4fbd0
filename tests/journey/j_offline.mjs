// The app opens without a network, and a new version asks before it takes over.
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT, mounted, withServer } from './harness.mjs';

export default [
  {
    name: 'offline after one visit',
    async run({ page, context, open, step, expect, allow }) {
      await open();
      await step('the offline copy is made', () => page.evaluate(() => navigator.serviceWorker.ready));
      await step('the page opens without a network', async () => {
        allow(/ERR_INTERNET_DISCONNECTED/);
        await context.setOffline(true);
        await page.reload();
        await mounted(page);
        expect('the app', await page.getByRole('heading').first().isVisible());
      });
      await step('its icons are there as well', async () => {
        expect.equal('icons', await page.evaluate(async () => (await fetch('icons.svg')).ok), true);
      });
    },
  },
  {
    name: 'offline copy is replaced as a whole by a new version',
    async run({ page, step, expect }) {
      const folder = mkdtempSync(join(tmpdir(), 'perennial-dist-'));
      cpSync(join(ROOT, 'dist'), folder, { recursive: true });
      await withServer(async (server) => {
        await page.goto(server.url);
        await mounted(page);
        await page.evaluate(() => navigator.serviceWorker.ready);
        await page.reload();
        await mounted(page);
        const first = await page.evaluate(() => caches.keys());

        await step('a new version is published while the page is open', async () => {
          const old = readFileSync(join(folder, 'index.html'), 'utf8');
          const script = /perennial-[0-9a-f]{8,16}\.js/.exec(old)[0];
          const renamed = 'perennial-0123456789abcdef.js';
          cpSync(join(folder, script), join(folder, renamed));
          rmSync(join(folder, script));
          writeFileSync(join(folder, 'index.html'), old.replaceAll(script, renamed));
          const worker = readFileSync(join(folder, 'sw.js'), 'utf8');
          writeFileSync(join(folder, 'sw.js'), worker.replace(script, renamed).replace(/VERSION = "\w+"/, 'VERSION = "new"'));
          await page.evaluate(async () => {
            addEventListener('perennial:update', () => { globalThis.wasAsked = true; });
            await (await navigator.serviceWorker.ready).update();
          });
          await page.waitForFunction(() => globalThis.wasAsked);
          // Installed beside the old one, which still serves this page.
          expect.equal('both copies', (await page.evaluate(() => caches.keys())).length, 2);
        });
        await step('the person agrees', async () => {
          await Promise.all([page.waitForEvent('load'), page.evaluate(() => dispatchEvent(new Event('perennial:update-apply')))]);
          await mounted(page);
          await expect.soon('only the new copy', async () => {
            const names = await page.evaluate(() => caches.keys());
            return names.length === 1 && names[0] !== first[0];
          });
        });
      }, folder);
      rmSync(folder, { recursive: true });
    },
  },
];
