// A conversation below a record: an answer by keyboard, a colleague found by pinyin, the thread taken away and brought back; and
// related records edited, let go and found again where they stand.
export default { name: 'replies to comments, and related records edited in place', run };

async function run({ page, open, step, expect, axe, shots }) {
  await open();
  await page.evaluate(() => perennial.install('consultancy', { sample: false }));
  const made = await page.evaluate(async () => {
    const account = (await perennial.create('account', { name: 'Thread & Needle', industry: 'manufacturing' })).id;
    const contact = (await perennial.create('contact', { name: 'Nora Quill', account, title: 'Buyer' })).id;
    const other = (await perennial.create('contact', { name: '钱多多', title: 'Director' })).id;
    return { account, contact, other };
  });
  const both = async () => {
    for (const theme of ['dark', 'light']) {
      await page.evaluate((name) => { document.documentElement.dataset.theme = name; }, theme);
      await page.waitForTimeout(300); // Colours change over a moment.
      await axe();
    }
  };
  const comments = () => page.evaluate(() => perennial.find('comment', {}).map(({ id, text, reply_to: head, mentions }) => ({ id, text, head, mentions })));

  await step('a comment is written and answered by keyboard', async () => {
    await open({ route: `/record/account/${made.account}` });
    const box = page.getByRole('textbox', { name: /Write a comment/ });
    await box.fill('Can they pay in three parts?');
    await page.keyboard.press('Control+Enter');
    const reply = page.getByRole('button', { name: /^Reply to/ });
    await reply.waitFor();
    await reply.focus();
    await page.keyboard.press('Enter');
    const answer = page.getByRole('textbox', { name: /Write a reply/ });
    await expect.soon('the focus in the box', () => answer.evaluate((one) => one === document.activeElement));
    await page.keyboard.press('Escape');
    await expect.soon('the focus back', () => reply.evaluate((one) => one === document.activeElement));
    await page.keyboard.press('Enter');
    await page.keyboard.type('Yes, ask @huangzq');
    await page.getByRole('option', { name: '黄志强' }).waitFor();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Control+Enter');
    await page.locator('.entry--answer').waitFor();
    const [head, said] = (await comments()).sort((one, two) => (one.head ? 1 : 0) - (two.head ? 1 : 0));
    expect.equal('it answers', said.head, head.id);
    expect.equal('people', said.mentions.length, 1);
    await expect.soon('the focus at the end of the thread', () => page.evaluate(() => document.activeElement?.classList.contains('entry__reply')));
    await both();
    await shots('replies');
  });

  await step('a removed comment takes its answers along, and undo brings both back', async () => {
    const head = (await comments()).find((one) => !one.head);
    await page.evaluate((id) => perennial.dispatch({ remove_records: { records: [id] } }), head.id);
    await page.locator('.entry--answer').waitFor({ state: 'detached' });
    expect.equal('none left', (await comments()).length, 0);
    await page.keyboard.press('Control+z');
    await page.locator('.entry--answer').waitFor();
  });

  await step('a field of a related record is edited in its row', async () => {
    const row = page.locator('.relation', { hasText: 'Nora Quill' });
    await row.hover();
    await row.getByRole('button', { name: 'Edit the fields of Nora Quill here' }).click();
    await axe();
    await shots('related edited');
    await row.getByRole('button', { name: /Edit Name/ }).or(row.getByRole('button', { name: /Edit .*[Nn]ame/ })).first().click();
    await page.keyboard.press('Control+a');
    await page.keyboard.type('Nora Quillfeather');
    await page.keyboard.press('Enter');
    await expect.soon('its name', async () => await page.evaluate((id) => perennial.get('contact', id).name, made.contact) === 'Nora Quillfeather');
    await page.locator('.related__row', { hasText: 'Nora Quillfeather' }).waitFor();
  });

  await step('one is let go, another linked by pinyin', async () => {
    const row = page.locator('.relation', { hasText: 'Nora Quillfeather' });
    const section = page.getByRole('region', { name: 'Contacts' });
    await section.getByRole('button', { name: /^Link an existing/ }).click();
    const dialog = page.getByRole('dialog', { name: /^Link an existing/ });
    await dialog.getByRole('combobox').fill('qdd');
    await dialog.getByRole('option', { name: /钱多多/ }).waitFor();
    await page.keyboard.press('Enter');
    await expect.soon('linked', async () => await page.evaluate((id) => perennial.get('contact', id).account, made.other) === made.account);
    await row.hover();
    await row.getByRole('button', { name: /^More about/ }).click();
    await page.getByRole('menuitem', { name: 'Unlink' }).click();
    await row.waitFor({ state: 'detached' });
    expect.equal('no account', await page.evaluate((id) => perennial.get('contact', id).account ?? '', made.contact) || '', '');
    await page.keyboard.press('Control+z');
    await row.waitFor();
  });
}
