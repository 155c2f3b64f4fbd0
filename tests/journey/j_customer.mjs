// A customer as a whole: its figures, what is missing, its tags, all that happened, what is said now, its family and its relations.
export default { name: 'customer', run };

async function run({ page, open, step, expect, axe }) {
  await open();
  await page.evaluate(() => perennial.install('consultancy', { sample: false }));
  const ids = await page.evaluate(async () => {
    const make = async (entity, values) => (await perennial.create(entity, values)).id;
    const group = await make('account', { name: '明远集团', industry: 'retail' });
    const parent = await make('account', { name: '明远华东', parent: group });
    const account = await make('account', { name: '明远上海', parent, industry: 'retail' });
    await make('account', { name: '明远北京', parent: group });
    const contact = await make('contact', { name: '王芳', account });
    const deal = await make('opportunity', { name: '薪酬项目', account, amount: '200000' });
    await make('activity', { subject: '上门拜访', kind: 'visit', opportunity: deal, text: '参观车间，主要痛点是返工多' });
    await make('ticket', { subject: '发票抬头有误', account, priority: 'urgent' });
    await make('relationship', { from: contact, kind: 'employer', to: account, since: '2024-03-01', role: '财务负责人' });
    return { group, account, deal };
  });
  await open({ route: `/record/account/${ids.account}` });
  await page.getByRole('heading', { level: 1, name: '明远上海' }).waitFor();
  const stream = page.locator('.timeline__list');
  const entry = (text) => stream.getByRole('listitem').filter({ hasText: text });

  await step('its figures stand at the top', async () => {
    const numbers = page.locator('.numbers');
    await numbers.getByText('Open tickets').waitFor();
    expect.equal('the tickets', (await numbers.locator('.number', { hasText: 'Open tickets' }).locator('dd').textContent()).trim(), '1');
    await axe();
  });

  await step('what is missing leads to its field', async () => {
    await page.getByRole('button', { name: /1 of 9 filled in/ }).click();
    await page.getByRole('menuitem', { name: 'Website' }).click();
    await page.getByRole('textbox', { name: 'Website' }).fill('mingyuan.example');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: /2 of 9 filled in/ }).waitFor();
  });

  await step('tags are put on in its head', async () => {
    await page.locator('.record__tags').getByRole('button', { name: /^Edit Tags/ }).click();
    await page.keyboard.type('大 客户');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Enter');
    await page.locator('.record__tags').getByText('大 客户').waitFor();
    await expect.soon('the tag', () => page.evaluate((id) => perennial.get('account', id).tags?.includes('大 客户'), ids.account));
  });

  await step('all that happened is in one stream, also around its deals', async () => {
    await entry('发票抬头有误').waitFor();
    await entry('上门拜访').waitFor();
    await entry('上门拜访').getByText('Opportunity 薪酬项目').waitFor();
    await page.getByRole('group', { name: 'Show' }).getByRole('button', { name: /^Tickets 1/ }).click();
    await expect.soon('tickets alone', async () => await stream.locator('.entry').count() === 1);
    await page.getByRole('group', { name: 'Show' }).getByRole('button', { name: 'All', exact: true }).click();
    await page.getByRole('searchbox', { name: 'Search the timeline' }).fill('返工');
    await expect.soon('what was found', async () => await stream.locator('.entry').count() === 1);
    await page.getByRole('searchbox', { name: 'Search the timeline' }).fill('xyz');
    await page.getByText('Nothing here matches').waitFor();
    await page.keyboard.press('Escape');
    await entry('发票抬头有误').waitFor();
  });

  await step('what is half written about a record is there again later', async () => {
    const box = page.getByRole('textbox', { name: 'Write a comment; @ mentions a colleague' });
    await box.fill('写到一半');
    await open({ route: '/records/account', query: '?away' });
    await open({ route: `/record/account/${ids.account}`, query: '?back' });
    await expect.soon('the words', async () => await box.inputValue() === '写到一半');
    await box.fill('');
    await open({ route: `/record/account/${ids.account}`, query: '?wiped' });
    await page.getByRole('heading', { level: 1, name: '明远上海' }).waitFor();
    expect.equal('nothing left', await box.inputValue(), '');
  });

  await step('a comment speaks to a colleague', async () => {
    const box = page.getByRole('textbox', { name: 'Write a comment; @ mentions a colleague' });
    await box.click();
    await page.keyboard.type('请 @通用销售B');
    await page.getByRole('option', { name: /通用销售B/ }).waitFor();
    await axe();
    await page.keyboard.press('Enter');
    await page.keyboard.type('跟进');
    await page.keyboard.press('Control+Enter');
    const said = entry('跟进').first();
    await said.getByRole('link', { name: '@通用销售B' }).waitFor();
    const kept = await page.evaluate(() => perennial.find('comment', { fields: ['text', 'mentions'] }));
    expect.equal('one comment', kept.length, 1);
    expect.equal('one mention', kept[0].mentions.length, 1);
    expect.equal('the box', await box.inputValue(), '');
  });

  await step('an activity and a to-do are noted without leaving', async () => {
    await page.getByRole('group', { name: 'What to add' }).getByRole('button', { name: 'Activity' }).click();
    await page.getByRole('combobox', { name: 'Kind of activity' }).selectOption({ label: 'Visit' });
    await page.getByRole('textbox', { name: /What was done/ }).fill('第二次拜访\n谈了预算');
    await page.getByRole('button', { name: 'Log activity' }).click();
    await entry('第二次拜访').getByText('谈了预算').waitFor();
    await page.getByRole('group', { name: 'What to add' }).getByRole('button', { name: 'To-do' }).click();
    await page.getByLabel('Due').fill('2026-12-01');
    await page.getByRole('textbox', { name: /What is to be done/ }).fill('发方案');
    await page.keyboard.press('Control+Enter');
    await entry('发方案').waitFor();
    const [task] = await page.evaluate(() => perennial.find('task', { fields: ['title', 'about', 'due'] }));
    expect.equal('the day', task.due, '2026-12-01');
    expect.equal('about', task.about, ids.account);
  });

  await step('a picture that is attached is seen, in small and in large', async () => {
    const bytes = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');
    await page.locator('.composer input[type=file]').setInputFiles({ name: 'photo.png', mimeType: 'image/png', buffer: bytes });
    await stream.getByRole('button', { name: 'Open the picture photo.png' }).click();
    const dialog = page.getByRole('dialog', { name: 'photo.png' });
    await dialog.getByRole('img', { name: 'photo.png' }).waitFor();
    await axe();
    const [load] = await Promise.all([page.waitForEvent('download'), dialog.getByRole('button', { name: 'Download' }).click()]);
    expect.equal('the name', load.suggestedFilename(), 'photo.png');
    await page.keyboard.press('Escape');
  });

  await step('a file that is dropped on the page is kept there', async () => {
    const carried = await page.evaluateHandle(() => {
      const carried = new DataTransfer();
      carried.items.add(new File(['a,b'], 'prices.csv', { type: 'text/csv' }));
      return carried;
    });
    await page.dispatchEvent('.record-page', 'dragover', { dataTransfer: carried });
    await page.dispatchEvent('.record-page', 'drop', { dataTransfer: carried });
    await stream.getByRole('button', { name: 'Download prices.csv' }).waitFor();
  });

  await step('its family is a tree that folds', async () => {
    const tree = page.locator('.tree');
    expect.equal('the size', await tree.getByRole('listitem').count(), 4);
    await tree.getByRole('link', { name: /明远上海/ }).waitFor();
    expect.equal('where one is', await tree.locator('[aria-current]').textContent(), 'Level 3 明远上海');
    await tree.getByRole('button', { name: 'Fold what is below 明远集团' }).click();
    await expect.soon('the rest folded', async () => await tree.getByRole('listitem').count() === 1);
  });

  await step('a relation says with whom, as what and since when', async () => {
    const relations = page.getByRole('region', { name: 'Relationships' });
    await relations.getByRole('link', { name: /王芳/ }).getByText('财务负责人').waitFor();
    expect('the dates', (await relations.textContent()).includes('2024'));
    await relations.getByRole('button', { name: 'More about 王芳' }).click();
    await page.getByRole('menuitem', { name: 'Edit…' }).click();
    await page.getByRole('dialog').getByLabel('Until').fill('2026-01-31');
    await page.keyboard.press('Control+Enter');
    await expect.soon('the end', async () => (await relations.textContent()).includes('– '));
  });

  await step('what can be added is found by typing', async () => {
    await page.getByRole('button', { name: 'Add related…' }).click();
    const find = page.getByRole('combobox', { name: 'Find something to add' });
    await find.fill('invo');
    await page.getByRole('option', { name: /Invoices/ }).waitFor();
    await axe();
    await page.keyboard.press('Enter');
    await page.getByRole('dialog', { name: 'New invoice' }).waitFor();
    await page.keyboard.press('Escape');
  });

  await step('the panel beside the list is as wide as it was left', async () => {
    await open({ route: `/records/account?beside=${ids.account}` });
    const grip = page.getByRole('separator', { name: 'Resize the panel' });
    await grip.focus();
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('ArrowLeft');
    expect.equal('the width', await grip.getAttribute('aria-valuenow'), '528');
    await page.reload();
    await grip.waitFor();
    expect.equal('the width again', await grip.getAttribute('aria-valuenow'), '528');
    await axe();
  });
}
