// A form with a question of every kind: answered by keyboard alone, each control with the role and the name that a screen reader tells;
// then once more with what a tablet has, a finger that signs and a camera that takes a photo of a business card.
import { FLAGS } from './harness.mjs';
import { faults, tree } from './tree.mjs';

const label = (en, zh = en) => ({ en, 'zh-CN': zh });
const options = ['One', 'Two', 'Three'].map((name) => ({ id: name.toLowerCase(), label: label(name) }));
const KINDS = {
  long_text: {}, rich_text: {}, number: {}, money: {}, percent: {}, date: {}, instant: {}, duration: {}, choice: { options }, choices: { options },
  flag: {}, rating: { max: 5 }, nps: {}, phone: {}, email: {}, url: {}, address: {}, location: {}, link: { to: ['helper'] },
  links: { to: ['helper'] }, files: {}, signature: {},
};

/** The entity with a field of every kind, its form, and somebody to link to. */
async function define(page) {
  await page.evaluate(async ({ kinds, label }) => {
    await perennial.install('consultancy', {});
    const named = (text) => ({ ...label, en: text, 'zh-CN': text });
    const of = (id, fields) => ({ entity: { id, label: named(id), plural: named(`${id}s`), icon: 'box', group: 'work', title: 'name', fields: [{ id: 'name', label: named('Name'), kind: 'text', required: true }, ...fields] } });
    const fields = Object.entries(kinds).map(([kind, more]) => ({ id: `the_${kind}`, label: named(`The ${kind}`), kind, ...more }));
    const lines = [{ id: 'pieces', label: named('Pieces'), kind: 'number' }, { id: 'owner', label: named('Thing'), kind: 'link', to: ['thing'], owned: true }];
    await perennial.dispatch({ define: { definitions: [of('helper', []), of('part', lines), of('thing', [...fields, { id: 'parts', label: named('Parts'), kind: 'lines', entity: 'part', via: 'owner' }])] } });
    for (const name of ['Ada Lovelace', 'Bo Diddley']) await perennial.create('helper', { name });
    const ask = (field, more) => ({ id: field, kind: 'field', field, ...more });
    const items = [ask('name'), ...fields.map((field) => ask(field.id, /link/.test(field.kind) ? { search: true } : {}))];
    const table = { id: 'parts', kind: 'lines', field: 'parts', columns: [{ field: 'name' }, { field: 'pieces' }] };
    const form = { id: 'every', label: named('Every kind'), entity: 'thing', pages: [{ id: 'page', sections: [{ id: 'all', items: [...items, table] }] }] };
    await perennial.dispatch({ define: { definitions: [{ form }] } });
    await perennial.dispatch({ publish_forms: { forms: ['every'] } });
  }, { kinds: KINDS, label: label('') });
}

/** What is pressed, and what has the focus by then: role and name, as a screen reader tells them. A text in quotes is typed. */
const WAY = [
  ['Tab', 'textbox', 'Name', '"Grace Hopper"'],
  ['Tab', 'textbox', 'The long_text', '"a b"', 'Enter', '"c"'],
  ['Tab', 'textbox', 'The rich_text', '"**bold**"'],
  ['Tab', 'textbox', 'The number', '"1,250"'],
  ['Tab', 'textbox', 'The money', '"1.5万"'],
  ['Tab', 'textbox', 'The percent', '"12%"'],
  ['Tab', 'textbox', 'The date', '"2026-12-24"'],
  ['Tab', 'textbox', 'The instant', '"2026-12-24 14:30"'],
  ['Tab', 'textbox', 'The duration', '"90 min"'],
  ['Tab', 'combobox', 'The choice', '"Tw"'],
  ['Tab', 'combobox', 'The choices', '"On"', 'Enter'],
  ['Tab', 'switch', 'The flag', 'Space'],
  ['Tab', 'radio', '1 of 5 stars', 'Space', 'ArrowRight', 'ArrowRight'],
  ['Tab', 'radio', '0', 'Space', 'ArrowRight'],
  ['Tab', 'textbox', 'The phone', '"138 0013 8000"'],
  ['Tab', 'textbox', 'The email', '"grace@navy.example"'],
  ['Tab', 'textbox', 'The url', '"navy.example"'],
  ['Tab', 'textbox', 'Country', '"China"'],
  ['Tab', 'textbox', 'Province or state'],
  ['Tab', 'textbox', 'City', '"Shenzhen"'],
  ['Tab', 'textbox', 'Postal code'],
  ['Tab', 'textbox', 'Street, building, room'],
  ['Tab', 'textbox', 'The location', '"22.5431, 114.0579"'],
  ['Tab', 'combobox', 'The link', '"Ada"', 'Enter'],
  ['Tab', 'combobox', 'The links', '"Bo"', 'Enter'],
  ['Tab', 'button', 'Take a photo…'],
  ['Tab', 'button', 'The files Drop files here or choose'],
  ['Tab', 'button', 'Draw'],
  ['Tab', 'button', 'Type', 'Space'],
  ['Tab', 'textbox', 'Your name in full', '"Grace Hopper"'],
  ['Tab', 'button', 'Clear'],
  ['Tab', 'textbox', 'Name', '"Wire"'],
  ['Tab', 'textbox', 'Pieces', '"30"'],
  ['Tab', 'button', 'Add a line'],
  ['Tab', 'button', 'Send'],
];

const byKeys = {
  name: 'form: every kind of question by keyboard alone',
  async run({ page, open, step, expect, axe }) {
    await open();
    await define(page);
    await open({ route: '/fill/every' });
    await page.getByRole('heading', { name: 'Every kind' }).waitFor();
    const session = await page.context().newCDPSession(page);
    const focus = async () => {
      const { result } = await session.send('Runtime.evaluate', { expression: 'document.activeElement' });
      const { nodes } = await session.send('Accessibility.getPartialAXTree', { objectId: result.objectId, fetchRelatives: false });
      return [nodes[0].role?.value, nodes[0].name?.value];
    };
    await step('every control says what it is and what it asks for', async () => {
      await axe();
      const found = faults(await tree(page));
      expect.equal('the accessibility tree', found, []);
    });
    await page.getByRole('textbox', { name: 'Name', exact: true }).first().focus();
    await page.keyboard.press('Shift+Tab');
    for (const [key, role, name, ...keys] of WAY) {
      await step(`${name} is answered`, async () => {
        await page.keyboard.press(key);
        expect.equal('what has the focus', await focus(), [role, name]);
        for (const next of keys) {
          if (next.startsWith('"')) await page.keyboard.type(next.slice(1, -1));
          else await page.keyboard.press(next);
        }
        if (role === 'combobox' && keys.includes('Enter')) await page.keyboard.press('Escape');
      });
    }
    await step('the typed name is a signature', () => page.getByText('Signed', { exact: true }).waitFor());
    await step('it is sent with Enter, and everything has arrived', async () => {
      await page.keyboard.press('Enter');
      await page.getByText('Thank you. Your answer has arrived.').waitFor();
      const [thing] = await page.evaluate(() => perennial.find('thing', {}));
      const held = Object.fromEntries(Object.keys(KINDS).map((kind) => [kind, thing[`the_${kind}`]]));
      expect.equal('texts', [thing.name, held.long_text, held.rich_text], ['Grace Hopper', 'a b\nc', '**bold**']);
      expect.equal('numbers', [held.number, held.money, held.percent, held.rating, held.nps], ['1250', '15000', '12', '3', '1']);
      expect.equal('times', [held.date, held.duration], ['2026-12-24', '5400']);
      expect.equal('choices', [held.choice, held.choices, held.flag], ['two', ['one'], true]);
      expect.equal('how to reach', [held.phone, held.email, held.url], ['+8613800138000', 'grace@navy.example', 'https://navy.example']);
      const has = (kind, text) => JSON.stringify(held[kind]).includes(text);
      expect('the place', has('address', 'Shenzhen') && held.location);
      expect('the records', held.link && held.links.length === 1);
      expect('the signature', has('signature', 'Grace Hopper.png'));
      const parts = await page.evaluate(() => perennial.find('part', {}));
      expect.equal('lines', parts.map((part) => [part.name, part.pieces]), [['Wire', '30']]);
    });
  },
};

const byHand = {
  name: 'form: signed with a finger, a business card photographed',
  timeout: 15_000,
  context: {
    hasTouch: true, viewport: { width: 1024, height: 768 }, permissions: ['camera'],
    args: [...FLAGS, '--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'],
  },
  async run({ page, context, open, step, expect, axe }) {
    await open({ width: 1024, height: 768 });
    await define(page);
    await open({ route: '/fill/every', width: 1024, height: 768 });
    await page.getByRole('textbox', { name: 'Name', exact: true }).first().fill('Ada');
    const sheet = page.getByRole('img', { name: 'Area to sign in' });
    const keys = await context.newCDPSession(page);
    const finger = async (type, x, y) => keys.send('Input.dispatchTouchEvent', { type, touchPoints: type === 'touchEnd' ? [] : [{ x, y, force: 0.5 }] });
    const sign = async () => {
      await sheet.scrollIntoViewIfNeeded();
      const box = await sheet.boundingBox();
      for (const [from, to] of [[0.2, 0.5], [0.45, 0.8]]) {
        await finger('touchStart', box.x + box.width * from, box.y + box.height * 0.7);
        for (let at = 1; at <= 8; at += 1) {
          await finger('touchMove', box.x + box.width * (from + (to - from) * (at / 8)), box.y + box.height * (at % 2 ? 0.3 : 0.7));
        }
        await finger('touchEnd');
      }
    };
    const ink = () => sheet.evaluate((canvas) => canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data.filter((byte, at) => at % 4 === 3 && byte > 0).length);
    const shot = async () => {
      await page.getByRole('button', { name: 'Take a photo…' }).tap();
      await page.getByRole('dialog', { name: 'Take a photo' }).waitFor();
      await expect.soon('the camera', () => page.locator('.camera__sight').evaluate((video) => video.videoWidth > 0));
    };

    await step('a finger signs, clears and signs again', async () => {
      await sign();
      await page.getByText('Signed', { exact: true }).waitFor();
      expect('ink', await ink() > 500);
      await page.getByRole('button', { name: 'Clear', exact: true }).tap();
      await page.getByText('Signed', { exact: true }).waitFor({ state: 'detached' });
      expect.equal('ink', await ink(), 0);
      await sign();
      await page.getByText('Signed', { exact: true }).waitFor();
    });
    await step('the camera shows what it sees and takes a photo', async () => {
      await shot();
      await axe();
      await page.getByRole('button', { name: 'Take the photo' }).tap();
      await page.getByText('Photo 1.jpg').waitFor();
      expect.equal('the camera is off', await page.locator('video').count(), 0);
    });
    await step('a large picture is made smaller before it is kept', async () => {
      const big = await page.evaluate(async () => {
        const canvas = Object.assign(document.createElement('canvas'), { width: 4000, height: 2400 });
        const pen = canvas.getContext('2d');
        for (let at = 0; at < 400; at += 1) { pen.fillStyle = `hsl(${at * 7} 80% 50%)`; pen.fillRect((at * 173) % 4000, (at * 97) % 2400, 300, 200); }
        return canvas.toDataURL('image/png').split(',')[1];
      });
      await page.locator('input[type=file]').setInputFiles({ name: 'card.png', mimeType: 'image/png', buffer: Buffer.from(big, 'base64') });
      await page.getByText('card.jpg').waitFor();
      await page.locator('input[type=file]').setInputFiles({ name: 'note.txt', mimeType: 'text/plain', buffer: Buffer.from('as it is') });
      await page.getByText('note.txt').waitFor();
    });
    await step('files and signature are there after a reload', async () => {
      await page.waitForTimeout(700);
      await page.reload();
      await page.getByText('Photo 1.jpg').waitFor();
      await page.getByText('card.jpg').waitFor();
      await page.getByRole('button', { name: 'Sign again' }).waitFor();
      await expect.soon('the picture', () => page.getByRole('img', { name: 'The signature.png' }).evaluate((it) => it.naturalWidth === 880));
      await axe();
    });
    await step('they arrive with the record, and its page shows them', async () => {
      await page.getByRole('button', { name: 'Send' }).tap();
      await page.getByText('Thank you. Your answer has arrived.').waitFor();
      const [thing] = await page.evaluate(() => perennial.find('thing', {}));
      await open({ route: `/record/thing/${thing.id}`, width: 1024, height: 768 });
      await expect.soon('the signature', () => page.getByRole('img', { name: 'The signature.png' }).first().evaluate((it) => it.naturalWidth === 880));
      const photo = page.getByRole('button', { name: 'card.jpg' }).first();
      await expect.soon('the photo, made smaller', () => photo.locator('img').evaluate((it) => it.naturalWidth === 1600 && it.naturalHeight === 960));
      await page.getByRole('button', { name: 'note.txt' }).first().waitFor();
    });
    await step('where the camera is refused, a photo can be chosen', async () => {
      await page.addInitScript(() => { navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('no', 'NotAllowedError')); });
      await open({ route: '/fill/every', width: 1024, height: 768 });
      await page.reload();
      await page.getByRole('button', { name: 'Take a photo…' }).tap();
      await page.getByText('The camera cannot be used here. Choose a photo instead.').waitFor();
    });
  },
};

export default [byKeys, byHand];
