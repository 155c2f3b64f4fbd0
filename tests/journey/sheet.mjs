// A list of our own for the journeys about cells: a field of every kind, rows whose values are known, and ways to read it back.
const PEOPLE = ['Ada Lovelace', '李雷', 'Bo Diddley'];

const text = (en, zh = en) => ({ en, 'zh-CN': zh });
const field = (id, label, kind, more = {}) => ({ id, label: text(label), kind, ...more });

/** Every kind that a cell can hold. */
export const KINDS = [
  field('name', 'Name', 'text', { required: true }), field('note', 'Note', 'long_text'), field('story', 'Story', 'rich_text'),
  field('size', 'Size', 'number'), field('price', 'Price', 'money'), field('share', 'Share', 'percent'),
  field('due', 'Due', 'date'), field('met', 'Met', 'instant'), field('spent', 'Spent', 'duration'),
  field('stage', 'Stage', 'choice', { options: [['open', 'Open'], ['won', 'Won'], ['lost', 'Lost']].map(([id, label]) => ({ id, label: text(label) })) }),
  field('tags', 'Tags', 'choices', { open: true, options: [] }), field('hot', 'Hot', 'flag'), field('stars', 'Stars', 'rating', { max: 5 }),
  field('nps', 'NPS', 'nps'), field('tel', 'Tel', 'phone'), field('mail', 'Mail', 'email'), field('web', 'Web', 'url'),
  field('home', 'Home', 'address'), field('spot', 'Spot', 'location'), field('owner', 'Owner', 'link', { to: ['helper'] }),
  field('team', 'Team', 'links', { to: ['helper'] }), field('papers', 'Papers', 'files'),
  field('double', 'Double', 'formula', { formula: 'size*2', result: 'number' }), field('serial', 'Serial', 'auto_number', { prefix: 'S-', digits: 4 }),
];

/** Installs the pack, defines the list with these columns and fills it with rows named Row 1, Row 2, … */
export async function sheet(page, columns, rows) {
  await page.evaluate(async ([columns, rows, kinds, people]) => {
    await perennial.install('consultancy');
    const of = (id, label, plural, fields) => ({ entity: {
      id, label: { en: label, 'zh-CN': label }, plural: { en: plural, 'zh-CN': plural }, icon: 'table-2', group: 'work', title: 'name', fields,
    } });
    const name = { id: 'name', label: { en: 'Name', 'zh-CN': '名称' }, kind: 'text', required: true };
    await perennial.dispatch({ define: { definitions: [of('helper', 'Helper', 'Helpers', [name]), of('item', 'Item', 'Items', kinds)] } });
    await perennial.dispatch({ define: { definitions: [{ view: {
      id: 'item_sheet', label: { en: 'Sheet', 'zh-CN': '表' }, entity: 'item', shape: { shape: 'list', columns },
    } }] } });
    for (const person of people) await perennial.create('helper', { name: person });
    const values = Array.from({ length: rows }, (_, at) => ({ name: `Row ${at + 1}`, size: { n: String(at + 1) } }));
    for (let at = 0; at < rows; at += 500) {
      // Without an order of its own a list stands by its ids.
      const id = (place) => `00000000-0000-7000-8000-${String(place).padStart(12, '0')}`;
      const records = values.slice(at, at + 500).map((each, place) => ({ id: id(at + place + 1), entity: 'item', values: each }));
      await perennial.dispatch({ add_records: { records } });
    }
  }, [columns, rows, KINDS, PEOPLE]);
}

/** What is done with the sheet, by row (from 1) and the id of its field's column. */
export function hands(page, columns) {
  const cell = (row, column) => page.locator(`.grid__body > [aria-rowindex="${row + 1}"] > [data-col="${columns.indexOf(column) + 1}"]`);
  return {
    cell,
    // Beside the text: a click on a name opens it.
    click: async (row, column, options) => {
      const box = await cell(row, column).boundingBox();
      await cell(row, column).click({ position: { x: box.width - 50, y: box.height / 2 }, ...options });
    },
    press: async (...keys) => { for (const key of keys) await page.keyboard.press(key); },
    /** What the record called so holds. */
    held: (name, field) => page.evaluate(([name, field]) => perennial.find('item', { where: { field: 'name', is: 'equals', value: name } })[0]?.[field] ?? null, [name, field]),
    all: (field) => page.evaluate((field) => perennial.find('item', { fields: ['name', field] }).map((record) => record[field] ?? null), field),
    count: () => page.evaluate(() => perennial.find('item', { fields: [] }).length),
    copyText: async (text) => page.evaluate((text) => navigator.clipboard.writeText(text), text),
    clipboard: () => page.evaluate(() => navigator.clipboard.readText()),
    /** The rows and columns of the range, as a screen reader finds them. */
    range: () => page.evaluate(() => {
      const cells = [...document.querySelectorAll('.grid__body [role=gridcell][aria-selected=true]')];
      const rows = new Set(cells.map((cell) => cell.closest('[role=row]').getAttribute('aria-rowindex')));
      return [rows.size, new Set(cells.map((cell) => cell.dataset.col)).size];
    }),
  };
}
