// A timeline made from nothing: zoomed, moved and stretched by mouse and keys, into another lane in one step; and a gallery with a
// picture that somebody adds.
const PICTURE = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAoAAAAKCAYAAACNMs+9AAAAFUlEQVR42mNk+M9Qz0AEYBxVSF+FAAhKDveksOjmAAAAAElFTkSuQmCC', 'base64');

export default { name: 'a timeline and a gallery made from nothing', timeout: 60_000, run };

async function run({ page, open, step, expect, axe, shots }) {
  await open();
  await page.evaluate(() => perennial.install('consultancy', { sample: true }));
  const id = await page.evaluate(async () => {
    const day = (days) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
    return (await perennial.create('project', { name: 'Zeta roll-out', starts: day(10), ends: day(30), status: 'running' })).id;
  });
  const kept = () => page.evaluate((record) => { const { starts, ends, status } = perennial.get('project', record); return { starts, ends, status }; }, id);
  const days = async (from, to) => (Date.parse(to) - Date.parse(from)) / 86_400_000;
  const both = async () => {
    for (const theme of ['dark', 'light']) {
      await page.evaluate((name) => { document.documentElement.dataset.theme = name; }, theme);
      await page.waitForTimeout(300); // Colours change over a moment.
      await axe();
    }
  };
  const begin = async (entity, name, shape, choose) => {
    await open({ route: `/records/${entity}` });
    await page.getByRole('button', { name: 'New view…' }).first().click();
    const dialog = page.getByRole('dialog', { name: 'New view' });
    await dialog.getByLabel('Name', { exact: true }).fill(name);
    await dialog.getByRole('radio', { name: shape }).check();
    await choose?.(dialog);
    await dialog.getByRole('button', { name: 'Create view' }).click();
  };
  const bar = page.locator(`.gantt__bar[data-record="${id}"]`);

  await step('a timeline is made', async () => {
    await begin('project', 'Road map', 'Timeline', async (dialog) => {
      await dialog.getByLabel('Starts on').selectOption({ label: 'Starts' });
      await dialog.getByLabel('Ends on').selectOption({ label: 'Planned end' });
    });
    await page.locator('.gantt__bar').first().waitFor();
    await page.getByLabel('Find in this view').fill('Zeta');
    await bar.waitFor();
    await both();
    await shots('timeline');
  });

  await step('the mouse moves a bar and its length stays', async () => {
    await page.getByRole('button', { name: 'Weeks', exact: true }).click();
    await page.waitForTimeout(300);
    const before = await kept();
    const box = await bar.boundingBox();
    await page.mouse.move(box.x + 30, box.y + 10);
    await page.mouse.down();
    await page.mouse.move(box.x + 60, box.y + 10, { steps: 4 });
    await page.mouse.move(box.x + 30 + 16 * 7, box.y + 10, { steps: 6 });
    await page.locator('.gantt__ghost').waitFor();
    await page.mouse.up();
    await expect.soon('a week later', async () => await days(before.starts, (await kept()).starts) === 7);
    expect.equal('its length', await days((await kept()).starts, (await kept()).ends), 20);
    await page.keyboard.press('Control+z');
    await expect.soon('back', async () => (await kept()).starts === before.starts);
  });

  await step('keys move it and let it end later', async () => {
    const before = await kept();
    await bar.focus();
    await page.keyboard.press('Control+ArrowRight');
    await expect.soon('a day later', async () => await days(before.starts, (await kept()).starts) === 1);
    await expect.soon('the focus kept', () => bar.evaluate((one) => one === document.activeElement));
    await page.keyboard.press('Control+Shift+ArrowRight');
    await expect.soon('a day longer', async () => await days((await kept()).starts, (await kept()).ends) === 21);
    await page.keyboard.press('Enter');
    await page.locator('aside.panel').waitFor();
    await page.keyboard.press('Escape');
    await page.locator('aside.panel').waitFor({ state: 'detached' });
  });

  await step('its start is pulled by the mouse and by keys, and said', async () => {
    const before = await kept();
    const box = await bar.boundingBox();
    await page.mouse.move(box.x + 4, box.y + 12);
    await page.mouse.down();
    await page.mouse.move(box.x - 20, box.y + 12, { steps: 4 });
    await page.mouse.move(box.x + 4 - 16 * 7, box.y + 12, { steps: 6 });
    await page.locator('.gantt__ghost').waitFor();
    await page.mouse.up();
    await expect.soon('a week earlier', async () => await days((await kept()).starts, before.starts) === 7);
    expect.equal('its end', (await kept()).ends, before.ends);
    await bar.focus();
    await page.keyboard.press('Shift+ArrowRight');
    await expect.soon('a day later', async () => await days((await kept()).starts, before.starts) === 6);
    await expect.soon('said so', async () => /Zeta roll-out begins on/.test(await page.locator('[aria-live="assertive"]').allTextContents().then((all) => all.join())));
    for (let at = 0; at < 2; at += 1) await page.keyboard.press('Control+z');
    await expect.soon('back', async () => (await kept()).starts === before.starts);
  });

  await step('one stays on the same day when the ends of the axis move', async () => {
    const scroller = page.locator('.gantt');
    const seen = () => bar.evaluate((one) => one.getBoundingClientRect().left);
    await scroller.evaluate((one) => { one.scrollLeft += 90; });
    await page.waitForTimeout(200);
    const before = await seen();
    const other = await page.evaluate(async () => {
      const day = (days) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
      return (await perennial.create('project', { name: 'Zeta long ago', starts: day(-900), ends: day(-880), status: 'running' })).id;
    });
    await expect.soon('a longer axis', () => scroller.evaluate((one) => one.scrollLeft > 10_000));
    expect(`it stays where it was: ${before}, ${await seen()}`, Math.abs(await seen() - before) < 2);
    await page.evaluate((id) => perennial.remove('project', id), other);
    await expect.soon('a shorter one again', () => scroller.evaluate((one) => one.scrollLeft < 10_000));
    expect('and again', Math.abs(await seen() - before) < 2);
  });

  await step('lanes gather the bars, and one goes into another lane in one step', async () => {
    await page.getByLabel('Find in this view').fill('');
    await page.getByRole('button', { name: 'Layout', exact: true }).click();
    const sheet = page.getByRole('dialog', { name: 'Layout' });
    await sheet.getByLabel('Lanes by').selectOption({ label: 'Status' });
    await page.keyboard.press('Escape');
    await sheet.waitFor({ state: 'hidden' });
    await expect.soon('few rows', async () => { const count = await page.locator('.gantt__row').count(); return count > 0 && count < 8; });
    await page.getByLabel('Find in this view').fill('Z');
    const before = await kept();
    await bar.waitFor();
    await bar.focus();
    await page.keyboard.press('Space');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Escape');
    expect.equal('after Escape', await kept(), before);
    await both();
    await shots('timeline lanes');
  });

  await step('a gallery is made, and a picture added', async () => {
    await begin('equipment', 'Photos', 'Gallery');
    await page.getByRole('main').getByRole('button', { name: 'New equipment' }).last().click();
    const form = page.getByRole('dialog', { name: /^New equipment/ });
    await form.getByLabel('Name', { exact: false }).first().fill('Pump with a picture');
    await form.locator('input[type=file]').first().setInputFiles({ name: 'pump.png', mimeType: 'image/png', buffer: PICTURE });
    await form.getByText('pump.png').waitFor();
    await form.getByRole('button', { name: /^Create/ }).click();
    await page.locator('.gallery__card', { hasText: 'Pump with a picture' }).locator('img').waitFor();
    await page.evaluate(async () => { for (const name of ['Press', 'Lathe', 'Robot']) await perennial.create('equipment', { name }); });
    await expect.soon('four cards', async () => await page.locator('.gallery__card').count() === 4);
    await both();
    await shots('gallery');
  });

  await step('arrows walk through the gallery', async () => {
    const titles = page.locator('.gallery__title');
    await titles.first().focus();
    await page.keyboard.press('ArrowRight');
    await expect.soon('the focus on the second', () => titles.nth(1).evaluate((one) => one === document.activeElement));
    await page.keyboard.press('Home');
    await page.keyboard.press('Enter');
    await page.locator('aside.panel').waitFor();
  });
}
