// What the environment does to the storage: each trouble is said plainly, nothing is lost, and there is a way on.
import { readFileSync } from 'node:fs';
import { besideTheApp, json, keys } from './database.mjs';
import { mounted, shoot } from './harness.mjs';

export default [
  {
    name: 'no storage is left',
    timeout: 20_000,
    async run({ page, context, server, open, step, expect, axe, allow }) {
      allow(/favicon/);
      const browser = await context.newCDPSession(page);
      const origin = new URL(server.url).origin;
      // Before anything is written: the browser remembers for a while how much room there was.
      await browser.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 2_000_000 });
      await prepared(page, open);
      await step('a big change does not fit, and the page says so', async () => {
        const refused = await page.evaluate(() => {
          let big = '';
          while (big.length < 5e6) big += btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(30_000))));
          return perennial.create('account', { name: '大客户', description: big }).then(() => 'written', (error) => error.code);
        });
        expect.equal('answer', refused, 'not-saved');
        await page.getByRole('alert').getByText('No storage is left.').waitFor();
        await page.getByText('Not saved').waitFor();
        await axe();
      });
      await step('what was typed is still there', async () => {
        expect.equal('accounts', (await accounts(page)).filter((name) => name.startsWith('大客户')).length, 1);
      });
      await step('what comes now waits as well, and an export holds it', async () => {
        await page.evaluate(() => perennial.create('account', { name: 'Waits too' }).catch(() => {}));
        const snapshot = JSON.parse(await page.evaluate(() => perennial.snapshot()));
        expect('both in the export', ['大客户', 'Waits too'].every((start) => snapshot.records.some(({ values }) => values.name?.startsWith(start))));
      });
      await step('trying again while it is full changes nothing', async () => {
        await page.getByRole('button', { name: 'Try again' }).click();
        await page.getByRole('alert').getByText('No storage is left.').waitFor();
      });
      await step('with room again, trying again writes all of it', async () => {
        await browser.send('Storage.overrideQuotaForOrigin', { origin });
        await page.getByRole('button', { name: 'Try again' }).click();
        await page.getByText('No storage is left.').waitFor({ state: 'detached' });
        await page.getByText('Saved', { exact: true }).waitFor();
        await page.goto(`${server.url}?no-sw`);
        await mounted(page);
        const names = await accounts(page);
        expect.equal('accounts', names.filter((name) => name.startsWith('大客户') || name === 'Waits too').length, 2);
      });
    },
  },
  {
    name: 'the browser closes the database',
    timeout: 20_000,
    async run({ page, server, open, step, expect, axe, allow, shots }) {
      allow(/favicon/);
      await page.addInitScript(rememberDatabases);
      await prepared(page, open);
      await step('the connection is closed under the page', async () => {
        await page.evaluate(() => closeUnexpectedly());
        await page.getByRole('alert').getByText('The browser has closed the database.').waitFor();
        await axe();
        await shots('storage-closed');
      });
      await step('what comes now waits', async () => {
        const code = await page.evaluate(() => perennial.create('account', { name: 'While closed' }).catch((error) => error.code));
        expect.equal('answer', code, 'not-saved');
        await page.getByText('Not saved').waitFor();
      });
      await step('an export works without the database', async () => {
        const snapshot = JSON.parse(await page.evaluate(() => perennial.snapshot()));
        expect('what waits', snapshot.records.some(({ values }) => values.name === 'While closed'));
      });
      await step('trying again opens it anew and writes what waits', async () => {
        await page.getByRole('button', { name: 'Try again' }).click();
        await page.getByText('Saved', { exact: true }).waitFor();
        await page.getByText('The browser has closed the database.').waitFor({ state: 'detached' });
        expect.equal('head', (await json(page, 'meta', 'head')).position, (await keys(page, 'log')).length);
      });
      await step('undo still works, and a reload has it all', async () => {
        await page.evaluate(() => perennial.create('account', { name: 'Afterwards' }));
        await page.evaluate(() => perennial.undo());
        await page.evaluate(() => perennial.undo());
        await page.evaluate(() => perennial.redo());
        await page.goto(`${server.url}?no-sw`);
        await mounted(page);
        expect.equal('accounts', await accounts(page), ['First', 'While closed']);
      });
    },
  },
  {
    name: 'a write that succeeded but was reported as failed',
    timeout: 20_000,
    async run({ page, server, open, step, expect }) {
      await page.addInitScript(() => {
        const { get, set } = Object.getOwnPropertyDescriptor(IDBTransaction.prototype, 'oncomplete');
        Object.defineProperty(IDBTransaction.prototype, 'oncomplete', {
          get,
          set(heard) {
            set.call(this, heard && ((event) => {
              if (globalThis.reportsFailure && this.mode === 'readwrite') this.onabort?.(event);
              else heard.call(this, event);
            }));
          },
        });
      });
      await prepared(page, open);
      await step('the page takes it for lost and keeps it', async () => {
        const code = await page.evaluate(async () => {
          globalThis.reportsFailure = true;
          const outcome = await perennial.create('account', { name: 'Once' }).catch((error) => error.code);
          globalThis.reportsFailure = false;
          return outcome;
        });
        expect.equal('answer', code, 'not-saved');
        await page.getByRole('alert').getByText('Your last changes are not saved yet.').waitFor();
      });
      await step('trying again finds it written, and does not do it twice', async () => {
        await page.evaluate(() => perennial.create('account', { name: 'Next' }).catch(() => {}));
        const retry = page.getByRole('button', { name: 'Try again' });
        if (await retry.isVisible()) await retry.click();
        await page.getByText('Saved', { exact: true }).waitFor();
        expect.equal('accounts', await accounts(page), ['First', 'Next', 'Once']);
        expect.equal('commits', (await keys(page, 'log')).length, (await json(page, 'meta', 'head')).position);
        await page.goto(`${server.url}?no-sw`);
        await mounted(page);
        expect.equal('accounts', await accounts(page), ['First', 'Next', 'Once']);
      });
    },
  },
  {
    name: 'the browser clears the stored data under an open page',
    timeout: 20_000,
    async run({ page, context, server, open, step, expect, allow }) {
      allow(/favicon/);
      await prepared(page, open);
      const browser = await context.newCDPSession(page);
      await step('the data of the site is cleared', async () => {
        await browser.send('Storage.clearDataForOrigin', { origin: new URL(server.url).origin, storageTypes: 'indexeddb' });
        await page.getByRole('alert').waitFor();
      });
      await page.evaluate(() => perennial.create('account', { name: 'While cleared' }).catch(() => {}));
      await step('trying again puts everything back from memory', async () => {
        await page.getByRole('button', { name: 'Try again' }).click();
        await page.getByText('The stored data had been cleared.').waitFor();
        await page.getByText('Saved', { exact: true }).waitFor();
      });
      await step('work goes on, and a reload has it all', async () => {
        await page.evaluate(() => perennial.create('account', { name: 'Afterwards' }));
        await page.goto(`${server.url}?no-sw`);
        await mounted(page);
        expect.equal('accounts', await accounts(page), ['Afterwards', 'First', 'While cleared']);
        expect.equal('banners', await page.locator('.banner').count(), 0);
      });
      await step('undo takes back what was done, not what was put back', async () => {
        await page.evaluate(() => perennial.undo());
        await page.evaluate(() => perennial.undo()).catch(() => {});
        expect.equal('accounts', await accounts(page), ['First', 'While cleared']);
      });
    },
  },
  {
    name: 'another tab brings a newer version',
    timeout: 20_000,
    async run({ page, context, server, open, step, expect, axe, allow }) {
      allow(/favicon/);
      await prepared(page, open);
      const newer = await context.newPage();
      await besideTheApp(newer, server);
      await step('it may: this tab lets go and says so', async () => {
        await newer.evaluate(() => new Promise((done, fail) => {
          const request = indexedDB.open('perennial', 2);
          request.onblocked = () => fail(new Error('blocked'));
          request.onerror = () => fail(request.error);
          request.onsuccess = () => { request.result.close(); done(); };
        }));
        await page.getByText('Another tab needed the database').waitFor();
        await page.getByText('Everything is saved.').waitFor();
        await page.getByRole('button', { name: 'Reload' }).waitFor();
        await axe();
      });
      await step('a change now waits, and the page says that reloading would lose it', async () => {
        await page.evaluate(() => perennial.create('account', { name: 'Too late' }).catch(() => {}));
        await page.getByText('Your last changes are only in memory.').waitFor();
        expect('the browser to ask before the page is left', await wouldAsk(page));
        await page.getByRole('button', { name: 'Export…' }).click();
        const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Save', exact: true }).click()]);
        const snapshot = JSON.parse(readFileSync(await download.path(), 'utf8'));
        expect('the change in the export', snapshot.records.some(({ values }) => values.name === 'Too late'));
      });
      await step('trying again cannot help with a newer version, and says so', async () => {
        await page.getByRole('button', { name: 'Try again' }).click();
        await page.getByText('Another tab needed the database').waitFor();
      });
    },
  },
  {
    name: 'another tab only deletes and makes the database anew',
    timeout: 20_000,
    async run({ page, context, server, open, step, expect, allow }) {
      allow(/favicon/);
      await prepared(page, open);
      const other = await context.newPage();
      await besideTheApp(other, server);
      await step('this tab lets go', async () => {
        await other.evaluate(() => new Promise((done, fail) => {
          const request = indexedDB.deleteDatabase('perennial');
          request.onsuccess = () => done();
          request.onblocked = () => fail(new Error('blocked'));
        }));
        await page.getByText('Another tab needed the database').waitFor();
      });
      await step('a change waits, and trying again keeps everything anew', async () => {
        await page.evaluate(() => perennial.create('account', { name: 'Second' }).catch(() => {}));
        await page.getByRole('button', { name: 'Try again' }).click();
        await page.getByText('Saved', { exact: true }).waitFor();
        await page.goto(`${server.url}?no-sw`);
        await mounted(page);
        expect.equal('accounts', await accounts(page), ['First', 'Second']);
      });
    },
  },
  {
    name: 'an older version in another tab blocks the opening',
    timeout: 20_000,
    async run({ page, context, server, open, step, expect, axe, allow }) {
      allow(/favicon/);
      await prepared(page, open);
      await page.close();
      const older = await context.newPage();
      await besideTheApp(older, server);
      await older.evaluate(() => new Promise((done) => {
        const request = indexedDB.open('perennial');
        // It does not hear that it is to let go.
        request.onsuccess = () => { globalThis.held = request.result; done(); };
      }));
      const tab = await context.newPage();
      // As if this page knew one version more.
      await tab.addInitScript(() => {
        const { open: asked } = IDBFactory.prototype;
        IDBFactory.prototype.open = function open(name, version) { return asked.call(this, name, version && version + 1); };
      });
      await step('it says who is in the way, and that nothing was touched', async () => {
        await tab.goto(`${server.url}?no-sw`);
        const alert = tab.getByRole('alert');
        await alert.getByText('Another tab is keeping the database busy').waitFor();
        expect('that nothing was touched', (await alert.textContent()).includes('Nothing was touched'));
        await axe({ page: tab });
        await shoot(tab, 'storage-blocked');
      });
      await step('once the other tab is gone it opens by itself', async () => {
        await older.close();
        await mounted(tab);
        await tab.getByRole('navigation').first().waitFor();
        expect.equal('accounts', await accounts(tab), ['First']);
      });
    },
  },
  ...['en', 'zh-CN'].map((lang) => ({
    name: `a browser that keeps nothing (${lang})`,
    timeout: 20_000,
    async run({ page, open, step, expect, axe, shots }) {
      const says = lang === 'en'
        ? { not: 'This browser keeps nothing.', export: 'Export…', save: 'Save' }
        : { not: '当前浏览器不会保存数据。', export: '导出…', save: '保存' };
      await page.addInitScript(() => {
        Object.defineProperty(globalThis, 'indexedDB', { value: undefined });
        // Some private windows forbid this as well.
        Object.defineProperty(globalThis, 'caches', { value: undefined });
      });
      await step('it opens in memory and says so before anything is begun', async () => {
        await open({ query: '?no-sw', lang });
        await page.getByText(says.not).waitFor();
        await axe();
        await shots(`storage-none-${lang}`);
      });
      await step('one can work, and leaving is asked about', async () => {
        await page.evaluate(async () => {
          await perennial.install('consultancy', { sample: false });
          await perennial.create('account', { name: 'In memory' });
        });
        await page.getByText(says.not).waitFor();
        expect('the browser to ask before the page is left', await wouldAsk(page));
        await axe();
      });
      await step('the banner leads to the export', async () => {
        await page.getByRole('button', { name: says.export }).click();
        const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: says.save, exact: true }).click()]);
        const snapshot = JSON.parse(readFileSync(await download.path(), 'utf8'));
        expect('the record', snapshot.records.some(({ values }) => values.name === 'In memory'));
      });
    },
  })),
  ...[
    ['refuses', 'SecurityError', 'The operation is insecure.', 'This browser keeps nothing.', false],
    ['fails', 'UnknownError', 'Internal error opening backing store', 'The workspace could not be opened', true],
    ['has no room', 'QuotaExceededError', 'full', 'No storage is left', true],
  ].map(([what, name, message, says, offersRescue]) => ({
    name: `a database that ${what} when it is opened`,
    async run({ page, server, step, axe, shots }) {
      await page.addInitScript(([errorName, text]) => {
        const { open: asked } = IDBFactory.prototype;
        globalThis.indexedDB.constructor.prototype.open = function open(...given) {
          if (globalThis.letsOpen) return asked.apply(this, given);
          const request = new EventTarget();
          request.error = new DOMException(text, errorName);
          setTimeout(() => request.onerror?.(new Event('error')));
          return request;
        };
      }, [name, message]);
      await step('it says so', async () => {
        await page.goto(`${server.url}?no-sw`);
        await page.getByText(says).first().waitFor();
        await axe();
        await shots(`storage-${name}`);
      });
      if (!offersRescue) return;
      await step('a rescue export is offered', async () => {
        await page.getByRole('button', { name: 'Rescue export…' }).click();
        await page.getByRole('alertdialog').getByRole('button', { name: 'Rescue export' }).waitFor();
      });
    },
  })),
  {
    name: 'how much room is left, and whether it is kept',
    async run({ page, context, server, open, step, expect, axe }) {
      const browser = await context.newCDPSession(page);
      const origin = new URL(server.url).origin;
      await prepared(page, open);
      const settings = async () => {
        await page.evaluate(() => { location.hash = '#/'; });
        await page.evaluate(() => { location.hash = '#/settings/storage'; });
      };
      await step('the gauge shows what is used of what is allowed', async () => {
        await settings();
        const gauge = page.getByRole('img', { name: / of .* used$/ });
        await gauge.waitFor();
        // The browser says how much it allows only roughly, and what is used changes while it tidies up.
        const [, used, unit] = /^([\d.]+) (k|M)B of [\d.]+ GB used$/.exec(await gauge.getAttribute('aria-label'));
        const { usage } = await page.evaluate(() => navigator.storage.estimate());
        const shown = Number(used) * (unit === 'k' ? 1e3 : 1e6);
        expect(`about ${usage} bytes, not ${shown}`, shown > usage / 3 && shown < usage * 3);
        await page.getByRole('listitem').filter({ hasText: /^Free/ }).waitFor();
        await axe();
      });
      await step('without the promise it says that the browser may clear it', async () => {
        expect.equal('persisted', await page.evaluate(() => navigator.storage.persisted()), false);
        await page.getByText('Not promised').waitFor();
      });
      await step('the browser is asked, and what it promised is shown', async () => {
        await browser.send('Browser.setPermission', { origin, permission: { name: 'persistent-storage' }, setting: 'granted' });
        await page.goto(`${server.url}?no-sw`);
        await mounted(page);
        await expect.soon('the promise', () => page.evaluate(() => navigator.storage.persisted()));
        await settings();
        await page.getByText('Persistent', { exact: true }).waitFor();
      });
    },
  },
];

/** A workspace with one account. */
async function prepared(page, open) {
  await open({ query: '?no-sw' });
  await page.evaluate(async () => {
    await perennial.install('consultancy', { sample: false });
    await perennial.create('account', { name: 'First' });
  });
}

function accounts(page) {
  return page.evaluate(() => perennial.find('account', { fields: ['name'] }).map(({ name }) => name).sort());
}

/** Whether the page would have the browser ask before it is left. */
function wouldAsk(page) {
  return page.evaluate(() => {
    const event = new Event('beforeunload', { cancelable: true });
    dispatchEvent(event);
    return event.defaultPrevented;
  });
}

/** Keeps hold of the app's connections, to close them as a failing browser does: without being asked. */
function rememberDatabases() {
  const held = [];
  const { open: asked } = IDBFactory.prototype;
  IDBFactory.prototype.open = function open(...given) {
    const request = asked.apply(this, given);
    request.addEventListener('success', () => held.push(request.result));
    return request;
  };
  globalThis.closeUnexpectedly = () => {
    for (const database of held.splice(0)) {
      database.close();
      database.dispatchEvent(new Event('close'));
    }
  };
}
