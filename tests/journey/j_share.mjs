// The app as an app among others: it is installed from its settings, and texts, tables and workspaces are shared into it or opened with it.
import { mounted } from './harness.mjs';

export default [
  {
    name: 'share: a text becomes a record, a table an import, a file a workspace',
    timeout: 15_000,
    async run({ page, open, step, expect, axe, server }) {
      await page.addInitScript(() => {
        // Chromium hands files over only where the app is installed.
        Object.defineProperty(globalThis, 'launchQueue', { value: { setConsumer: (taken) => { globalThis.launch = taken; } } });
      });
      await open();
      await page.evaluate(() => navigator.serviceWorker.ready);
      await page.evaluate(() => globalThis.perennial.install('consultancy', { sample: false }));
      await page.waitForFunction(() => navigator.serviceWorker.controller);
      await page.goto(`${server.url}#/shared`);
      await page.getByText('Nothing has been shared').waitFor();

      await step('a text comes from another program', async () => {
        await share(page, { title: '', text: '张伟 13800138000\nzhang@example.com', url: '' });
        await page.getByRole('heading', { name: 'Shared with Perennial' }).waitFor();
        await page.getByText('13800138000').waitFor();
        await axe();
        await page.getByLabel('What it becomes').selectOption({ label: 'Leads' });
        await page.getByRole('button', { name: 'New lead…' }).click();
        const form = page.getByRole('dialog', { name: 'New lead' });
        expect.equal('name', await form.getByLabel('Name').inputValue(), '张伟');
        expect.equal('e-mail', await form.getByLabel('E-mail', { exact: true }).inputValue(), 'zhang@example.com');
        await form.getByRole('button', { name: /^Create/ }).click();
        await form.waitFor({ state: 'detached' });
        await page.goto(`${server.url}#/shared`);
        await page.getByText('Nothing has been shared').waitFor();
      });
      await step('a table is shared and imported', async () => {
        await share(page, { title: '', text: '', url: '' }, { name: 'fair.csv', type: 'text/csv', text: 'Name,Phone\n李雷,13900139000\n' });
        await page.getByLabel('What it becomes').selectOption({ label: 'Leads' });
        await page.getByRole('button', { name: 'Import…' }).click();
        await page.getByRole('heading', { name: 'Choose files' }).waitFor();
        await page.getByText('fair.csv').first().waitFor();
      });
      await step('a file of a workspace is opened with the app', async () => {
        const text = await page.evaluate(() => globalThis.perennial.snapshot());
        await page.evaluate((content) => globalThis.launch({
          files: [{ getFile: async () => new File([content], 'friday.perennial', { type: 'application/json' }) }],
        }), text);
        await page.getByText('friday.perennial').waitFor();
        await page.getByRole('button', { name: 'Open…' }).click();
        const dialog = page.getByRole('dialog');
        await dialog.getByText('friday.perennial', { exact: false }).waitFor();
        await dialog.getByRole('button', { name: 'Keep what is here' }).click();
      });
    },
  },
  {
    name: 'install: the app is offered, and says how it stands',
    async run({ page, open, step, expect, axe }) {
      await open({ route: '/settings/storage' });
      await page.evaluate(() => globalThis.perennial.install('consultancy', { sample: false }));
      await step('the browser offers it, the person takes it', async () => {
        await page.evaluate(() => {
          const offer = new Event('beforeinstallprompt', { cancelable: true });
          offer.prompt = async () => { globalThis.wasAsked = true; };
          dispatchEvent(offer);
        });
        await axe();
        await page.getByRole('button', { name: 'Install…' }).click();
        expect('the browser to ask', await page.evaluate(() => globalThis.wasAsked));
        await page.evaluate(() => dispatchEvent(new Event('appinstalled')));
        await page.getByText('Installed', { exact: true }).waitFor();
      });
      await step('both manifests say the same, and all that they name is there', async () => {
        const [english, chinese] = await page.evaluate(async () => {
          const read = async (name) => (await fetch(name)).json();
          return [await read('manifest.webmanifest'), await read('manifest.zh-CN.webmanifest')];
        });
        const shape = (value) => (Array.isArray(value) ? value.map(shape) : value && typeof value === 'object'
          ? Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, /^(name|label|description|lang)$/.test(key) && typeof inner === 'string' ? '' : shape(inner)]))
          : value);
        expect.equal('the same', shape(chinese), shape(english));
        const pictures = [...english.icons, ...english.screenshots].filter(({ sizes }) => sizes !== 'any');
        for (const { src, sizes } of pictures) {
          const found = await page.evaluate(async (address) => {
            const image = new Image();
            image.src = address;
            await image.decode();
            return `${image.naturalWidth}x${image.naturalHeight}`;
          }, src);
          expect.equal(src, found, sizes);
        }
      });
      await step('in Chinese it has a Chinese name', async () => {
        await page.evaluate(() => { localStorage['perennial.language'] = 'zh-CN'; });
        await page.reload();
        await mounted(page);
        expect('the manifest', (await page.locator('link[rel=manifest]').getAttribute('href')).includes('zh-CN'));
      });
    },
  },
];

/** What the browser does when another program shares something into the app. */
async function share(page, words, file) {
  await Promise.all([page.waitForURL(/#\/shared$/), page.evaluate(([given, shared]) => {
    const form = Object.assign(document.createElement('form'), { method: 'post', action: 'share', enctype: 'multipart/form-data' });
    for (const [name, value] of Object.entries(given)) form.append(Object.assign(document.createElement('input'), { name, value, type: 'hidden' }));
    // A text area keeps its lines.
    form.querySelector('[name=text]').replaceWith(Object.assign(document.createElement('textarea'), { name: 'text', value: given.text }));
    if (shared) {
      const held = new DataTransfer();
      held.items.add(new File([shared.text], shared.name, { type: shared.type }));
      form.append(Object.assign(document.createElement('input'), { type: 'file', name: 'files', files: held.files }));
    }
    document.body.append(form);
    form.submit();
  }, [words, file])]);
  await mounted(page);
}
