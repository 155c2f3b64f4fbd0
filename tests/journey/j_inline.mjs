// Every kind of field is filled in where it stands, with the keyboard alone, and left again as it was.
export default { name: 'inline', run };

const options = ['one', 'two', 'three'].map((id) => ({ id, label: { en: id, 'zh-CN': id } }));
const KINDS = {
  text: {}, long_text: {}, rich_text: {}, number: {}, money: {}, percent: {}, date: {}, instant: {}, duration: {}, choice: { options },
  choices: { options, open: true }, rating: { max: 5 }, nps: {}, phone: {}, email: {}, url: {}, address: {}, location: {},
  link: { to: ['thing'] }, links: { to: ['thing'] }, flag: {}, files: {}, signature: {},
};

const KEYS = /^(Enter|Control\+Enter|Arrow\w+|Space|Backspace|Delete)$/;

async function run({ page, open, step, expect, axe }) {
  await open();
  await page.evaluate(() => perennial.install('consultancy', { sample: false }));
  const id = await page.evaluate(async (kinds) => {
    const label = (text) => ({ en: text, 'zh-CN': text });
    const fields = [{ id: 'name', label: label('Name'), kind: 'text', required: true },
      ...Object.entries(kinds).map(([kind, more]) => ({ id: `the_${kind}`, label: label(`The ${kind}`), kind, ...more }))];
    const entity = { id: 'thing', label: label('Thing'), plural: label('Things'), icon: 'box', group: 'work', title: 'name', fields };
    await perennial.dispatch({ define: { definitions: [{ entity }] } });
    await perennial.create('thing', { name: 'Another' });
    return (await perennial.create('thing', { name: 'This one' })).id;
  }, KINDS);
  await open({ route: `/record/thing/${id}` });
  await page.getByRole('heading', { level: 1, name: 'This one' }).waitFor();
  const held = (kind) => page.evaluate(([record, field]) => perennial.get('thing', record)[`the_${field}`], [id, kind]);
  const value = (kind) => page.getByRole('button', { name: new RegExp(`^Edit The ${kind}\\b`) }).first();
  const begin = async (kind) => {
    await value(kind).focus();
    await page.keyboard.press('Enter');
    await page.locator('.fact__box--edit').waitFor();
    await expect.soon(`the focus in ${kind}`, () => page.evaluate(() => document.activeElement?.closest('.fact__box--edit') != null));
  };
  const fill = async (kind, keys, expected) => {
    await step(kind, async () => {
      await begin(kind);
      for (const key of keys) await (KEYS.test(key) ? page.keyboard.press(key) : page.keyboard.type(key));
      await page.locator('.fact__box--edit').waitFor({ state: 'detached' });
      await expect.soon(`${kind} to be ${JSON.stringify(expected)}`, async () => JSON.stringify(await held(kind)) === JSON.stringify(expected));
      await expect.soon(`the focus back at ${kind}`, () => value(kind).evaluate((it) => it === document.activeElement));
    });
  };

  await fill('text', ['a b', 'Enter'], 'a b');
  await fill('long_text', ['a b', 'Enter', 'c d', 'Control+Enter'], 'a b\nc d');
  await fill('rich_text', ['a *b*', 'Control+Enter'], 'a *b*');
  await fill('number', ['1,234.5', 'Enter'], '1234.5');
  await fill('money', ['1.5万', 'Enter'], '15000');
  await fill('percent', ['12%', 'Enter'], '12');
  await fill('date', ['2026-12-24', 'Enter'], '2026-12-24');
  await fill('duration', ['90 min', 'Enter'], '5400');
  await fill('choice', ['ArrowDown', 'ArrowDown', 'Enter'], 'two');
  await fill('choices', ['th', '-', 'Backspace', 'Enter', 'new tag', 'Enter', 'Enter'], ['three', 'new tag']);
  await fill('rating', ['Space', 'ArrowRight', 'ArrowRight', 'Enter'], '3');
  await fill('nps', ['Space', 'ArrowRight', 'ArrowRight', 'ArrowRight', 'Enter'], '3');
  await fill('phone', ['138 0001 0002', 'Enter'], '+8613800010002');
  await fill('email', ['a@b.example', 'Enter'], 'a@b.example');
  await fill('url', ['b.example', 'Enter'], 'https://b.example');
  await fill('link', ['Another ', 'Enter'], (await page.evaluate(() => perennial.find('thing', { where: 'name = "Another"' })))[0].id);

  await step('an address is kept with the part that was typed last', async () => {
    await begin('address');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.type('上海 市');
    await page.keyboard.press('Enter');
    await expect.soon('the city', async () => (await held('address'))?.city === '上海 市');
  });

  await step('several links are picked one after the other', async () => {
    await begin('links');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Enter');
    await expect.soon('both', async () => (await held('links'))?.length === 2);
  });

  await step('yes and no change places at once', async () => {
    await value('flag').focus();
    await page.keyboard.press('Enter');
    await expect.soon('yes', async () => (await held('flag')) === true);
  });

  await step('a mark is taken back by key', async () => {
    await begin('rating');
    await page.keyboard.press('Delete');
    await page.keyboard.press('Enter');
    await expect.soon('no mark', async () => (await held('rating')) === null);
  });

  for (const kind of ['instant', 'location', 'files', 'signature', 'text', 'address', 'choices']) {
    await step(`${kind} is left as it was with Escape`, async () => {
      const before = JSON.stringify(await held(kind));
      await begin(kind);
      await page.keyboard.press('Escape');
      await page.locator('.fact__box--edit').waitFor({ state: 'detached' });
      await expect.soon(`the focus back at ${kind}`, () => value(kind).evaluate((it) => it === document.activeElement));
      expect.equal(`${kind} to stay`, JSON.stringify(await held(kind)), before);
    });
  }

  await step('what is wrong stays where it is, with the reason', async () => {
    await begin('email');
    await page.keyboard.press('Control+a');
    await page.keyboard.type('nobody');
    await page.keyboard.press('Enter');
    await page.locator('.fact__box--edit .field__error').waitFor();
    await axe();
    await page.keyboard.press('Escape');
    expect.equal('the address', await held('email'), 'a@b.example');
  });
}
