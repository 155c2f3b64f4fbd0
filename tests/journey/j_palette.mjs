// The palette: records by pinyin and with typing errors, commands, filters in words, what was used lately.
export default { name: 'palette', run };

async function run({ page, open, step, expect, axe }) {
  await open();
  await page.evaluate(async () => {
    await perennial.install('consultancy', { sample: false });
    for (const [name, region, industry] of [['上海晨光文具有限公司', 'shanghai', 'manufacturing'], ['Morning Capital Partners', 'shanghai', 'finance'], ['北京重庆路商贸', 'beijing', 'retail']]) {
      await perennial.create('account', { name, region, industry });
    }
    const stages = ['contact', 'needs', 'negotiation', 'contact', 'proposal'];
    for (const [at, stage] of stages.entries()) {
      await perennial.create('opportunity', { name: `Project ${at + 1}`, stage, amount: String((at + 1) * 20_000) });
    }
    await perennial.create('lead', { name: '李雷', title: '销售总监', phone: '13812345678' });
  });
  await open({ route: '/records/lead' });
  const input = page.getByRole('combobox', { name: 'Search' });
  const option = (name) => page.getByRole('option', { name }).first();
  const begin = async (typed = '') => {
    if (!(await input.isVisible())) await page.keyboard.press('Control+k');
    await input.fill(typed);
  };
  const leave = async () => {
    await page.keyboard.press('Escape');
    await input.waitFor({ state: 'hidden' });
  };
  const heading = (name) => page.getByRole('heading', { name }).first();

  await step('initials of pinyin find a customer, and so does whole pinyin in pieces', async () => {
    await begin('shcg');
    await option(/上海晨光文具有限公司/).waitFor();
    await begin('shang hai chenguang');
    await option(/上海晨光文具有限公司/).waitFor();
    await axe();
    await page.keyboard.press('Enter');
    await heading('上海晨光文具有限公司').waitFor();
  });

  await step('a typing error is forgiven, and what was meant is marked', async () => {
    await begin('mornign captial');
    await option(/Morning Capital Partners/).waitFor();
    expect.equal('marks', await option(/Morning Capital/).locator('mark').first().textContent(), 'Morning');
    await leave();
  });

  await step('a telephone number finds its lead, which opens beside the list', async () => {
    await begin('138-1234');
    await option(/李雷/).waitFor();
    await page.keyboard.press('Control+Enter');
    await page.getByRole('complementary').getByText('李雷').first().waitFor();
  });

  await step('words become a filter with its count, and Enter opens the list', async () => {
    await begin('open deals over 50k');
    await option(/Opportunities where .*50,000/).waitFor();
    await option(/3 records/).waitFor();
    await axe();
    await page.keyboard.press('Enter');
    await heading('Opportunities').waitFor();
    await page.getByRole('group', { name: /Amount.*50,000/ }).waitFor();
    await expect.soon('three rows', async () => await page.locator('.grid__body [role=row]').count() === 3);
  });

  await step('in Chinese as well, on the list that is shown already', async () => {
    await begin('金额不超过4万的商机');
    await option(/2 records/).waitFor();
    await page.keyboard.press('Enter');
    await expect.soon('two rows', async () => await page.locator('.grid__body [role=row]').count() === 2);
  });

  await step('what is not understood is said', async () => {
    await begin('amount > many');
    await option(/Not understood/).waitFor();
    await leave();
  });

  await step('a command by name, and commands alone behind a >', async () => {
    await begin('dark th');
    await option(/Dark theme/).waitFor();
    await page.keyboard.press('Enter');
    await expect.soon('dark', async () => await page.evaluate(() => document.documentElement.dataset.theme) === 'dark');
    await begin('> new le');
    await option(/New lead/).waitFor();
    expect.equal('records among commands', await page.getByRole('option', { name: /李雷/ }).count(), 0);
    await page.keyboard.press('Enter');
    await page.getByRole('dialog', { name: /New lead/ }).waitFor();
    await leave();
    await page.getByRole('dialog', { name: /New lead/ }).waitFor({ state: 'hidden' });
  });

  await step('settings and commands are found by what they are about, in both languages', async () => {
    for (const [words, found] of [['currency', /General/], ['time zone', /General/], ['backup', /Save .*snapshot|Storage/], ['export', /Save .*snapshot|Storage/], ['货币', /General/], ['时区', /General/], ['备份', /Save .*snapshot|Storage/], ['导出', /Save .*snapshot|Storage/], ['导入', /Import leads/], ['language', /English|中文/], ['users', /People/]]) {
      await begin(words);
      await option(found).first().waitFor();
    }
  });

  await step('Tab narrows to an entity, Backspace widens again', async () => {
    await begin('accounts');
    await option(/^Accounts/).waitFor();
    await page.keyboard.press('Tab');
    await page.getByRole('button', { name: /Accounts: look everywhere/ }).waitFor();
    await begin('c');
    expect.equal('leads', await page.getByRole('option', { name: /李雷/ }).count(), 0);
    await input.fill('');
    await page.keyboard.press('Backspace');
    await page.getByRole('button', { name: /look everywhere/ }).waitFor({ state: 'hidden' });
  });

  await step('what was used lately comes first when nothing is typed', async () => {
    await begin();
    const recent = page.getByRole('group', { name: 'Recent' });
    await recent.getByRole('option', { name: /上海晨光文具有限公司/ }).waitFor();
    await recent.getByRole('option', { name: /New lead/ }).waitFor();
    expect('the list before', (await page.getByRole('option').first().textContent()).length > 0);
    await axe();
    await leave();
  });

  await step('the sheet of shortcuts reads the same acts', async () => {
    await input.waitFor({ state: 'hidden' });
    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).getByText('Undo').waitFor();
    await leave();
  });

  await step('in Chinese by pinyin', async () => {
    await page.evaluate(() => localStorage.setItem('perennial.language', 'zh-CN'));
    await page.reload();
    await page.getByRole('button', { name: /搜索/ }).first().waitFor();
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox', { name: '搜索' }).fill('sszt');
    await page.getByRole('option', { name: /深色主题/ }).waitFor();
    await axe();
  });
}
