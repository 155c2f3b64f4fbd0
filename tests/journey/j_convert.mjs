// A lead becomes an account, a contact and an opportunity: what is there already is offered, nothing is lost, and it is taken back as one.
export default { name: 'convert', run };

async function run({ page, open, step, expect, axe }) {
  await open();
  await page.evaluate(() => perennial.install('consultancy', { sample: false }));
  const ids = await page.evaluate(async () => {
    const { id: account } = await perennial.create('account', { name: '明远集团有限公司', website: 'https://mingyuan.example' });
    const { id: lead } = await perennial.create('lead', {
      name: '王芳', company: '明远集团', title: '销售总监', phone: '13800010002', email: 'wang.fang@mingyuan.example', region: 'shanghai',
      industry: 'retail', company_size: '620', budget: '200000', interest: '薪酬', need: '想做薪酬设计', country: '中国',
    });
    await perennial.create('activity', { subject: '首次电话', kind: 'call', lead });
    return { account, lead };
  });
  const linked = (field) => page.evaluate(([id, name]) => perennial.get('lead', id)[name], [ids.lead, field]);
  await open({ route: `/record/lead/${ids.lead}` });
  const dialog = page.getByRole('dialog', { name: 'Convert 王芳' });

  await step('the dialog shows what will be made, filled in already', async () => {
    await page.getByRole('button', { name: 'Convert…' }).click();
    await dialog.getByRole('group', { name: 'Account' }).getByRole('textbox', { name: 'Account name' }).waitFor();
    expect.equal('the name', await dialog.getByRole('textbox', { name: 'Account name' }).inputValue(), '明远集团');
    expect.equal('the contact', await dialog.getByRole('group', { name: 'Contact' }).getByRole('textbox', { name: 'Name' }).inputValue(), '王芳');
    expect.equal('the deal', await dialog.getByRole('textbox', { name: 'Opportunity name' }).inputValue(), '明远集团 · 薪酬');
    await dialog.getByText('Goes along: 1 activity').waitFor();
    await dialog.getByText('2 fields stay on the lead only').click();
    await dialog.getByText('中国').waitFor();
    await dialog.getByText('3 records will be made or filled in').waitFor();
    await axe();
  });

  await step('who is there already is offered, and used', async () => {
    await dialog.getByText('明远集团有限公司 may be the same: same name, same domain').waitFor();
    await dialog.getByRole('button', { name: 'Use 明远集团有限公司' }).click();
    await dialog.getByText('Blank fields are filled in').waitFor();
    expect('the choice to be seen', await dialog.getByRole('radiogroup', { name: 'What becomes of the account' }).getByRole('radio', { name: 'Already here' }).isChecked());
    await axe();
  });

  await step('what is wrong is said beside its field, and nothing happens', async () => {
    const name = dialog.getByRole('textbox', { name: 'Opportunity name' });
    await name.fill('');
    await dialog.getByRole('button', { name: 'Convert', exact: false }).last().click();
    await expect.soon('the focus there', () => name.evaluate((it) => it === document.activeElement));
    expect.equal('the state', await name.getAttribute('aria-invalid'), 'true');
    expect.equal('no opportunity', await linked('opportunity'), null);
    await name.fill('明远薪酬项目');
  });

  await step('it is converted by key, and one lands on the account', async () => {
    await page.keyboard.press('Control+Enter');
    await page.getByRole('heading', { level: 1, name: '明远集团有限公司' }).waitFor();
    expect.equal('the account', await linked('account'), ids.account);
    await page.getByRole('link', { name: '明远薪酬项目' }).first().waitFor();
  });

  await step("the lead's history is in the account's stream", async () => {
    await page.getByRole('link', { name: '首次电话', exact: true }).waitFor();
    await page.getByRole('listitem').filter({ hasText: 'Lead 王芳' }).first().waitFor();
    await page.getByRole('button', { name: /^Activities 1/ }).click();
    await expect.soon('the activity alone', async () => await page.locator('.timeline__list > .entry').count() === 1);
    await page.getByRole('button', { name: 'All', exact: true }).click();
    await axe();
  });

  await step('the lead says what it has become', async () => {
    await page.goBack();
    await page.getByText('Turned into').waitFor();
    await page.getByRole('link', { name: /明远薪酬项目/ }).first().waitFor();
    await page.goForward();
    await page.getByRole('heading', { level: 1, name: '明远集团有限公司' }).waitFor();
  });

  await step('all of it is taken back at once', async () => {
    await page.keyboard.press('Control+z');
    await expect.soon('the lead as it was', async () => await linked('status') !== 'converted');
    expect.equal('no account', await linked('account'), null);
    expect.equal('no contacts', await page.evaluate(() => perennial.find('contact', {}).length), 0);
    await open({ route: `/record/lead/${ids.lead}` });
    await page.getByRole('button', { name: 'Convert…' }).waitFor();
  });
}
