// A database that the browser has lost between two visits is not taken for a first run: Chromium begins a new one without a word.
export default { name: 'a workspace that the browser has lost', run };

async function run({ page, open, step, expect, axe }) {
  const said = page.getByText('The browser has lost the workspace of this device.');
  await open();
  expect('nothing to be said on a first run', !(await said.count()));
  await page.evaluate(() => perennial.install('consultancy', { sample: false }));
  await open({ query: '?again' });
  expect('nothing to be said while all is there', !(await said.count()));

  await step('the browser loses the database', async () => {
    await page.goto('about:blank');
    const session = await page.context().newCDPSession(page);
    await open({ query: '?leave' });
    const { origin } = new URL(page.url());
    await page.goto('about:blank');
    await session.send('Storage.clearDataForOrigin', { origin, storageTypes: 'indexeddb' });
    await open({ query: '?back' });
    await said.waitFor();
    await axe();
  });

  await step('starting anew takes the notice away', async () => {
    await page.evaluate(() => perennial.install('consultancy', { sample: false }));
    await said.waitFor({ state: 'detached' });
    await open({ query: '?later' });
    expect('nothing more to be said', !(await said.count()));
  });
}
