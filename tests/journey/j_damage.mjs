// Bits flipped on the disk: the rest opens, what the log still tells is rebuilt, and what nobody can tell is named.
import { besideTheApp, entries, flip, isCheckpointed, keys, unread } from './database.mjs';
import { mounted } from './harness.mjs';

const COUNT = 1_200;

export default {
  name: 'damage on the disk',
  timeout: 30_000,
  async run({ page, server, open, step, expect, allow }) {
    // The page beside the app has no icon.
    allow(/favicon/);
    const reopen = async () => {
      await page.goto(`${server.url}?no-sw`);
      await mounted(page);
    };
    const names = () => page.evaluate(() => perennial.find('account', { fields: ['name'] }).map((row) => row.name).sort());
    const banners = () => page.locator('.banner').allTextContents();

    await open({ query: '?no-sw' });
    await step('some accounts are kept', async () => {
      const created = await page.evaluate(async (count) => {
        await perennial.install('consultancy', { sample: false });
        const rows = Array.from({ length: count }, (_, row) => `Company ${row},City ${row}`);
        return (await perennial.import({ entity: 'account', text: `name,city\n${rows.join('\n')}` })).created;
      }, COUNT);
      expect.equal('accounts', created, COUNT);
      await expect.soon('pages', () => isCheckpointed(page), 20_000);
    });
    const before = await names();
    const pages = (await keys(page, 'page')).filter((key) => key.startsWith('account/'));
    expect('more than one page of accounts', pages.length > 1);

    for (const damaged of [pages[0], '~definitions']) {
      await step(`the page ${damaged} is damaged`, async () => {
        await besideTheApp(page, server);
        await flip(page, 'page', damaged);
        await reopen();
        expect.equal('accounts', await names(), before);
        expect.equal('banners, as nothing is lost', await banners(), []);
        expect('what was damaged to be kept as it was found', (await keys(page, 'quarantine')).includes(`page/${damaged}`));
        await expect.soon('pages written anew', () => isCheckpointed(page), 20_000);
      });
    }

    await step('a page and what the log says of one of its records are damaged', async () => {
      const id = await page.evaluate(async () => (await perennial.create('account', { name: 'Only here' })).id);
      await page.evaluate(() => perennial.create('account', { name: 'Just after' }));
      await expect.soon('pages', () => isCheckpointed(page), 20_000);
      const log = (await entries(page, 'log')).map(({ key, bytes }) => ({ key, text: Buffer.from(bytes).toString() }));
      const lost = log.find(({ text }) => text.includes(id)).key;
      await besideTheApp(page, server);
      const last = (await keys(page, 'page')).filter((key) => key.startsWith('account/')).at(-1);
      await flip(page, 'page', last);
      // A bit in a text might leave the entry readable, and what can be read is used, and named.
      await unread(page, 'log', lost);
      await reopen();
      const said = (await banners()).join(' ');
      expect(`log/${lost} among the names in ${JSON.stringify(said)}`, said.includes(`log/${lost}`));
      expect(`page/${last} among the names in ${JSON.stringify(said)}`, said.includes(`page/${last}`));
      const left = await names();
      expect.equal('accounts that are gone', before.filter((name) => !left.includes(name)), []);
      expect('what came later', left.includes('Just after'));
      expect('the record that nothing tells of to be gone', !left.includes('Only here'));
      expect('the bytes of the log entry to be kept', (await keys(page, 'quarantine')).includes(`log/${lost}`));
    });

    await step('work goes on', async () => {
      await page.evaluate(() => perennial.create('account', { name: 'After the damage' }));
      await reopen();
      expect('the new account', (await names()).includes('After the damage'));
    });
  },
};
