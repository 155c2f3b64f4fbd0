// The designers by hand: a form and a record page laid out by a finger and by a pen; what was being typed is there after a reload;
// a preview stays where it was; a number that looks different is numbered again.
const TABLET = { width: 1024, height: 900 };

export default { name: 'designers by finger and pen', timeout: 15_000, context: { hasTouch: true, viewport: TABLET }, run };

async function run({ page, context, open, step, expect, axe }) {
  await open({ ...TABLET });
  await page.evaluate(async () => {
    const label = (text) => ({ en: text, 'zh-CN': text });
    await perennial.install('consultancy', {});
    const field = (id, kind, more) => ({ id, label: label(id[0].toUpperCase() + id.slice(1)), kind, ...more });
    const fields = [field('name', 'text', { required: true }), field('code', 'auto_number', { prefix: 'A-', digits: 3 }), field('city', 'text'), field('staff', 'number'), field('since', 'date')];
    const ask = (id) => ({ id, kind: 'field', field: id });
    const pages = [
      { id: 'first', label: label('Who'), sections: [{ id: 'one', label: label('One'), items: [ask('name'), ask('city')] }, { id: 'two', label: label('Two'), items: [ask('staff')] }] },
      { id: 'second', label: label('When'), sections: [{ id: 'three', items: [ask('since')] }] },
    ];
    const definitions = [
      { entity: { id: 'depot', label: label('Depot'), plural: label('Depots'), icon: 'box', group: 'work', title: 'name', fields } },
      { form: { id: 'depots', label: label('New depot'), entity: 'depot', pages } },
    ];
    await perennial.dispatch({ define: { definitions } });
    for (const name of ['North', 'South', 'West']) await perennial.create('depot', { name });
  });
  const session = await context.newCDPSession(page);
  const pause = (milliseconds) => page.waitForTimeout(milliseconds);
  /** Carries something to a place: the finger rests until it lifts, the pen lifts by moving. */
  const carry = {
    async finger(from, to) {
      const touch = (type, at) => session.send('Input.dispatchTouchEvent', { type, touchPoints: at ? [at] : [] });
      await touch('touchStart', from);
      await pause(450);
      for (let part = 1; part <= 5; part += 1) await touch('touchMove', between(from, to, part / 5));
      await touch('touchEnd');
    },
    async pen(from, to) {
      const pen = (type, at, buttons) => session.send('Input.dispatchMouseEvent', { type, ...at, button: buttons ? 'left' : 'none', buttons, clickCount: 1, pointerType: 'pen' });
      await pen('mouseMoved', from, 0);
      await pen('mousePressed', from, 1);
      for (let part = 1; part <= 5; part += 1) await pen('mouseMoved', between(from, to, part / 5), 1);
      await session.send('Input.dispatchMouseEvent', { type: 'mouseReleased', ...to, button: 'left', buttons: 0, clickCount: 1, pointerType: 'pen' });
    },
  };
  const grip = async (locator) => { const box = await locator.boundingBox(); return { x: Math.round(box.x + 60), y: Math.round(box.y + 14) }; };
  const above = async (locator) => { const box = await locator.boundingBox(); return { x: Math.round(box.x + 80), y: Math.round(box.y + 4) }; };
  const canvas = page.getByRole('region', { name: 'The form' });
  const item = (id) => canvas.locator(`.form-design__item[data-part="${id}"]`);
  const order = () => canvas.locator('.form-design__item').evaluateAll((items) => items.map((one) => one.dataset.part).join(' '));
  const inspector = page.getByRole('complementary', { name: 'Settings of what is chosen' });
  const shut = async () => { const close = inspector.getByRole('button', { name: 'Close' }); if (await close.isVisible()) await close.tap(); };

  for (const hand of ['finger', 'pen']) {
    await step(`a question is moved by ${hand}`, async () => {
      await open({ route: '/forms/depots/design', ...TABLET });
      await item('staff').waitFor();
      const before = await order();
      await carry[hand](await grip(item('staff')), await above(item('name')));
      await expect.soon('the question first', async () => (await order()).startsWith('staff'));
      await page.locator('.toasts').getByRole('button', { name: 'Undo' }).first().tap();
      await expect.soon('it is back', async () => await order() === before);
      await shut();
    });

    await step(`something out of the palette is put on the form by ${hand}`, async () => {
      const palette = page.getByRole('complementary', { name: 'Add to the form' });
      await carry[hand](await grip(palette.getByRole('button', { name: 'Line', exact: true })), await above(item('staff')));
      await expect.soon('a line before it', async () => (await order()) === 'name city divider staff');
      await page.locator('.toasts').getByRole('button', { name: 'Undo' }).first().tap();
      await expect.soon('it is gone', async () => (await order()) === 'name city staff');
      await shut();
    });

    await step(`a field is moved on the record page by ${hand}`, async () => {
      await open({ route: '/build/entities/depot?sheet=page', ...TABLET });
      const fields = page.getByRole('region', { name: 'Fields by section' });
      const rows = () => fields.locator('.design__section:not(.design__section--head, .design__section--off) .design__row').evaluateAll((all) => all.map((one) => one.dataset.key).join(' '));
      const row = (id) => fields.locator(`.design__section:not(.design__section--head) .design__row[data-key="${id}"]`);
      await row('since').waitFor();
      const before = await rows();
      await carry[hand](await grip(row('since')), await above(row('name')));
      await expect.soon('the field first', async () => (await rows()).startsWith('since'));
      await page.locator('.toasts').getByRole('button', { name: 'Undo' }).first().tap();
      await expect.soon('it is back', async () => await rows() === before);
      const top = fields.locator('.design__section--head');
      await carry[hand](await grip(row('city')), { ...await above(top.locator('.design__end')), x: (await grip(top)).x });
      await expect.soon('a figure at the top', async () => await top.locator('[data-key="city"]').count() === 1);
      await page.locator('.toasts').getByRole('button', { name: 'Undo' }).first().tap();
      await expect.soon('it is back', async () => await top.locator('[data-key="city"]').count() === 0);
    });
  }

  await step('a preview stays on its page, with what was tried out', async () => {
    await open({ route: '/forms/depots/design?part=name', width: 1440, height: 900 });
    await page.getByRole('button', { name: 'Phone', exact: true }).click();
    const frame = page.locator('.form-design__frame');
    await frame.getByLabel('Name').fill('East');
    await frame.getByLabel('Staff').fill('many');
    await frame.getByLabel('Staff').fill('12');
    await frame.getByRole('button', { name: 'Next' }).click();
    await frame.getByLabel('Since').fill('2026-11-22');
    const name = inspector.getByLabel('Name, in English');
    await name.fill('Name of it');
    await name.press('Tab');
    await page.locator('.toasts').getByText('New depot').first().waitFor();
    await frame.getByRole('heading', { name: 'When' }).waitFor();
    expect.equal('the date', await frame.getByLabel('Since').inputValue().then((text) => /2026/.test(text)), true);
    await frame.getByRole('button', { name: 'Back' }).click();
    expect.equal('the name', await frame.getByLabel('Name of it').inputValue(), 'East');
    expect.equal('the staff', await frame.getByLabel('Staff').inputValue(), '12');
  });

  await step('what was being typed is there after a reload, and counts once it is left', async () => {
    await open({ route: '/forms/depots/design?part=city', width: 1440, height: 900 });
    const name = inspector.getByLabel('Name, in English');
    /** Loads the page anew as after a crash: nobody is told before. */
    const crash = async () => {
      await page.evaluate(() => addEventListener('beforeunload', (event) => event.stopImmediatePropagation(), true));
      await pause(600);
      await page.reload();
    };
    await name.fill('Where it');
    await name.press('End');
    await page.keyboard.type(' is');
    await crash();
    await expect.soon('the text', async () => await name.inputValue() === 'Where it is');
    await name.press('Tab');
    await canvas.getByRole('button', { name: 'Where it is', exact: true }).waitFor();
    await canvas.getByRole('button', { name: 'Staff', exact: true }).dblclick();
    const over = page.getByRole('textbox', { name: 'Name on the form' });
    await over.fill('People');
    await crash();
    const said = () => page.evaluate(() => document.getElementById('form-name-here')?.value
      ?? [...document.querySelectorAll('.form-design__item .design__name')].map((name) => name.textContent.trim()).join(' '));
    await expect.soon('the name over its button, or on it', async () => (await said()).includes('People'));
    if (await over.count()) await over.press('Enter');
    await canvas.getByRole('button', { name: 'People', exact: true }).waitFor();
    await crash();
    await canvas.getByRole('button', { name: 'People', exact: true }).waitFor();
    expect.equal('nothing is being typed any more', await over.count(), 0);
  });

  await step('old numbers keep theirs until they are numbered again', async () => {
    await open({ route: '/build/entities/depot?field=code', width: 1440, height: 900 });
    const prefix = inspector.getByLabel('Before the number');
    await prefix.fill('D-');
    await prefix.press('Tab');
    await inspector.getByText('3 records keep the numbers they got before.').waitFor();
    await inspector.getByRole('button', { name: 'Number again…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Number “Code” again' });
    await dialog.getByRole('row', { name: 'North A-001 D-001' }).waitFor();
    await axe();
    await dialog.getByRole('button', { name: 'Number 3 records again' }).click();
    const codes = () => page.evaluate(() => perennial.find('depot', { sort: 'code' }).map((one) => one.code).join(' '));
    await expect.soon('the new numbers', async () => await codes() === 'D-001 D-002 D-003');
    await page.locator('.toasts').getByRole('button', { name: 'Undo' }).first().click();
    await expect.soon('the old ones', async () => await codes() === 'A-001 A-002 A-003');
  });

  await step('a check that says nothing is amiss, and the list leads to it', async () => {
    await open({ route: '/build/entities/depot?field=city', width: 1440, height: 900 });
    await inspector.getByText('Checks', { exact: true }).click();
    await inspector.getByRole('button', { name: 'Add a check' }).click();
    await inspector.getByRole('group', { name: 'Checks 1' }).waitFor();
    await page.getByRole('button', { name: /^(One thing|\d+ things) amiss/ }).click();
    const list = page.getByRole('dialog', { name: 'What is amiss' });
    await list.getByRole('button', { name: 'City has a check that does not say in English what is wrong' }).click();
    await expect.soon('the focus in the checks', () => page.evaluate(() => !!document.activeElement?.closest('#design-checks')));
  });
}

const between = (from, to, part) => ({ x: from.x + (to.x - from.x) * part, y: from.y + (to.y - from.y) * part });
