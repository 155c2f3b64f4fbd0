// The app opens without a network: cold, in a browser that was closed, with its server gone, under a path of its own.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { CHROMIUM, FLAGS, ROOT, expect, mounted } from './harness.mjs';
import { serve } from './serve.mjs';

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
        expect.equal('icons', await page.evaluate(async () => (await fetch('icon/logo.svg')).ok), true);
      });
    },
  },
  {
    name: 'offline and cold: the browser was closed, the server is gone',
    async run({ step }) {
      const profile = mkdtempSync(join(tmpdir(), 'perennial-cold-'));
      const start = () => chromium.launchPersistentContext(profile, { executablePath: CHROMIUM, args: FLAGS, headless: true, locale: 'en-GB' });
      const server = await serve(join(ROOT, 'dist'), { path: '/a/deep/er/path/' });
      let browser = await start();
      try {
        await step('one visit, in which nothing is installed', async () => {
          const page = await browser.newPage();
          await page.goto(server.url);
          await mounted(page);
          await page.evaluate(() => navigator.serviceWorker.ready);
        });
        await step('the browser is closed, the server stopped', async () => {
          await browser.close();
          await server.close();
          browser = await start();
          await browser.setOffline(true);
        });
        await step('the app opens and the pack with its sample is installed', async () => {
          const page = await browser.newPage();
          const errors = [];
          page.on('console', (message) => { if (message.type() === 'error') errors.push(message.text()); });
          await page.goto(server.url);
          await mounted(page);
          await page.evaluate(() => globalThis.perennial.install('consultancy', { sample: true }));
          await page.goto(`${server.url}#/records/lead`);
          await page.getByRole('grid').waitFor();
          expect('the sample', await page.evaluate(() => globalThis.perennial.find('lead', {}).length) > 100);
          expect.equal('errors', errors, []);
        });
        await step('and once more, at another address of it', async () => {
          const page = await browser.newPage();
          await page.goto(`${server.url}index.html#/settings`);
          await mounted(page);
          await page.getByRole('heading', { name: 'Settings' }).waitFor();
        });
      } finally {
        await browser.close().catch(() => {});
        await server.close().catch(() => {});
        rmSync(profile, { recursive: true, force: true, maxRetries: 3 });
      }
    },
  },
];
