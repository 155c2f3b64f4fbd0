// A form leaves the browser and its answers come home. A newcomer downloads it as a file; somebody else, in another browser, opens it from
// the disk and answers; the answer comes back as a file, as pasted text, as the picture of a code and before the camera, and is one record.
import { chromium } from 'playwright-core';
import { createHash, createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { pictureOf } from '../form/scan.mjs';
import { CHROMIUM, FLAGS, axe as axeOf, expect, mounted } from './harness.mjs';

const field = (id, more = {}) => ({ id, kind: 'field', field: id, ...more });
const PLAN = {
  id: 'plan', label: { en: 'Plan a campaign', 'zh-CN': '策划活动' }, entity: 'campaign', pages: [
    { id: 'what', sections: [{ id: 'what_1', items: [field('name'), field('budget'), field('starts', { visible: { field: 'budget', is: 'at_least', value: 10000 } })] }] },
    { id: 'costs', sections: [{ id: 'costs_1', items: [{ id: 'table', kind: 'lines', field: 'costs', columns: [{ field: 'name' }, { field: 'amount' }], sums: ['amount'] }] }] },
  ],
};

export default [
  { name: 'form away: a file is made, answered elsewhere and brought home three ways', timeout: 15_000, run: home },
  { name: 'form away: answers are posted, and kept where that fails', timeout: 15_000, run: posted },
];

async function home({ page, context, server, open, step, expect, axe, shots }) {
  const folder = mkdtempSync(join(tmpdir(), 'perennial-away-'));
  const leads = () => page.evaluate(() => perennial.find('lead', {}).length);
  try {
    await open();
    await page.evaluate(() => perennial.install('consultancy', { sample: false }));
    await open({ route: '/forms' });
    const file = join(folder, 'fair.html');
    let whole = '';
    await step('a form that asks for a record says why it cannot leave', async () => {
      const dialog = await share(page, 'Customer interview');
      await dialog.getByRole('tab', { name: 'File' }).click();
      await dialog.getByText(/cannot leave as a file: “.+” must be filled in and asks for a record/).first().waitFor();
      expect.equal('downloads', await dialog.getByRole('button', { name: 'Download as a file' }).count(), 0);
      await page.keyboard.press('Escape');
    });
    await step('the way out is found: link, code, file, snippet', async () => {
      const dialog = await share(page, 'Trade fair');
      expect.equal('the address', await dialog.getByLabel('Address of the form').inputValue(), `${server.url}#/fill/fair`);
      await dialog.getByRole('img', { name: 'Trade fair' }).waitFor();
      await axe();
      await shots('share link');
      await dialog.getByRole('tab', { name: 'In a web page' }).click();
      expect('a frame', (await dialog.getByLabel('From the file').inputValue()).startsWith('<iframe src="fair.html" title="Trade fair"'));
      await dialog.getByRole('button', { name: 'Copy the whole form' }).click();
      await dialog.getByText('Copied').waitFor();
      whole = await page.evaluate(() => navigator.clipboard.readText());
      expect('the whole form', whole.startsWith('<iframe srcdoc="&lt;!doctype html>') && whole.length < 80_000);
      await axe();
      await shots('share embed');
      await page.setViewportSize({ width: 390, height: 844 });
      await page.evaluate(() => { document.documentElement.dataset.theme = 'dark'; });
      await page.waitForTimeout(250);
      await axe();
      expect('nothing wider than the screen', await dialog.evaluate((it) => [...it.querySelectorAll('.share__panel *')].every((one) => one.getBoundingClientRect().right <= innerWidth)));
      await shots('share embed phone');
      await dialog.getByRole('tab', { name: 'File' }).click();
    });
    await step('it is made without a network, small, and says what stays behind', async () => {
      const dialog = page.getByRole('dialog');
      await page.keyboard.press('Escape');
      await page.evaluate(() => navigator.serviceWorker.ready);
      await page.waitForFunction(() => navigator.serviceWorker.controller);
      await context.setOffline(true);
      await share(page, 'Trade fair');
      await dialog.getByRole('tab', { name: 'File' }).click();
      await dialog.getByText('Photo of your card').waitFor();
      await axe();
      await shots('share file');
      await page.setViewportSize({ width: 1440, height: 900 });
      await page.evaluate(() => { document.documentElement.dataset.theme = 'light'; });
      await save(page, () => dialog.getByRole('button', { name: 'Download as a file' }).click(), file);
      await context.setOffline(false);
      const size = readFileSync(file).length;
      expect(`less than 60 KB, not ${size}`, size < 60_000);
      await page.keyboard.press('Escape');
    });

    const answers = await elsewhere({}, async ({ visitor, axe }) => {
      const told = [];
      await step('the snippet stands in another page', async () => {
        writeFileSync(join(folder, 'page.html'), `<!doctype html><title>Us</title>${whole}`);
        await visitor.goto(pathToFileURL(join(folder, 'page.html')).href);
        await visitor.frameLocator('iframe').getByRole('heading', { name: 'Trade fair' }).waitFor();
      });
      await step('somebody else opens it from the disk and answers twice', async () => {
        await visitor.goto(pathToFileURL(file).href);
        await visitor.getByRole('heading', { name: 'Trade fair' }).waitFor();
        await axe();
        told.push(await answer(visitor, folder, { name: '李雷', company: 'Northwind', phone: '138 0013 8000', people: '620' }));
        await axe();
        await visitor.reload();
        expect.equal('the answer after a reload', await visitor.getByLabel('Your answers as text').inputValue(), told[0].code);
        await visitor.setViewportSize({ width: 390, height: 844 });
        await visitor.emulateMedia({ colorScheme: 'dark' });
        await axe();
        await visitor.getByRole('button', { name: '简体中文' }).click();
        await axe();
        await visitor.getByRole('button', { name: 'English' }).click();
        await visitor.getByRole('button', { name: 'Fill it in again' }).click();
        told.push(await answer(visitor, folder, { name: 'Grace Hopper', company: 'Eckert', phone: '139 0013 9000', people: '20' }));
      });
      return told;
    });
    const [first, second] = answers;
    const before = await leads();

    await step('the file comes home and becomes a record', async () => {
      const dialog = await homecoming(page);
      await dialog.locator('input[type=file]').setInputFiles(first.file);
      await dialog.getByText('Not taken in yet').waitFor();
      await axe();
      await dialog.getByRole('button', { name: 'Take in one answer' }).click();
      await dialog.getByText('New record:').waitFor();
      expect.equal('leads', await leads(), before + 1);
      const [lead] = await page.evaluate(() => perennial.find('lead', { where: 'phone = "+8613800138000"' }));
      expect.equal('who', [lead.name, lead.company_size, lead.source, lead.channel], ['李雷', '620', 'fair', 'kiosk']);
    });
    await step('as text and as a picture it is here already, and the record is a click away', async () => {
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel(/Or paste codes/).fill(`Dear team,\n> ${first.code.replace(/(.{60})/g, '$1\n> ')}\nKind regards`);
      await dialog.getByText('Already here:').waitFor();
      // What reads pictures is there without a network as well.
      await context.setOffline(true);
      await dialog.locator('input[type=file]').setInputFiles(first.picture);
      await expect.soon('two lines that say so', async () => await dialog.getByText('Already here:').count() === 2);
      await context.setOffline(false);
      expect.equal('leads', await leads(), before + 1);
      await shots('answers home');
      await dialog.getByRole('link', { name: '李雷' }).first().click();
      await page.getByRole('heading', { name: '李雷' }).waitFor();
    });
    await step('what was changed on its way or is of another workspace is refused, and the rest taken', async () => {
      await open({ route: '/forms' });
      const dialog = await homecoming(page);
      const at = 90;
      const changed = first.code.slice(0, at) + (first.code[at] === 'A' ? 'B' : 'A') + first.code.slice(at + 1);
      await dialog.getByLabel(/Or paste codes/).fill([changed, resealed(second.code, 'another'), second.code].join('\n\n'));
      await dialog.getByText('This answer was changed or damaged on its way. Ask for it again.').waitFor();
      await dialog.getByText(/for a form that is not in this workspace/).waitFor();
      await dialog.getByText('Not taken in yet').waitFor();
    });
    await step('the form is published anew; an answer to the edition before still fits', async () => {
      const dialog = page.getByRole('dialog');
      await page.evaluate(async () => {
        const form = JSON.parse(await perennial.snapshot({ files: false })).definitions.map((one) => one.form).find((one) => one?.id === 'fair' && !one.edition);
        form.pages[1].sections[0].items.splice(3, 1);
        await perennial.dispatch({ define: { definitions: [{ form }] } });
        await perennial.dispatch({ publish_forms: { forms: ['fair'] } });
      });
      await dialog.getByRole('button', { name: 'Take in one answer' }).click();
      await dialog.getByText('New record:').waitFor();
      await dialog.getByText(/Edition 1 · .+ · pasted/).waitFor();
      expect.equal('leads', await leads(), before + 2);
      await dialog.getByText('1 taken in · 2 refused').waitFor();
      await page.setViewportSize({ width: 390, height: 844 });
      await axe();
      await shots('answers home phone');
    });
    const workspace = await page.evaluate(() => perennial.snapshot({ files: false }));
    await step('a code is held before the camera', async () => {
      const film = join(folder, 'film.y4m');
      writeFileSync(film, filmOf(first.code));
      const args = ['--use-fake-ui-for-media-stream', '--use-fake-device-for-media-stream', `--use-file-for-fake-video-capture=${film}`];
      await elsewhere({ args, permissions: ['camera'] }, async ({ visitor, axe }) => {
        await visitor.goto(server.url);
        await mounted(visitor);
        await visitor.evaluate((text) => perennial.restore(text, { mode: 'replace' }), workspace);
        await visitor.goto(`${server.url}#/forms`);
        const dialog = await homecoming(visitor);
        await dialog.getByRole('button', { name: 'Scan with the camera' }).click();
        await dialog.getByText('Already here:').waitFor();
        await axe();
        await dialog.getByRole('button', { name: 'Turn the camera off' }).click();
        expect.equal('pictures', await dialog.locator('video').count(), 0);
      });
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function posted({ page, server, open, step, expect, axe }) {
  const folder = mkdtempSync(join(tmpdir(), 'perennial-post-'));
  const arrived = [];
  let mood = { status: 503, type: 'application/json', text: '{"message":"We are moving house"}' };
  const receiver = createServer((request, response) => {
    const open = { 'access-control-allow-origin': '*', 'access-control-allow-headers': 'content-type' };
    if (request.method === 'OPTIONS') return response.writeHead(204, open).end();
    let body = '';
    request.on('data', (part) => { body += part; });
    request.on('end', () => {
      arrived.push(JSON.parse(body));
      response.writeHead(mood.status, { ...open, 'content-type': mood.type }).end(mood.text);
    });
    return undefined;
  });
  await new Promise((done) => { receiver.listen(0, '127.0.0.1', done); });
  try {
    const address = `http://localhost:${receiver.address().port}/in`;
    await open();
    await page.evaluate(() => perennial.install('consultancy', { sample: false }));
    await open({ route: '/forms' });
    const file = join(folder, 'contact_us.html');
    await step('an address and a mailbox belong to the form', async () => {
      const dialog = await share(page, 'Contact us');
      await dialog.getByRole('tab', { name: 'File' }).click();
      await dialog.getByLabel('Post them to').fill('http://forms.example/in');
      await dialog.getByLabel('Post them to').blur();
      await dialog.getByText('This must be an https address').waitFor();
      await axe();
      await dialog.getByLabel('Post them to').fill(address);
      await dialog.getByLabel('Mail them to').fill('sales@acme.example');
      await dialog.getByLabel('Mail them to').blur();
      await expect.soon('kept', async () => (await page.evaluate(async () => JSON.stringify(JSON.parse(await perennial.snapshot({ files: false })).definitions.map((one) => one.form).find((one) => one?.id === 'contact_us' && !one.edition).returns))) === JSON.stringify({ post: address, mail: 'sales@acme.example' }));
      await page.waitForTimeout(300);
      await save(page, () => dialog.getByRole('button', { name: 'Download as a file' }).click(), file);
      await page.keyboard.press('Escape');
      expect.equal('nothing to publish', await page.evaluate(() => document.body.innerText.includes('Edition 2')), false);
    });
    const code = await elsewhere({}, async ({ visitor, axe }) => {
      await visitor.goto(pathToFileURL(file).href);
      await step('what fails to be posted is kept, with what the server said', async () => {
        await visitor.getByLabel('Your name').fill('Ada');
        await visitor.getByLabel('E-mail').fill('ada@engine.example');
        await visitor.getByLabel('What you need').fill('An engine');
        await visitor.getByRole('button', { name: 'Send' }).click();
        await visitor.getByText('Your answers could not be sent').waitFor();
        await visitor.getByText('The server said: We are moving house').waitFor();
        expect('a mail', (await visitor.getByRole('link', { name: 'Write a mail' }).getAttribute('href')).startsWith('mailto:sales@acme.example?'));
        await axe();
      });
      const kept = await visitor.getByLabel('Your answers as text').inputValue();
      await step('it is sent again, and then there is nothing more to hand over', async () => {
        mood = { status: 200, type: 'text/plain', text: 'Got it, Ada' };
        await visitor.reload();
        await visitor.getByRole('button', { name: 'Try to send again' }).click();
        await visitor.getByRole('heading', { name: /have been sent/ }).waitFor();
        await visitor.getByText('The server said: Got it, Ada').waitFor();
        await visitor.getByText('We will be in touch within one working day').waitFor();
        await axe();
        await visitor.reload();
        expect.equal('a blank form', await visitor.getByLabel('Your name').inputValue(), '');
      });
      return kept;
    });
    await step('what was posted comes home as it stands', async () => {
      expect.equal('posts', arrived.length, 2);
      expect.equal('the same answer', arrived[0], arrived[1]);
      const { form, edition, values, code: own } = arrived[1];
      expect.equal('what it says', [form, edition, values.name, values.email, own], ['contact_us', 1, 'Ada', 'ada@engine.example', code]);
      const dialog = await homecoming(page);
      const kept = join(folder, 'posts.json');
      writeFileSync(kept, JSON.stringify(arrived, null, 2));
      await dialog.locator('input[type=file]').setInputFiles([kept, join(folder, 'contact_us.html')]);
      await dialog.getByText('There is no answer in it').waitFor();
      await dialog.getByRole('button', { name: 'Take in one answer' }).click();
      await dialog.getByText('New record:').waitFor();
      await dialog.getByText('1 taken in · 1 refused').waitFor();
      await page.keyboard.press('Escape');
    });
    await step('pages, conditions and a table leave and come home as well', async () => {
      await page.evaluate(async (form) => {
        await perennial.dispatch({ define: { definitions: [{ form }] } });
        await perennial.dispatch({ publish_forms: { forms: ['plan'] } });
      }, PLAN);
      const dialog = await share(page, 'Plan a campaign');
      await dialog.getByRole('tab', { name: 'File' }).click();
      const plan = await save(page, () => dialog.getByRole('button', { name: 'Download as a file' }).click(), join(folder, 'plan.html'));
      await page.keyboard.press('Escape');
      const answer = await elsewhere({}, async ({ visitor }) => {
        await visitor.goto(pathToFileURL(plan).href);
        await visitor.getByLabel('Campaign name').fill('Spring fair');
        expect('no dates yet', await visitor.getByLabel('Starts').isHidden());
        await visitor.getByLabel('Budget').fill('2万');
        await visitor.getByLabel('Starts').fill('2027-03-01');
        await visitor.getByRole('button', { name: 'Next' }).click();
        for (const [at, item, amount] of [[1, 'Stand', '8000'], [2, 'Flyers', '1250.50']]) {
          await visitor.getByRole('button', { name: '+ Add a line' }).click();
          await visitor.getByLabel(`Item ${at}`).fill(item);
          await visitor.getByLabel(`Amount ${at}`).fill(amount);
        }
        // What was typed into the table outlives a reload, too.
        await visitor.reload();
        await visitor.getByRole('button', { name: 'Next' }).click();
        expect.equal('the sum', (await visitor.locator('tfoot').innerText()).replace(/\s+/g, ' ').trim(), 'Total 9250.5 CNY');
        await visitor.getByRole('button', { name: 'Send' }).click();
        return visitor.getByLabel('Your answers as text').inputValue();
      });
      const wide = await homecoming(page);
      await wide.getByLabel(/Or paste codes/).fill(answer);
      await wide.getByRole('button', { name: 'Take in one answer' }).click();
      await wide.getByRole('link', { name: 'Spring fair' }).waitFor();
      const found = await page.evaluate(() => [perennial.find('campaign', { where: 'name = "Spring fair"' }), perennial.find('campaign_cost', { sort: 'name' })]);
      expect.equal('the campaign', [found[0].length, found[0][0].starts], [1, '2027-03-01']);
      expect.equal('its costs', found[1].map(({ name, campaign }) => [name, campaign === found[0][0].id]), [['Flyers', true], ['Stand', true]]);
    });
  } finally {
    receiver.close();
    receiver.closeAllConnections();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function share(page, form) {
  await page.getByRole('button', { name: `More for ${form}` }).click();
  await page.getByRole('menuitem', { name: 'Share…' }).click();
  const dialog = page.getByRole('dialog', { name: `Share “${form}”` });
  await dialog.waitFor();
  return dialog;
}

async function homecoming(page) {
  await page.getByRole('button', { name: 'Bring answers home…' }).click();
  return page.getByRole('dialog', { name: /Bring answers home/ });
}

async function save(page, act, file) {
  const [download] = await Promise.all([page.waitForEvent('download'), act()]);
  await download.saveAs(file);
  return file;
}

/** Fills the form of the fair in, and takes what it gives back: the code, a file, and a picture of the code. */
async function answer(visitor, folder, { name, company, phone, people }) {
  await visitor.getByLabel('Your name').fill(name);
  await visitor.getByLabel('Company').fill(company);
  await visitor.getByLabel('Telephone').fill(phone);
  await visitor.getByRole('button', { name: 'Next' }).click();
  await visitor.getByLabel('Employees').fill(people);
  expect.equal('the budget is asked of large ones alone', await visitor.getByLabel('Budget').isVisible(), Number(people) >= 100);
  await visitor.getByLabel('What you want to talk about').fill('Growth');
  await visitor.getByRole('button', { name: 'Register' }).click();
  await visitor.getByRole('heading', { name: /Your answers are ready/ }).waitFor();
  const code = await visitor.getByLabel('Your answers as text').inputValue();
  const file = await save(visitor, () => visitor.getByRole('button', { name: 'Save as a file' }).click(), join(folder, `${company}.txt`));
  const picture = join(folder, `${company}.png`);
  await visitor.getByRole('img', { name: 'Or let this be scanned' }).screenshot({ path: picture });
  return { code, file, picture };
}

/** The same answer as a form of that name in another workspace would have sealed it. */
function resealed(code, key) {
  const short = (sum, length) => sum.toString('base64url').slice(0, length);
  const parts = code.split('.').slice(0, -1);
  parts[3] = short(createHash('sha256').update(key).digest(), 4);
  const body = parts.join('.');
  return `${body}.${short(createHmac('sha256', key).update(body).digest(), 16)}`;
}

/** Another browser with a profile of its own; what goes wrong in it is thrown. */
async function elsewhere({ args = [], ...options }, work) {
  const profile = mkdtempSync(join(tmpdir(), 'perennial-elsewhere-'));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: CHROMIUM, args: [...FLAGS, ...args], headless: true, acceptDownloads: true, reducedMotion: 'reduce', locale: 'en-GB', timezoneId: 'Asia/Shanghai',
    ...options,
  });
  context.setDefaultTimeout(15_000);
  const errors = [];
  context.on('weberror', (error) => errors.push(error.error()?.message ?? String(error.error())));
  try {
    const visitor = context.pages()[0] ?? await context.newPage();
    const found = await work({ visitor, context, axe: (some) => axeOf(visitor, some) });
    if (errors.length) throw new Error(errors.join('\n'));
    return found;
  } finally {
    await context.close().catch(() => {});
    rmSync(profile, { recursive: true, force: true, maxRetries: 3 });
  }
}

/** What a camera sees that looks at a code: a few pictures of it in the middle of a table, as YUV4MPEG2. */
function filmOf(text) {
  const [width, height] = [800, 600];
  const code = pictureOf(text, 5);
  const light = Buffer.alloc(width * height, 150);
  const [left, top] = [Math.floor((width - code.width) / 2), Math.floor((height - code.height) / 2)];
  for (let y = 0; y < code.height; y += 1) for (let x = 0; x < code.width; x += 1) light[(top + y) * width + left + x] = code.data[(y * code.width + x) * 4] ? 235 : 16;
  const frame = Buffer.concat([Buffer.from('FRAME\n'), light, Buffer.alloc(width * height / 2, 128)]);
  return Buffer.concat([Buffer.from(`YUV4MPEG2 W${width} H${height} F10:1 Ip A1:1 C420jpeg\n`), ...Array(3).fill(frame)]);
}
