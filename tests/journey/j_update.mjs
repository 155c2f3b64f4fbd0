// A new version is announced and taken at will. What is typed stays, no page is given files of two versions, and a download that
// breaks off changes nothing.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { mounted } from './harness.mjs';
import { serve } from './serve.mjs';
import { publish, versions, withCopy } from './version.mjs';

// It is read anew whenever it is asked for, has no hash in its name and is not shown: what a page gets tells its version.
const PART = 'pinyin.txt';

export default [
  {
    name: 'update: a new version is taken at will and what is typed stays',
    timeout: 20_000,
    async run({ page, context, step, expect, axe }) {
      await withCopy(async (folder) => {
        const server = await serve(folder, { path: '/' });
        try {
          const before = readFileSync(join(folder, PART), 'utf8');
          const after = `${before}# of the next version\n`;
          const lead = await begin(page, server.url);
          const other = await context.newPage();

          await step('a form is half filled in one tab, a note half written in another', async () => {
            await page.goto(`${server.url}#/records/lead`);
            await page.keyboard.press('n');
            const form = page.getByRole('dialog', { name: 'New lead' });
            await form.getByLabel('Name').fill('赵敏');
            await form.getByLabel('E-mail', { exact: true }).fill('half@');
            await other.goto(`${server.url}#/record/lead/${lead}`);
            await mounted(other);
            await other.getByRole('textbox', { name: /comment/i }).fill('He asked for');
            await other.getByRole('heading').first().click();
          });
          const first = await versions(page);
          expect.equal('one version', first.page, first.worker);

          await step('another version is published: both tabs say so, and go on with what they have', async () => {
            publish(folder, 'b0000000000000b0', { [PART]: after });
            await look(page);
            for (const tab of [page, other]) await tab.getByText('A new version is ready.').last().waitFor();
            expect.equal('this tab', await versions(page), first);
            expect.equal('its parts', await part(page), before);
            await axe();
          });
          await step('it is taken in the other tab, and both come back with what was typed', async () => {
            await Promise.all([page.waitForEvent('load'), other.waitForEvent('load'), other.getByRole('button', { name: 'Reload' }).click()]);
            for (const tab of [page, other]) {
              await mounted(tab);
              expect.equal('the version', await versions(tab), { page: 'b0000000000000b0', worker: 'b0000000000000b0' });
              expect.equal('its parts', await part(tab), after);
              expect.equal('no announcement', await tab.getByText('A new version is ready.').count(), 0);
            }
            const form = page.getByRole('dialog', { name: 'New lead' });
            expect.equal('the name', await form.getByLabel('Name').inputValue(), '赵敏');
            expect.equal('the e-mail', await form.getByLabel('E-mail', { exact: true }).inputValue(), 'half@');
            expect.equal('the note', await other.getByRole('textbox', { name: /comment/i }).inputValue(), 'He asked for');
            await expect.soon('only the new version', async () => (await kept(page)).length === 1);
          });
          await step('the form is sent as if nothing had been', async () => {
            const form = page.getByRole('dialog', { name: 'New lead' });
            await form.getByLabel('E-mail', { exact: true }).fill('zhao@example.com');
            await form.getByRole('button', { name: /^Create/ }).click();
            await form.waitFor({ state: 'detached' });
            const made = await page.evaluate(() => globalThis.perennial.find('lead', { where: '姓名 = "赵敏"' }).length);
            expect.equal('made', made, 1);
            await page.getByText('Saved', { exact: true }).waitFor();
            await page.reload();
            await mounted(page);
            expect.equal('no form', await page.getByRole('dialog').count(), 0);
          });
          await step('with one tab open, a reload takes the next one', async () => {
            await other.close();
            publish(folder, 'c0000000000000c0');
            await look(page);
            await page.getByText('A new version is ready.').waitFor();
            await page.getByRole('button', { name: 'Later' }).click();
            await page.evaluate(() => location.reload());
            await expect.soon('the new version', async () => (await versions(page).catch(() => ({}))).page === 'c0000000000000c0', 10_000);
            await mounted(page);
          });
        } finally {
          await server.close();
        }
      });
    },
  },
  {
    name: 'update: a tab in which something cannot be kept waits with what it has',
    timeout: 20_000,
    async run({ page, context, step, expect }) {
      await withCopy(async (folder) => {
        const server = await serve(folder, { path: '/' });
        try {
          const before = readFileSync(join(folder, PART), 'utf8');
          await begin(page, server.url);
          const first = await versions(page);
          const other = await context.newPage();
          await other.goto(server.url);
          await mounted(other);
          await step('a table is on its way in', async () => {
            await page.goto(`${server.url}#/import/lead`);
            await page.getByLabel('Files to import').setInputFiles({ name: 'leads.csv', mimeType: 'text/csv', buffer: Buffer.from('Name,Phone\nA,13800138000\n') });
            await page.getByText('1 row', { exact: false }).first().waitFor();
          });
          await step('the other tab takes the new version, this one keeps its own for as long', async () => {
            publish(folder, 'b0000000000000b0', { [PART]: `${before}# of the next version\n` });
            await look(other);
            await Promise.all([other.waitForEvent('load'), other.getByRole('button', { name: 'Reload' }).click()]);
            await page.getByText('This one follows once what is open here is finished.', { exact: false }).waitFor();
            expect.equal('this tab', (await versions(page)).page, first.page);
            expect.equal('its parts', await part(page), before);
            expect.equal('both versions', (await kept(page)).length, 2);
          });
          await step('once the table is put away, it follows', async () => {
            await page.getByRole('button', { name: 'Take leads.csv out' }).click();
            await page.waitForEvent('load');
            await mounted(page);
            expect.equal('the version', await versions(page), { page: 'b0000000000000b0', worker: 'b0000000000000b0' });
          });
        } finally {
          await server.close();
        }
      });
    },
  },
  {
    name: 'update: a download that breaks off, or is not whole, changes nothing',
    timeout: 20_000,
    async run({ page, step, expect, allow }) {
      allow(/ERR_|integrity|digest/);
      await withCopy(async (folder) => {
        let server = null;
        let breaks = false;
        const meet = (path, response) => {
          if (!breaks || !path.endsWith(PART)) return false;
          // Half of it arrives; then nobody is there any more.
          response.writeHead(200, { 'content-type': 'text/plain', 'content-length': '80000' });
          response.write('x'.repeat(30_000), () => { response.destroy(); server.close(); });
          return true;
        };
        server = await serve(folder, { path: '/' , meet });
        const { url, port } = server;
        try {
          const before = readFileSync(join(folder, PART), 'utf8');
          const after = `${before}# of the next version\n`;
          await begin(page, url);
          const first = await versions(page);
          await page.goto(`${url}#/records/lead`);
          await page.keyboard.press('n');
          await page.getByRole('dialog').getByLabel('Name').fill('赵敏');
          const goesOn = async () => {
            expect.equal('the version', await versions(page), first);
            expect.equal('its parts', await part(page), before);
            expect.equal('the text', await page.getByRole('dialog').getByLabel('Name').inputValue(), '赵敏');
            expect.equal('no announcement', await page.getByText('A new version is ready.').count(), 0);
          };
          await step('the server stops in the middle of the download', async () => {
            publish(folder, 'b0000000000000b0', { [PART]: after });
            breaks = true;
            await failedLook(page);
            await goesOn();
          });
          await step('the page opens anew without a server, as it was', async () => {
            await page.reload();
            await mounted(page);
            await goesOn();
          });
          await step('the server is back, with a file of the former version left', async () => {
            breaks = false;
            writeFileSync(join(folder, PART), before);
            server = await serve(folder, { path: '/', port });
            await failedLook(page);
            await goesOn();
          });
          await step('all is there: the new version is announced and taken', async () => {
            writeFileSync(join(folder, PART), after);
            await look(page);
            const form = page.getByRole('dialog');
            await Promise.all([page.waitForEvent('load'), form.getByRole('button', { name: 'Reload' }).click()]);
            await mounted(page);
            expect.equal('the version', await versions(page), { page: 'b0000000000000b0', worker: 'b0000000000000b0' });
            expect.equal('its parts', await part(page), after);
            expect.equal('the text', await form.getByLabel('Name').inputValue(), '赵敏');
          });
        } finally {
          await server.close().catch(() => {});
        }
      });
    },
  },
];

/** The app with its pack and its offline copy; gives a lead. */
async function begin(page, url) {
  await page.goto(url);
  await mounted(page);
  await page.evaluate(() => navigator.serviceWorker.ready);
  await page.evaluate(() => globalThis.perennial.install('consultancy', { sample: false }));
  const { id } = await page.evaluate(() => globalThis.perennial.create('lead', { name: '李雷' }));
  await page.waitForFunction(() => navigator.serviceWorker.controller);
  return id;
}

async function look(page) {
  await page.evaluate(async () => {
    const registration = await navigator.serviceWorker.getRegistration();
    await registration.update();
    const coming = registration.installing;
    if (coming) await new Promise((done) => coming.addEventListener('statechange', done, { once: true }));
    if (!registration.waiting) throw new Error(`the download came to nothing: ${coming?.state}`);
  });
}

async function failedLook(page) {
  const state = await page.evaluate(async () => {
    const registration = await navigator.serviceWorker.getRegistration();
    await registration.update();
    const coming = registration.installing;
    await new Promise((done) => coming.addEventListener('statechange', done, { once: true }));
    return coming.state;
  });
  if (state !== 'redundant') throw new Error(`the download came to ${state}`);
}

function part(page) {
  return page.evaluate(async (name) => (await fetch(name)).text(), PART);
}

function kept(page) {
  return page.evaluate(async () => (await caches.keys()).filter((name) => name.includes(':version:')));
}
