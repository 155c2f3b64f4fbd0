// A tablet at a fair, without a network: twenty visitors register by touch, two of them the same person, and in the middle the page
// is loaded anew. Nobody leaves the kiosk without its code. Afterwards nineteen leads are there, scored and assigned.
const TABLET = { width: 1024, height: 768 };

export default { name: 'kiosk: twenty visitors, offline, by touch', timeout: 15_000, context: { hasTouch: true, viewport: TABLET }, run };

async function run({ page, context, open, step, expect, axe, allow }) {
  await open({ ...TABLET });
  await page.evaluate(() => perennial.install('consultancy', { sample: true }));
  await page.evaluate(() => navigator.serviceWorker.ready);
  const field = (name) => page.getByLabel(name, { exact: false });
  const tap = (name) => page.getByRole('button', { name, exact: true }).tap();
  const before = await page.evaluate(() => perennial.find('lead', {}).length);

  await step('the kiosk is started from the list of forms, with a code', async () => {
    allow(/ERR_INTERNET_DISCONNECTED/);
    await context.setOffline(true);
    await open({ route: '/forms', ...TABLET });
    await page.getByRole('button', { name: 'More for Trade fair' }).tap();
    await page.getByRole('menuitem', { name: 'Start as a kiosk…' }).tap();
    await page.getByRole('heading', { name: 'Trade fair as a kiosk' }).waitFor();
    await tap('Start the kiosk');
    await page.getByText('A code has at least 4 digits').waitFor();
    await axe();
    await field('Code').fill('2580');
    await tap('Start the kiosk');
    await page.getByRole('heading', { name: 'Trade fair', exact: true }).waitFor();
    expect.equal('navigation around it', await page.getByRole('navigation').count(), 0);
    await axe();
  });

  const visitor = async (name, company, phone) => {
    await field('Your name').tap();
    await field('Your name').fill(name);
    await field('Company').fill(company);
    await field('Telephone').fill(phone);
    await tap('Next');
    await page.getByRole('heading', { name: 'What brings you' }).waitFor();
    const industry = page.getByLabel('Industry');
    if (await industry.evaluate((control) => control.tagName === 'SELECT')) await industry.selectOption({ label: 'Manufacturing' });
    else {
      await industry.fill('Manufacturing');
      await page.getByRole('option', { name: 'Manufacturing' }).first().tap();
    }
    await field('Employees').fill('620');
    await tap('Register');
    await page.getByRole('button', { name: 'Next visitor' }).waitFor();
    await tap('Next visitor');
    await field('Your name').waitFor();
    expect.equal('nothing of the one before', await field('Your name').inputValue(), '');
  };
  await step('ten visitors register', async () => {
    for (let at = 0; at < 10; at += 1) await visitor(`Visitor ${at}`, `Works ${at} Ltd`, `1380013${8100 + at}`);
  });
  await step('loaded anew in the middle, it is a kiosk still, and what is written stays', async () => {
    await field('Your name').fill('Visitor 10');
    await page.waitForTimeout(700);
    await page.reload();
    await page.getByRole('heading', { name: 'Trade fair', exact: true }).waitFor();
    expect.equal('name', await field('Your name').inputValue(), 'Visitor 10');
    await page.evaluate(() => { location.hash = '#/records/lead'; });
    await page.waitForTimeout(300);
    expect.equal('navigation', await page.getByRole('navigation').count(), 0);
  });
  await step('ten more come, one of them for the second time', async () => {
    for (let at = 10; at < 19; at += 1) await visitor(`Visitor ${at}`, `Works ${at} Ltd`, `1380013${8100 + at}`);
    await visitor('V. Three', 'Works Three', '+86 138 0013 8103');
    await expect.soon('twenty visitors', async () => (await page.locator('.kiosk__corner > span').innerText()).includes('20'));
  });
  await step('a wrong code leaves it shut, the right one opens it', async () => {
    await tap('Leave the kiosk');
    for (const digit of '1111') await page.getByRole('button', { name: digit, exact: true }).tap();
    await page.getByRole('button', { name: 'Open', exact: true }).tap();
    await page.getByText('That is not the code').waitFor();
    await axe();
    for (const digit of '2580') await page.getByRole('button', { name: digit, exact: true }).tap();
    await page.getByRole('button', { name: 'Open', exact: true }).tap();
    await page.getByRole('heading', { name: 'Forms', exact: true }).waitFor();
  });
  await step('nineteen leads are there, scored and assigned, one of them with two touches', async () => {
    const leads = await page.evaluate(() => perennial.find('lead', {}));
    const here = leads.filter((one) => /^Visitor/.test(one.name));
    expect.equal('leads', [leads.length - before, here.length], [19, 19]);
    expect.equal('without a score', here.filter((one) => !Number(one.score)).length, 0);
    expect.equal('without an owner', here.filter((one) => !one.owner).length, 0);
    const third = here.find((one) => one.name === 'Visitor 3');
    const touches = await page.evaluate((id) => perennial.find('touchpoint', {}).filter((one) => JSON.stringify(one).includes(id)).length, third.id);
    expect.equal('touches', touches, 2);
  });
  await step('the list of forms tells of it', async () => {
    const row = page.locator('tbody', { has: page.getByText('Trade fair') }).locator('tr').first();
    await expect.soon('twenty sent', async () => (await row.innerText()).includes('20'));
    await axe();
  });
}
