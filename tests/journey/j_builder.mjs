// A newcomer makes a form: a wizard of two pages, two conditions, a table of lines; sees a problem, jumps to it, publishes, undoes.
export default { name: 'a form is designed, put right and published', timeout: 15_000, run };

async function run({ page, open, step, expect, axe }) {
  await open();
  await page.evaluate(() => globalThis.perennial.install('consultancy'));
  await open({ route: '/build/entities/lead' });
  const canvas = page.getByRole('region', { name: 'The form' });
  const palette = page.getByRole('complementary', { name: 'Add to the form' });
  const inspector = page.getByRole('complementary', { name: 'Settings of what is chosen' });
  const item = (name) => canvas.getByRole('button', { name, exact: true });

  await step('a new form begins with what a lead cannot be without', async () => {
    await page.getByRole('button', { name: 'New form…' }).click();
    const dialog = page.getByRole('dialog', { name: 'New form' });
    await dialog.getByLabel('Name in English').fill('Trade fair');
    await dialog.getByLabel('Name in Chinese').fill('展会登记');
    await axe();
    await dialog.getByRole('button', { name: 'Create' }).click();
    await page.getByRole('heading', { name: 'Trade fair', level: 1 }).waitFor();
    await canvas.locator('.form-design__item').first().waitFor();
    await axe();
  });

  await step('fields are found and added, one by press and one by drag', async () => {
    await palette.getByLabel('Find a field').fill('hangye');
    await palette.getByRole('button', { name: /^Industry/ }).click();
    await item('Industry').waitFor();
    await palette.getByLabel('Find a field').fill('phone');
    const from = await palette.getByRole('button', { name: /phone/i }).first().boundingBox();
    const to = await item('Industry').boundingBox();
    await page.mouse.move(from.x + 20, from.y + 10);
    await page.mouse.down();
    await page.mouse.move(to.x + 30, to.y + 30, { steps: 6 });
    await page.mouse.move(to.x + 30, to.y + 6, { steps: 3 });
    await page.mouse.up();
    await canvas.getByRole('button', { name: /phone/i }).first().waitFor();
    await palette.getByLabel('Find a field').fill('');
  });

  await step('a second page makes it a wizard', async () => {
    await palette.getByRole('button', { name: 'Page', exact: true }).click();
    await canvas.getByRole('button', { name: /^Page 2/ }).waitFor();
    await expect.equal('pages', await canvas.locator('.form-design__step').count(), 2);
    await palette.getByRole('button', { name: 'Table', exact: true }).click();
    await canvas.locator('.form-design__ghost--lines').waitFor();
  });

  await step('a table of lines has its columns and sums in the inspector', async () => {
    await inspector.getByRole('group', { name: 'Columns 1' }).waitFor();
    await inspector.getByText('Sums below the table').waitFor();
    await axe();
  });

  await step('a question is asked only when a condition holds', async () => {
    await palette.getByLabel('Find a field').fill('budget');
    await palette.locator('[data-adds^="field:"]').first().click();
    const visible = inspector.getByRole('group', { name: 'Shown when' });
    await inspector.getByText('Conditions', { exact: true }).click();
    await visible.getByRole('button', { name: 'Add a condition' }).click();
    await visible.getByLabel('Field', { exact: true }).selectOption('industry');
    await visible.getByLabel('Comparison').selectOption('filled');
    await canvas.locator('[data-chosen="true"] [title="Shown by a condition"]').waitFor();
    const required = inspector.getByRole('group', { name: 'Required when' });
    await required.getByRole('button', { name: 'Add a condition' }).click();
    await required.getByLabel('Field', { exact: true }).selectOption('industry');
    await required.getByLabel('Comparison').selectOption('filled');
    await canvas.locator('[data-chosen="true"] [title="Required by a condition"]').waitFor();
    await axe();
  });

  await step('a problem is listed and leads to its place', async () => {
    await palette.getByRole('button', { name: 'Text', exact: true }).click();
    const english = inspector.getByLabel('Name, in English');
    await english.fill('');
    await english.press('Tab');
    const problems = page.getByRole('button', { name: /^(One thing|\d+ things) amiss/ });
    await problems.click();
    const list = page.getByRole('dialog', { name: 'What is amiss' });
    await list.getByRole('button', { name: /Nothing is written here in English/ }).first().click();
    await expect.soon('the name in the inspector to have the focus', () => page.evaluate(() => document.activeElement?.id.startsWith('form-set-name')));
    await english.fill('Tell us more');
    await english.press('Tab');
    await item('Tell us more').waitFor();
  });

  await step('it is carried by the keyboard', async () => {
    const before = await canvas.locator('.form-design__item').first().getAttribute('data-part');
    await item('Tell us more').focus();
    await page.keyboard.press('Space');
    for (let presses = 0; presses < 3; presses += 1) await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Space');
    await expect.soon('another first item', async () => (await canvas.locator('.form-design__item').first().getAttribute('data-part')) !== before);
  });

  await step('the first edition is published, the next one differs and is left again', async () => {
    await page.getByRole('button', { name: 'Publish', exact: true }).click();
    await page.getByText('Published as edition 1').waitFor();
    await page.getByRole('button', { name: 'Edition 1 is out' }).first().waitFor();
    await palette.getByRole('button', { name: 'Line', exact: true }).click();
    await page.getByRole('button', { name: 'Changed since edition 1' }).first().click();
    const editions = page.getByRole('dialog', { name: 'Editions' });
    await editions.getByText('Answers for edition 1 still fit.').waitFor();
    await editions.getByRole('button', { name: 'Work on this one' }).click();
    await page.getByRole('button', { name: 'Edition 1 is out' }).first().waitFor();
    await page.keyboard.press('Control+z');
    await page.getByRole('button', { name: 'Changed since edition 1' }).first().waitFor();
  });

  await step('it is looked at as on a phone, a tablet and a desk', async () => {
    const frame = page.locator('.form-design__frame');
    for (const [name, most] of [['Phone', 390], ['Tablet', 768], ['Desktop', 900]]) {
      await page.getByRole('button', { name, exact: true }).click();
      await frame.getByRole('heading', { name: 'Trade fair' }).waitFor();
      const { width } = await frame.boundingBox();
      await expect(`${name} within ${most}, not ${width}`, width <= most);
    }
    await axe();
    await page.getByRole('button', { name: 'Build', exact: true }).click();
    await canvas.locator('.form-design__item').first().waitFor();
  });

  await step('it fits a tablet and a phone', async () => {
    await page.setViewportSize({ width: 1024, height: 900 });
    await axe();
    await inspector.getByRole('button', { name: 'Close' }).click();
    await page.setViewportSize({ width: 390, height: 844 });
    await canvas.getByRole('button', { name: 'Add to the form' }).click();
    await page.getByRole('dialog', { name: 'Add to the form' }).getByRole('button', { name: 'Text', exact: true }).click();
    await inspector.getByLabel('Name, in English').waitFor();
    await axe();
  });
}
