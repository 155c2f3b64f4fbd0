// Days and times: typed as people say them, walked through with the keys of the ARIA date picker, and picked with a finger; in cells,
// records, forms, filters and settings, in both languages.
import { hands, sheet } from './sheet.mjs';

const COLUMNS = ['name', 'due', 'met', 'size'];
const PHONE = { width: 390, height: 844 };

/** Today and other days, as the workspace has them. */
const days = (page) => page.evaluate(() => Array.from({ length: 40 }, (_, at) => new Date(Date.now() + (at * 24 + 8) * 3600e3).toISOString().slice(0, 10)));
const active = (page) => page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? '');
/** A day of the month that is open, as it is called. */
const called = (date, lang = 'en-GB') => new Intl.DateTimeFormat(lang, { weekday: 'short', day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' }).format(new Date(date));

/** A form that asks for a name, a day and a time. */
const form = (page) => page.evaluate(() => perennial.dispatch({ define: { definitions: [{ form: {
  id: 'visit', label: { en: 'Visit', 'zh-CN': '拜访' }, entity: 'item',
  pages: [{ id: 'one', sections: [{ id: 'all', items: ['name', 'due', 'met'].map((field) => ({ id: field, kind: 'field', field })) }] }],
} }] } }).then(() => perennial.dispatch({ publish_forms: { forms: ['visit'] } })));

const byKeys = {
  name: 'dates by keyboard alone',
  timeout: 15_000,
  async run({ page, open, step, expect, axe, shots }) {
    await open();
    await sheet(page, COLUMNS, 6);
    await form(page);
    const { press, held } = hands(page, COLUMNS);
    const [today, tomorrow] = await days(page);
    const picker = page.getByRole('dialog', { name: 'Pick from the calendar' });
    const at = async (what, date) => expect.soon(`${what}: ${date}`, async () => await active(page) === called(date));

    await step('the workspace begins its weeks on Sunday', async () => {
      await open({ route: '/settings' });
      await page.getByLabel('Weeks begin on').selectOption({ label: 'Sunday' });
    });

    await step('a cell: the month opens, is walked through, and Enter takes the day', async () => {
      await open({ route: '/records/item?view=item_sheet' });
      await page.getByRole('grid').waitFor();
      await page.locator('.grid__body [data-col="1"]').first().focus();
      await press('ArrowRight', 'F2');
      await page.locator('#cell-editor').waitFor();
      await page.keyboard.type('2026-12-16');
      await press('Alt+ArrowDown');
      await picker.waitFor();
      await at('the day that was typed', '2026-12-16');
      expect.equal('the first day of the week', await picker.getByRole('columnheader').nth(1).getAttribute('aria-label'), 'Sunday');
      expect.equal('the month', await picker.getByRole('heading').textContent(), 'December 2026');
      await axe();
      await shots('date-in-a-cell');
      for (const [key, day] of [['ArrowRight', '2026-12-17'], ['ArrowDown', '2026-12-24'], ['Home', '2026-12-20'], ['End', '2026-12-26'], ['ArrowUp', '2026-12-19'],
        ['ArrowLeft', '2026-12-18'], ['PageDown', '2027-01-18'], ['Shift+PageDown', '2028-01-18'], ['Shift+PageUp', '2027-01-18'], ['PageUp', '2026-12-18'], ['ArrowDown', '2026-12-25'], ['ArrowDown', '2027-01-01']]) {
        await press(key);
        await at(key, day);
      }
      expect.equal('the month', await picker.getByRole('heading').textContent(), 'January 2027');
      // Tab goes round within the sheet.
      await press('Tab');
      await expect.soon('Today', () => page.evaluate(() => document.activeElement.textContent.trim() === 'Today'));
      await press('Tab', 'Tab');
      await expect.soon('round again', async () => await active(page) === 'Previous year');
      await press('Shift+Tab', 'Shift+Tab', 'Shift+Tab');
      await at('back', '2027-01-01');
      await press('Enter');
      await picker.waitFor({ state: 'detached' });
      await expect.soon('the day', async () => await held('Row 1', 'due') === '2027-01-01');
      await expect.soon('the focus in its cell', () => page.evaluate(() => document.activeElement?.dataset.col === '2'));
    });

    await step('Escape closes the month first, and then leaves the cell as it was', async () => {
      await press('F2', 'Alt+ArrowDown');
      await at('the day', '2027-01-01');
      await press('ArrowRight', 'Escape');
      await picker.waitFor({ state: 'detached' });
      await expect.soon('the focus in the text', () => page.evaluate(() => document.activeElement?.id === 'cell-editor'));
      await press('Escape');
      await page.locator('#cell-editor').waitFor({ state: 'detached' });
      expect.equal('the day', await held('Row 1', 'due'), '2027-01-01');
    });

    await step('a time is typed beside the month, and Tab goes on', async () => {
      await press('ArrowRight', 'F2', 'Alt+ArrowDown');
      await at('today', today);
      await press('ArrowRight', 'Enter');
      await expect.soon('the focus in the time', () => page.evaluate(() => document.activeElement?.className === 'picker__clock'));
      await page.keyboard.type('noonish');
      await press('Enter');
      await page.getByText('This is not a time. Write it as 14:30 or 2pm.').waitFor();
      await axe();
      await press('Control+a');
      await page.keyboard.type('2:30pm');
      await press('Enter');
      await picker.waitFor({ state: 'detached' });
      await expect.soon('the time', async () => (await held('Row 1', 'met'))?.startsWith(`${(await days(page))[1]}T06:30`));
      await page.keyboard.type('tomorrow at 9:15');
      await press('Tab');
      await expect.soon('the time in words', async () => (await held('Row 1', 'met'))?.startsWith(`${tomorrow}T01:15`));
    });

    await step('a form says what cannot be read, keeps it, and takes words', async () => {
      await open({ route: '/fill/visit' });
      const due = page.getByRole('textbox', { name: 'Due' });
      await page.getByRole('textbox', { name: 'Name' }).fill('By form');
      await due.focus();
      await page.keyboard.type('03/04/2027');
      await press('Tab');
      await page.getByText('“03/04/2027” can be two days. Write 2027-04-03 or 2027-03-04.').waitFor();
      expect.equal('what was typed', await due.inputValue(), '03/04/2027');
      await press('Shift+Tab');
      await page.keyboard.type('31.2.');
      await press('Tab');
      await page.getByText('“31.2.” is not a date').waitFor();
      await axe();
      await press('Shift+Tab');
      await page.keyboard.type('tomorrow');
      await page.locator('.date__read').getByText(String(Number(tomorrow.slice(8)))).waitFor();
      await press('Tab');
      await expect.soon('the day', async () => await due.inputValue() === tomorrow);
      await page.keyboard.type('明天下午3点');
      await press('Alt+ArrowDown');
      await at('the day', tomorrow);
      await press('Escape');
      await press('Tab');
      await page.keyboard.press('Enter');
      await expect.soon('it is kept', async () => await held('By form', 'due') === tomorrow && (await held('By form', 'met'))?.startsWith(`${tomorrow}T07:00`));
    });

    await step('a filter counts from the day that was typed or picked', async () => {
      await open({ route: '/history' });
      const [from, until] = [page.getByLabel('From', { exact: true }), page.getByLabel('Until', { exact: true })];
      await from.fill('tomorrow');
      await press('Enter');
      await expect.soon('the day', async () => await from.inputValue() === tomorrow);
      await until.fill(today);
      await page.getByText(/Choose .* or a later day\./).waitFor();
      expect.equal('what was typed', await until.inputValue(), today);
      await axe();
      await until.fill('');
      await press('Alt+ArrowDown');
      await at('the first day that can be', tomorrow);
      await press('ArrowLeft');
      await at('not before it', tomorrow);
      await press('Enter');
      await expect.soon('the last day', async () => await until.inputValue() === tomorrow);
    });
  },
};

const byTouch = {
  name: 'dates by touch, in Chinese',
  timeout: 15_000,
  context: { hasTouch: true, isMobile: true, viewport: PHONE, locale: 'zh-CN' },
  async run({ page, open, step, expect, axe, shots }) {
    await open({ ...PHONE, lang: 'zh-CN' });
    await sheet(page, COLUMNS, 3);
    const id = await page.evaluate(() => perennial.find('item', {})[0].id);
    const { held } = hands(page, COLUMNS);
    const [today] = await days(page);
    const picker = page.getByRole('dialog', { name: '从日历中选择' });
    const name = await page.evaluate((id) => perennial.get('item', id).name, id);

    await step('a record: the month opens below its day', async () => {
      await open({ route: `/record/item/${id}`, ...PHONE });
      await page.getByRole('button', { name: /Due/ }).first().tap();
      await page.getByRole('button', { name: '从日历中选择' }).tap();
      await picker.waitFor();
      const small = await picker.locator('button, input, [role=gridcell]').evaluateAll((all) => all.map((one) => [one.textContent, one.getBoundingClientRect()]).filter(([, box]) => box.width < 44 || box.height < 44).map(([text, box]) => `${text} ${box.width} × ${box.height}`));
      expect.equal('nothing is too small for a finger', small, []);
      const box = await picker.boundingBox();
      expect('it is within the screen', box.x >= 0 && box.x + box.width <= PHONE.width && box.y >= 0 && box.y + box.height <= PHONE.height);
      expect.equal('the first day of the week', await picker.getByRole('columnheader').nth(1).getAttribute('aria-label'), '星期一');
      await axe();
      await shots('date-by-touch');
      await picker.getByRole('button', { name: '下一年' }).tap();
      await picker.getByRole('button', { name: '上个月' }).tap();
      const [year, month] = [Number(today.slice(0, 4)) + 1, Number(today.slice(5, 7)) - 1];
      const wanted = month ? [year, month] : [year - 1, 12];
      await expect.soon('the month', async () => await picker.getByRole('heading').textContent() === `${wanted[0]}年${wanted[1]}月`);
      const day = `${wanted[0]}-${String(wanted[1]).padStart(2, '0')}-15`;
      await picker.getByRole('gridcell', { name: called(day, 'zh-CN') }).tap();
      await expect.soon('the day', async () => await held(name, 'due') === day);
    });

    await step('a time has its day first, and is done with a tap', async () => {
      await page.getByRole('button', { name: /Met/ }).first().tap();
      await page.getByRole('button', { name: '从日历中选择' }).tap();
      await picker.getByRole('button', { name: '今天' }).tap();
      await picker.getByRole('textbox', { name: '时间' }).fill('下午2点半');
      await axe();
      await shots('time-by-touch');
      await picker.getByRole('button', { name: '完成' }).tap();
      await expect.soon('the time', async () => (await held(name, 'met'))?.startsWith(`${today}T06:30`));
      await page.getByRole('button', { name: /Met/ }).first().tap();
      await page.getByRole('button', { name: '从日历中选择' }).tap();
      await picker.getByRole('button', { name: '清除' }).tap();
      await expect.soon('nothing', async () => await held(name, 'met') === null);
    });

    await step('a form is filled in by finger alone but for the name', async () => {
      await form(page);
      await open({ route: '/fill/visit', ...PHONE });
      await page.getByRole('textbox', { name: 'Name' }).fill('表单');
      const [due, met] = [page.getByRole('textbox', { name: 'Due' }), page.getByRole('textbox', { name: 'Met' })];
      await page.locator('.date__open').first().tap();
      await picker.getByRole('gridcell', { name: called(today, 'zh-CN') }).tap();
      await picker.waitFor({ state: 'detached' });
      expect.equal('the day', await due.inputValue(), today);
      await page.locator('.date__open').last().tap();
      await picker.getByRole('button', { name: '今天' }).tap();
      await picker.getByRole('button', { name: '完成' }).tap();
      expect.equal('the time', await met.inputValue(), `${today} 09:00`);
      await page.locator('.fill button[type=submit], .fill .button--primary').last().tap();
      await expect.soon('it is kept', async () => await held('表单', 'due') === today && (await held('表单', 'met'))?.startsWith(`${today}T01:00`));
    });
  },
};

export default [byKeys, byTouch];
