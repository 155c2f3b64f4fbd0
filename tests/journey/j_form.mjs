// A visitor writes to us by the contact form: once as somebody new, after a reload in the middle, and once as somebody who is known
// already. What is missing or wrong is said at its field, in the form's own words, and nobody is shown what the product knows.
export default { name: 'form: filled in by somebody new and by somebody known', run };

async function run({ page, open, step, expect, axe }) {
  await open();
  await page.evaluate(() => perennial.install('consultancy', {}));
  const leads = (where) => page.evaluate((formula) => perennial.find('lead', formula ? { where: formula } : {}), where);
  const field = (name) => page.getByLabel(name, { exact: false });
  const before = (await leads()).length;

  await step('the form stands alone, and both themes and languages read well', async () => {
    await open({ route: '/fill/contact_us?utm_source=newsletter&channel=mail' });
    await page.getByRole('heading', { name: 'Contact us' }).waitFor();
    expect.equal('navigation around it', await page.getByRole('navigation').count(), 0);
    for (const theme of ['dark', 'light']) {
      await page.evaluate((name) => { document.documentElement.dataset.theme = name; }, theme);
      await page.waitForTimeout(250);
      await axe();
    }
    await page.getByRole('button', { name: '中文' }).click();
    await page.getByRole('heading', { name: '联系我们' }).waitFor();
    await page.getByRole('button', { name: 'English' }).click();
    await page.getByRole('heading', { name: 'Contact us' }).waitFor();
  });

  await step('what is missing is said at its field, and the focus goes to the first', async () => {
    await page.getByRole('button', { name: 'Send' }).click();
    await page.getByText('A telephone number or an e-mail address, please').first().waitFor();
    const focused = () => page.evaluate(() => document.activeElement?.labels?.[0]?.textContent ?? '');
    await expect.soon('the focus at the name', async () => (await focused()).includes('Your name'));
    expect.equal('invalid', await field('Your name').getAttribute('aria-invalid'), 'true');
    await axe();
  });

  await step('a wrong number is refused in the form\'s own words', async () => {
    await field('Telephone').fill('12');
    await field('Telephone').blur();
    await page.getByText('Please write a telephone number that works').waitFor();
    await field('Telephone').fill('138 0013 8666');
    await expect.soon('no complaint', async () => !(await field('Telephone').getAttribute('aria-invalid')));
    expect.equal('the other way to be reached is asked for no more', await field('E-mail').getAttribute('required'), null);
  });

  await step('what is written survives a reload', async () => {
    await field('Your name').fill('Grace Hopper');
    await field('Company').fill('Eckert Machines');
    await page.waitForTimeout(700);
    await page.reload();
    await page.getByRole('heading', { name: 'Contact us' }).waitFor();
    expect.equal('name', await field('Your name').inputValue(), 'Grace Hopper');
    await expect.soon('number', async () => (await field('Telephone').inputValue()).includes('13800138666'));
  });

  await step('it is sent, and one more lead is there with its channel', async () => {
    await field('What you need').fill('A compiler for the sales plan');
    await field('What you need').press('Tab');
    await page.getByRole('button', { name: 'Send' }).click();
    await page.getByText('We will be in touch within one working day').waitFor();
    await axe();
    expect.equal('toasts', await page.locator('.toast').count(), 0);
    const all = await leads();
    expect.equal('leads', all.length, before + 1);
    const [lead] = await leads('phone = "+8613800138666"');
    expect.equal('who', [lead.name, lead.utm_source], ['Grace Hopper', 'newsletter']);
  });

  await step('the same person writes again, spelt in another way, and joins what is known', async () => {
    await page.getByRole('button', { name: 'Fill in once more' }).click();
    expect.equal('an empty form', await field('Your name').inputValue(), '');
    await field('Your name').fill('G. Hopper');
    await field('Telephone').fill('+86 138-0013-8666');
    await field('E-mail').fill('grace@eckert.example');
    await field('What you need').fill('And a nanosecond of wire');
    await page.getByRole('button', { name: 'Send' }).click();
    await page.getByText('We will be in touch within one working day').waitFor();
    expect.equal('leads', (await leads()).length, before + 1);
    const [lead] = await leads('phone = "+8613800138666"');
    expect.equal('filled in', lead.email, 'grace@eckert.example');
    const touches = await page.evaluate((id) => perennial.find('touchpoint', {}).filter((one) => one.lead === id || JSON.stringify(one).includes(id)), lead.id);
    expect.equal('touches', touches.length, 2);
  });
}
