// A database that the browser has lost between two visits is not taken for a first run: Chromium begins a new one without a word.
export default { name: 'a workspace that the browser has lost', run };

async function run({ page, server, open, step, expect, axe, allow }) {
  // A bare picture has no icon of its own.
  allow(/favicon\.ico/);
  const said = page.getByText('The browser has lost the workspace of this device.');
  await open();
  expect('nothing to be said on a first run', !(await said.count()));
  await page.evaluate(() => perennial.install('consultancy', { sample: false }));
  const snapshot = await page.evaluate(() => perennial.snapshot());
  await open({ query: '?again' });
  expect('nothing to be said while all is there', !(await said.count()));

  await step('the browser loses the database', async () => {
    const session = await page.context().newCDPSession(page);
    // A page of the same origin that holds no connection.
    await page.goto(new URL('icon/logo.svg', server.url).href);
    await session.send('Storage.clearDataForOrigin', { origin: new URL(server.url).origin, storageTypes: 'indexeddb' });
    await open({ query: '?back' });
    await said.waitFor();
    await axe();
  });

  await step('a snapshot that is opened takes the notice away', async () => {
    await page.evaluate((text) => perennial.restore(text, { mode: 'replace' }), snapshot);
    await said.waitFor({ state: 'detached' });
    await open({ query: '?later' });
    expect('nothing more to be said', !(await said.count()));
  });
}
