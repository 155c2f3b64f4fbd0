// A day's work with keys alone: first run, list, filter, record, edit, create, board, undo, import, settings. Whatever has the
// focus must show it, and nothing may lose it.
const ROWS = 'Name,Company,Title\nAda Keys,Keys & Co,Director\nBo Tab,Tab Ltd,Engineer\n';

export default { name: 'keyboard alone', timeout: 60_000, run };

async function run({ page, open, step, expect, axe }) {
  const press = async (...keys) => { for (const key of keys) await page.keyboard.press(key); };
  const focus = () => page.evaluate(focused);
  const both = async () => {
    for (const theme of ['dark', 'light']) {
      await page.evaluate((name) => { document.documentElement.dataset.theme = name; }, theme);
      await page.waitForTimeout(300); // Colours change over a moment.
      await axe();
    }
  };
  /** Presses Tab until what is called so has the focus; every stop on the way must show that it has it. */
  const tabTo = async (name, { key = 'Tab', most = 120 } = {}) => {
    const passed = [];
    for (let presses = 0; presses < most; presses += 1) {
      await press(key);
      const now = await focus();
      if (now.tag === 'BODY') continue; // After the last stop Tab goes through the browser itself.
      expect(`a ring around ${now.tag} “${now.name}”`, now.isShown);
      if (typeof name === 'string' ? now.name === name : name.test(now.name)) return now;
      passed.push(now.name || now.tag);
    }
    throw new Error(`Tab never came to ${name}; it passed ${passed.slice(0, 60).join(' | ')}`);
  };
  const kept = (where) => expect.soon(`the focus kept ${where}`, async () => (await focus()).tag !== 'BODY');

  await step('the first run begins with a key', async () => {
    await open();
    await tabTo('Start with sample data');
    await press('Enter');
    await page.getByRole('region', { name: 'Everything has its place' }).waitFor({ timeout: 60_000 });
  });

  await step('the tour is walked and left', async () => {
    await expect.soon('the focus on Next', async () => (await focus()).name === 'Next tip');
    await both();
    await press('Enter');
    await page.getByText('2 of 3').waitFor();
    await expect.soon('the focus on Next', async () => (await focus()).name === 'Next tip');
    await tabTo('Back', { key: 'Shift+Tab' });
    await press('Escape');
    await page.locator('.tour').waitFor({ state: 'detached' });
    await expect.soon('the focus in the page', async () => (await focus()).id === 'main');
    await page.reload();
    await page.getByRole('grid').waitFor();
    expect.equal('the tour after a reload', await page.locator('.tour').count(), 0);
  });

  const rows = async () => Number(await page.getByRole('grid').getAttribute('aria-rowcount')) - 2;
  await step('a list is reached, searched and filtered', async () => {
    await tabTo(/^Leads/);
    await press('Enter');
    await page.getByRole('grid', { name: 'Leads' }).waitFor();
    const all = await rows();
    await press('/');
    await page.keyboard.type('li');
    await expect.soon('fewer rows', async () => await rows() < all);
    await press('Escape');
    await expect.soon('all rows', async () => await rows() === all);
    await tabTo('Add filter', { key: 'Shift+Tab' });
    await press('Enter');
    await page.getByRole('dialog', { name: 'Filter' }).waitFor();
    await expect.soon('the focus on the field', async () => (await focus()).name === 'Field');
    await page.keyboard.type('Score');
    await tabTo('Value');
    await page.keyboard.type('60');
    await expect.soon('fewer rows', async () => await rows() < all);
    const some = await rows();
    await page.keyboard.type('abc');
    await page.locator('.builder__error').filter({ hasText: '60abc' }).waitFor();
    expect.equal('the rows while half a number stands there', await rows(), some);
    await both();
    await press('Backspace', 'Backspace', 'Backspace');
    await page.locator('.builder__error').waitFor({ state: 'detached' });
    await press('Escape');
    await expect.soon('the focus on what opened the sheet', async () => (await focus()).name === 'Add filter');
  });

  await step('a record is opened, and a field edited', async () => {
    for (let presses = 0; presses < 40 && !(await focus()).isCell; presses += 1) await press('Tab');
    expect('a cell with the focus', (await focus()).isCell);
    await press('Enter');
    await page.locator('aside.panel').waitFor();
    await kept('in the list');
    await press('j');
    await expect.soon('the second record', async () => /^2 \//.test(await page.locator('.panel__bar .num').innerText()));
    await tabTo(/^Edit WeChat/);
    await press('Enter');
    await expect.soon('the focus in the control', async () => (await focus()).tag === 'INPUT');
    await page.keyboard.press('Control+a');
    await page.keyboard.type('no-mouse');
    await press('Enter');
    await page.locator('aside.panel').getByText('no-mouse').first().waitFor();
    await expect.soon('the focus on the value', async () => /^Edit WeChat/.test((await focus()).name));
    await press('Escape');
    await page.locator('aside.panel').waitFor({ state: 'detached' });
    await expect.soon('the focus on the row of the record', async () => (await focus()).isCell);
  });

  await step('a record has a page of its own, with its neighbours', async () => {
    await press('Enter');
    await page.locator('aside.panel').waitFor();
    await tabTo('Open as a page');
    await press('Enter');
    await page.locator('.record-page').waitFor();
    await kept('on the page');
    const first = await page.getByRole('heading', { level: 1 }).innerText();
    await press('k');
    await expect.soon('the one before', async () => await page.getByRole('heading', { level: 1 }).innerText() !== first);
    await tabTo('Next (J)');
    await press('Enter');
    await expect.soon('the first again', async () => await page.getByRole('heading', { level: 1 }).innerText() === first);
    await expect.soon('the focus on the same button', async () => (await focus()).name === 'Next (J)');
    await both();
    await press('Escape');
    await page.getByRole('grid', { name: 'Leads' }).waitFor();
  });

  await step('a record is created', async () => {
    await press('n');
    await page.getByRole('dialog', { name: 'New lead' }).waitFor();
    await expect.soon('the focus in the first field', async () => (await focus()).tag === 'INPUT');
    await press('Control+Enter');
    await page.locator('dialog [aria-invalid=true]').first().waitFor();
    await both();
    await page.keyboard.type('Kay Board');
    await press('Control+Enter');
    await page.locator('dialog[open]').waitFor({ state: 'detached' });
    await page.getByText('Kay Board').first().waitFor();
    await kept('after the form');
  });

  await step('a card is moved, and moved back', async () => {
    await tabTo(/^Opportunities/);
    await press('Enter');
    await page.getByRole('grid', { name: 'Opportunities' }).waitFor();
    await tabTo(/^Pipeline/);
    await press('Enter');
    await page.locator('.card').first().waitFor();
    await kept('on the tab');
    for (let presses = 0; presses < 60 && !(await focus()).card; presses += 1) await press('Tab');
    const { card } = await focus();
    const zone = () => page.evaluate((key) => document.querySelector(`.card[data-key="${key}"]`)?.closest('[data-zone]')?.dataset.zone, card);
    const from = await zone();
    await press('Space', 'ArrowRight', 'Space');
    await expect.soon('the card in the next column', async () => await zone() !== from);
    await expect.soon('the focus on the card', async () => (await focus()).card === card);
    await press('Control+z');
    await expect.soon('the card back', async () => await zone() === from);
    await expect.soon('the focus on the card again', async () => (await focus()).card === card);
    await both();
  });

  await step('a few rows are imported', async () => {
    await tabTo(/^Leads/);
    await press('Enter');
    await page.getByRole('grid', { name: 'Leads' }).waitFor();
    await tabTo('Import…');
    await press('Enter');
    await page.getByRole('heading', { name: 'Choose files' }).waitFor();
    await kept('in the import');
    await tabTo('Paste rows instead');
    await press('Enter');
    await tabTo(/^Rows, the first/);
    await page.keyboard.insertText(ROWS);
    await tabTo('Use these rows');
    await press('Enter');
    await tabTo('Next');
    await press('Enter');
    await page.getByRole('heading', { name: 'Match the columns' }).waitFor();
    await kept('in the second step');
    await tabTo('Import 2 rows');
    await press('Enter');
    await page.getByRole('heading', { name: '2 leads are in' }).waitFor({ timeout: 30_000 });
    await kept('in the result');
    await both();
    await tabTo('Show the leads');
    await press('Enter');
    await page.getByRole('grid', { name: 'Leads' }).waitFor();
  });

  await step('settings are changed', async () => {
    await tabTo('Settings');
    await press('Enter');
    await page.getByRole('heading', { name: 'Settings', level: 1 }).waitFor();
    await kept('in the settings');
    await tabTo('Appearance');
    await press('Enter');
    await tabTo(/^(Like the system|Light|Dark)$/);
    await press('ArrowRight');
    await expect.soon('the dark', () => page.evaluate(() => document.documentElement.dataset.theme === 'dark'));
    await axe();
  });
}

/** What has the focus, what it is called, and whether one can see that. */
function focused() {
  const here = document.activeElement ?? document.body;
  const labels = [...(here.labels ?? [])].map((label) => label.innerText).join(' ');
  const by = (here.getAttribute('aria-labelledby') ?? '').split(' ').map((id) => document.getElementById(id)?.innerText ?? '').join(' ');
  const own = here.matches('input, select, textarea') ? '' : here.innerText;
  const name = (here.getAttribute('aria-label') || by.trim() || labels || own || here.title || '').replace(/\s+/g, ' ').trim();
  // A hidden radio button or file input is shown by what stands around it.
  let isShown = false;
  for (let element = here, up = 0; element && up < 4; element = element.parentElement, up += 1) {
    const { outlineStyle, outlineWidth, boxShadow, borderColor } = getComputedStyle(element);
    isShown ||= outlineStyle !== 'none' && parseFloat(outlineWidth) > 0;
    isShown ||= up > 0 && element.matches(':has(:focus-visible)') && (boxShadow !== 'none' || borderColor !== getComputedStyle(document.body).borderColor);
  }
  return {
    tag: here.tagName, id: here.id, name, isShown,
    isCell: here.matches('[data-col]'), card: here.closest('.card[data-key]')?.dataset.key,
  };
}
