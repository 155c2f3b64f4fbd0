// A tablet at a fair, without a network: the server is gone, the browser opened cold. Twenty visitors register by touch, two of them the
// same person, and in the middle the browser is closed and opened again. Nobody leaves the kiosk without its code. Afterwards nineteen
// leads are there, scored and assigned, one of them with two touches.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { CHROMIUM, FLAGS, ROOT, axe, mounted, shoot } from './harness.mjs';
import { serve } from './serve.mjs';

const TABLET = { width: 1024, height: 768 };

export default { name: 'kiosk: twenty visitors by touch, offline, over a closed browser', run };

async function run({ step, expect }) {
  const profile = mkdtempSync(join(tmpdir(), 'perennial-kiosk-'));
  const errors = [];
  const start = async () => {
    const context = await chromium.launchPersistentContext(profile, {
      executablePath: CHROMIUM, args: FLAGS, headless: true, hasTouch: true, viewport: TABLET, locale: 'en-GB',
      timezoneId: 'Asia/Shanghai', reducedMotion: 'reduce',
    });
    context.setDefaultTimeout(10_000);
    const page = context.pages()[0];
    page.on('console', (message) => { if (message.type() === 'error') errors.push(message.text()); });
    page.on('pageerror', (error) => errors.push(error.message));
    // Counts how often the screen was asked to stay on, and lets seconds pass.
    await page.addInitScript(() => {
      localStorage['perennial.language'] ??= 'en';
      globalThis.woken = 0;
      const request = navigator.wakeLock?.request.bind(navigator.wakeLock);
      if (request) navigator.wakeLock.request = (kind) => { globalThis.woken += 1; return request(kind); };
      const seconds = new Map();
      const [set, clear] = [setInterval, clearInterval];
      globalThis.setInterval = (work, pause, ...more) => {
        const id = set(work, pause, ...more);
        if (pause === 1000) seconds.set(id, work);
        return id;
      };
      globalThis.clearInterval = (id) => { seconds.delete(id); clear(id); };
      globalThis.pass = (count) => { for (let at = 0; at < count; at += 1) [...seconds.values()].forEach((work) => work()); };
    });
    return { context, page };
  };
  const server = await serve(join(ROOT, 'dist'), { path: '/at/the/fair/' });
  let { context, page } = await start();
  const go = async (route) => { await page.goto(`${server.url}${route}`); await mounted(page); };
  const field = (name) => page.getByLabel(name, { exact: false });
  const button = (name) => page.getByRole('button', { name, exact: true });
  const tap = (name) => button(name).tap();
  const heading = (name) => page.getByRole('heading', { name, exact: true });
  const isFull = () => page.evaluate(() => Boolean(document.fullscreenElement));
  const isShut = async (when) => {
    await heading('Trade fair').waitFor();
    expect.equal(`navigation ${when}`, await page.getByRole('navigation').count(), 0);
  };
  const visitors = async (count) => expect.soon(`${count} visitors`, async () => (await page.locator('.kiosk__corner').innerText()).split(/\s/).includes(String(count)));
  const visitor = async (name, company, phone) => {
    await field('Your name').tap();
    await field('Your name').fill(name);
    await field('Company').fill(company);
    await field('Telephone').fill(phone);
    await tap('Next');
    await heading('What brings you').waitFor();
    const industry = page.getByLabel('Industry');
    if (await industry.evaluate((control) => control.tagName === 'SELECT')) await industry.selectOption({ label: 'Manufacturing' });
    else {
      await industry.fill('Manufacturing');
      await page.getByRole('option', { name: 'Manufacturing' }).first().tap();
    }
    await field('Employees').fill('620');
    await tap('Register');
    await tap('Next visitor');
    await field('Your name').waitFor();
    expect.equal('nothing of the one before', await field('Your name').inputValue(), '');
  };

  let before = 0;
  try {
    await step('one visit with a network', async () => {
      await go('');
      await page.evaluate(() => perennial.install('consultancy', { sample: true }));
      await page.evaluate(() => navigator.serviceWorker.ready);
      before = await page.evaluate(() => perennial.find('lead', {}).length);
    });

    await step('the browser is closed, the server stopped, the app opened cold; the kiosk is started with a code', async () => {
      await context.close();
      await server.close();
      ({ context, page } = await start());
      await context.setOffline(true);
      await go('#/forms');
      await page.getByRole('button', { name: 'More for Trade fair' }).tap();
      await page.getByRole('menuitem', { name: 'Start as a kiosk…' }).tap();
      await heading('Trade fair as a kiosk').waitFor();
      await page.getByText('It works without a network').waitFor();
      await page.getByText('The screen stays on').waitFor();
      await tap('Start the kiosk');
      await page.getByText('A code has at least 4 digits').waitFor();
      await axe(page);
      await field('Code').fill('2580');
      const other = await context.newPage();
      await other.goto(`${server.url}#/records/lead`);
      await other.getByRole('navigation').first().waitFor();
      await page.bringToFront();
      await tap('Start the kiosk');
      await isShut('at the start');
      await axe(page);
      await expect.soon('no other tab that shows the app', async () => await other.getByRole('navigation').count() === 0);
      await other.close();
    });

    await step('it has the whole screen and takes it back, and the screen stays on', async () => {
      await expect.soon('the whole screen', isFull);
      const woken = await page.evaluate(() => globalThis.woken);
      expect('the screen asked to stay on', woken > 0);
      await page.evaluate(() => document.exitFullscreen());
      await expect.soon('a window', async () => !(await isFull()));
      await heading('Trade fair').tap();
      await expect.soon('the whole screen again', isFull);
      await page.evaluate(() => dispatchEvent(new Event('visibilitychange')));
      await expect.soon('the screen asked again', () => page.evaluate((last) => globalThis.woken > last, woken));
      // A browser that refuses says so to nobody but the page.
      await page.evaluate(() => document.exitFullscreen());
      await page.evaluate(() => { Element.prototype.requestFullscreen = () => Promise.reject(new TypeError('not here')); });
      await heading('Trade fair').tap();
      expect.equal('errors', errors, []);
    });

    await step('ten visitors register', async () => {
      for (let at = 0; at < 10; at += 1) await visitor(`Visitor ${at}`, `Works ${at} Ltd`, `1380013${8100 + at}`);
      await visitors(10);
    });

    await step('Back, Escape and an address typed by hand do not leave it', async () => {
      await field('Your name').fill('Visitor 10');
      await field('Company').fill('Works 10 Ltd');
      await field('Job title').fill('Buyer');
      await field('Telephone').fill('13800138110');
      await tap('Next');
      await heading('What brings you').waitFor();
      await page.evaluate(() => history.back());
      await field('Your name').waitFor();
      expect.equal('what was written', await field('Your name').inputValue(), 'Visitor 10');
      for (let times = 0; times < 3; times += 1) await page.evaluate(() => history.back());
      await page.keyboard.press('Escape');
      await page.keyboard.press('Control+k');
      await page.evaluate(() => { location.hash = '#/records/lead'; });
      await page.waitForTimeout(300);
      await isShut('after all that');
    });

    await step('whoever goes away is asked for, and may stop the clock; then it begins anew', async () => {
      const asked = page.getByRole('alertdialog', { name: 'Are you still there?' });
      await page.evaluate(() => pass(51));
      await asked.waitFor();
      await axe(page);
      await tap('I am still here');
      await asked.waitFor({ state: 'detached' });
      expect.equal('what was written stays', await field('Your name').inputValue(), 'Visitor 10');
      await page.evaluate(() => pass(51));
      await asked.waitFor();
      await page.evaluate(() => pass(10));
      await expect.soon('an empty form', async () => await field('Your name').inputValue() === '');
    });

    await step('closed in the middle and opened again, it is a kiosk still', async () => {
      await field('Your name').fill('Visitor 10');
      await page.waitForTimeout(700);
      await page.reload();
      await isShut('after a reload');
      expect.equal('what was written', await field('Your name').inputValue(), 'Visitor 10');
      await context.close();
      ({ context, page } = await start());
      await context.setOffline(true);
      await go('');
      await isShut('in a browser that was closed');
      await visitors(10);
      expect.equal('nobody sees what another has written', await field('Your name').inputValue(), '');
    });

    await step('ten more come, one of them for the second time', async () => {
      for (let at = 10; at < 19; at += 1) await visitor(`Visitor ${at}`, `Works ${at} Ltd`, `1380013${8100 + at}`);
      await visitor('V. Three', 'Works Three', '+86 138 0013 8103');
      await visitors(20);
    });

    await step('a form that is taken away leaves it shut as well', async () => {
      const retire = (retired) => page.evaluate(async (retired) => {
        const { form } = JSON.parse(await perennial.snapshot()).definitions.find((one) => one.form?.id === 'fair' && !one.form.edition);
        await perennial.dispatch({ define: { definitions: [{ form: { ...form, retired } }] } });
      }, retired);
      await retire(true);
      await page.reload();
      await page.getByText('This form takes no more answers').waitFor();
      await button('Leave the kiosk').waitFor();
      expect.equal('navigation', await page.getByRole('navigation').count(), 0);
      await retire(false);
      await page.reload();
      await isShut('once it is back');
    });

    await step('a wrong code leaves it shut, the right one opens it', async () => {
      await tap('Leave the kiosk');
      for (const digit of '1111') await tap(digit);
      await tap('Open');
      await page.getByText('That is not the code').waitFor();
      await axe(page);
      for (const digit of '2580') await tap(digit);
      await tap('Open');
      await heading('Forms').waitFor();
      expect('a window', !(await isFull()));
      await page.reload();
      await heading('Forms').waitFor();
    });

    await step('nineteen leads are there, scored and assigned, one of them with two touches', async () => {
      const leads = await page.evaluate(() => perennial.find('lead', {}));
      const here = leads.filter((one) => /^Visitor/.test(one.name));
      expect.equal('leads', [leads.length - before, here.length], [19, 19]);
      expect.equal('without a score', here.filter((one) => !Number(one.score)).length, 0);
      expect.equal('without an owner', here.filter((one) => !one.owner).length, 0);
      const third = here.find((one) => one.name === 'Visitor 3');
      const touches = await page.evaluate((id) => perennial.find('touchpoint', {}).filter((one) => JSON.stringify(one).includes(id)).length, third.id);
      expect.equal('touches', touches, 2);
    });

    await step('the list of forms tells of it', async () => {
      const row = page.locator('tbody', { has: page.getByText('Trade fair') }).locator('tr').first();
      await expect.soon('twenty sent', async () => (await row.innerText()).split(/\s+/).includes('20'));
      await page.getByText('Given up at Telephone 1').waitFor();
      await page.getByRole('button', { name: 'More for Trade fair' }).tap();
      await page.getByRole('menuitem', { name: 'Figures…' }).tap();
      const figures = page.getByRole('dialog', { name: 'Trade fair' });
      const way = async () => (await figures.getByRole('list', { name: 'How far people come' }).getByRole('listitem').allInnerTexts()).map((line) => line.split('\n').slice(0, 2).join(' '));
      // A visitor left, one was gone when the browser was closed, and the last saw it after it was back.
      const all = ['Views 24', 'Begun 22', 'Sent 20', 'Records 19', 'MQL 0', 'Customers 0'];
      await expect.soon('the figures', async () => (await way()).length === all.length);
      expect.equal('figures', await way(), all);
      await figures.getByRole('row', { name: /^kiosk 24 22 20/ }).waitFor();
      await axe(page);
      await figures.getByRole('button', { name: 'Today' }).tap();
      expect.equal('of today', await way(), all);
      expect.equal('errors', errors, []);
    });
  } catch (error) {
    await shoot(page, 'kiosk').catch(() => {});
    throw error;
  } finally {
    await context.close().catch(() => {});
    await server.close().catch(() => {});
    rmSync(profile, { recursive: true, force: true, maxRetries: 3 });
  }
}
