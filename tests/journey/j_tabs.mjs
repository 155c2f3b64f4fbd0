// Two tabs at work on one workspace at once: whatever they do to each other, they end with the same state, which is that of the log.
// And two people at work on one record: neither loses what the other has changed.
import { besideTheApp, remove } from './database.mjs';
import { mounted } from './harness.mjs';

const COMMANDS = 200;
const SEED = Number(process.env.PERENNIAL_SEED ?? 20_261_122);

export default [
  {
    name: 'two tabs',
    timeout: 30_000,
    async run({ page, context, server, open, step, expect, allow }) {
      // The page beside the app has no icon.
      allow(/favicon/);
      await open({ query: '?no-sw' });
      await page.evaluate(() => perennial.install('consultancy', { sample: false }));
      const other = await context.newPage();
      await open({ page: other, query: '?no-sw' });
      const tabs = [page, other];
      await step('both see the pack', async () => {
        await expect.soon('the same state', async () => same(await Promise.all(tabs.map(dump))));
      });

      const answers = await step(`${COMMANDS} commands in both, seed ${SEED}`, () => work(tabs, generator(SEED)));
      const refused = answers.filter(({ code }) => code);
      expect.equal('answers', answers.length, COMMANDS);
      expect.equal('errors that are no refusals', answers.filter(({ error }) => error), []);
      expect('most commands to be carried out', refused.length < COMMANDS / 2);

      await step('both come to the same state', async () => {
        await expect.soon('the same state in both tabs', async () => same(await Promise.all(tabs.map(dump))), 10_000)
          .catch(async (error) => {
            throw new Error(`${error.message}: ${difference(...(await Promise.all(tabs.map(dump))))}`);
          });
      });
      const settled = await dump(page);
      await step('a third tab opens it', async () => {
        const third = await context.newPage();
        await open({ page: third, query: '?no-sw' });
        expect(`the same state: ${difference(settled, await dump(third))}`, same([settled, await dump(third)]));
        await third.close();
      });
      await step('the log alone tells it', async () => {
        await other.close();
        await besideTheApp(page, server);
        await remove(page, 'page');
        await remove(page, 'meta', 'checkpoint');
        await page.goto(`${server.url}?no-sw`);
        await mounted(page);
        expect(`the same state: ${difference(settled, await dump(page))}`, same([settled, await dump(page)]));
      });
    },
  },
  {
    name: 'two people edit one record',
    timeout: 30_000,
    async run({ page, context, open, step, expect, axe, shots }) {
      await open({ query: '?no-sw' });
      await page.evaluate(() => perennial.install('consultancy', { sample: false }));
      const id = await page.evaluate(() => perennial.create('account', { name: 'Acme', employees: '100', phone: '+8613800138000', website: 'https://acme.example' }).then((made) => made.id));
      const other = await context.newPage();
      const route = `#/record/account/${id}`;
      await page.evaluate((hash) => { location.hash = hash; }, route);
      await open({ page: other, query: '?no-sw', route });
      const values = () => page.evaluate((it) => perennial.get('account', it), id);
      const field = (tab, name) => tab.getByRole('dialog').getByRole('textbox', { name, exact: true });

      await step('both open the form, and the other saves first', async () => {
        for (const tab of [page, other]) await tab.getByRole('button', { name: 'Edit', exact: true }).click();
        await field(page, 'Employees').fill('200');
        await field(other, 'Employees').fill('300');
        await field(other, 'Phone').fill('+8613900139000');
        await other.getByRole('button', { name: 'Save' }).click();
        await other.getByRole('dialog').waitFor({ state: 'detached' });
      });
      await step('what was changed in both is said at the field, with both values', async () => {
        const notice = page.getByRole('dialog').getByRole('alert');
        await notice.waitFor();
        const text = await notice.innerText();
        expect(`both values, not ${text}`, /300/.test(text) && /200/.test(text));
        expect.equal('the phone, which nobody touched here', (await field(page, 'Phone').inputValue()).replaceAll(' ', ''), '+8613900139000');
        await axe();
        await shots('two people, one field');
      });
      await step('it cannot be saved until somebody has chosen', async () => {
        await page.getByRole('button', { name: 'Save' }).click();
        await expect.soon('the focus on the choice', () => page.evaluate(() => document.activeElement?.textContent.includes('Keep mine')));
        expect.equal('the value', (await values()).employees, '300');
      });
      await step('keeping mine saves mine and nothing else', async () => {
        await page.keyboard.press('Enter');
        await page.getByRole('button', { name: 'Save' }).click();
        await page.getByRole('dialog').waitFor({ state: 'detached' });
        const { employees, phone } = await values();
        expect.equal('the employees', employees, '200');
        expect.equal('the phone of the other', phone.replaceAll(' ', ''), '+8613900139000');
      });
      await step('an undo of the other is noticed as well, and can be taken', async () => {
        await page.getByRole('button', { name: 'Edit', exact: true }).click();
        await field(page, 'Employees').fill('500');
        await other.evaluate((it) => perennial.update('account', it, { employees: '250' }), id);
        await page.getByRole('button', { name: 'Take theirs' }).click();
        expect.equal('the control', await field(page, 'Employees').inputValue(), '250');
        await page.getByRole('button', { name: 'Save' }).click();
        await page.getByRole('dialog').waitFor({ state: 'detached' });
        expect.equal('the value', (await values()).employees, '250');
      });
      await step('what is edited in its place asks too', async () => {
        await page.getByRole('button', { name: 'Edit Employees' }).click();
        await page.getByRole('textbox', { name: 'Employees' }).fill('700');
        await other.evaluate((it) => perennial.update('account', it, { employees: '260' }), id);
        await page.getByRole('button', { name: 'Keep mine' }).waitFor();
        await page.getByRole('textbox', { name: 'Employees' }).press('Enter');
        expect.equal('the value', (await values()).employees, '260');
        await page.getByRole('button', { name: 'Keep mine' }).click();
        await expect.soon('mine', async () => (await values()).employees === '700');
      });
    },
  },
  {
    name: 'Back closes what lies over the page',
    async run({ page, open, step, expect }) {
      await open({ query: '?no-sw' });
      await page.evaluate(() => perennial.install('consultancy', { sample: false }));
      const id = await page.evaluate(() => perennial.create('account', { name: 'Acme' }).then((made) => made.id));
      await page.evaluate(() => { location.hash = '#/records/contact'; });
      await page.evaluate(() => { location.hash = '#/records/account'; });
      const dialog = page.getByRole('dialog', { name: /account/i });
      const hash = () => page.evaluate(() => location.hash);
      await step('an untouched form closes, and the list stays', async () => {
        await page.getByRole('button', { name: 'New account' }).first().click();
        await dialog.waitFor();
        await page.goBack();
        await dialog.waitFor({ state: 'detached' });
        expect.equal('the place', await hash(), '#/records/account');
      });
      await step('with something typed it asks first', async () => {
        await page.getByRole('button', { name: 'New account' }).first().click();
        await dialog.getByRole('textbox', { name: 'Account name' }).fill('Globex');
        await page.goBack();
        await dialog.getByText('Leave without saving?').waitFor();
        expect.equal('what was typed', await dialog.getByRole('textbox', { name: 'Account name' }).inputValue(), 'Globex');
        await dialog.getByRole('button', { name: 'Discard' }).click();
        await dialog.waitFor({ state: 'detached' });
        expect.equal('the place', await hash(), '#/records/account');
      });
      await step('a form that was closed leaves no step behind', async () => {
        await page.getByRole('button', { name: 'New account' }).first().click();
        await dialog.waitFor();
        await page.keyboard.press('Escape');
        await dialog.waitFor({ state: 'detached' });
        await expect.soon('the step to be gone', () => page.evaluate(() => !history.state));
        await page.goBack();
        await expect.soon('the place before', async () => (await hash()) === '#/records/contact');
        await page.goForward();
        await expect.soon('the list again', async () => (await hash()) === '#/records/account');
      });
      await step('a record beside its list closes, by Back and by Esc, with one step', async () => {
        const panel = page.getByRole('complementary', { name: 'Acme' });
        // Whoever presses it twice does not leave the app.
        const twice = () => page.evaluate(() => {
          for (let press = 0; press < 2; press += 1) document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }));
        });
        for (const leave of [() => page.goBack(), () => page.keyboard.press('Escape'), twice]) {
          await page.getByRole('gridcell', { name: 'Acme Open beside' }).hover();
          await page.getByRole('button', { name: 'Open beside' }).click();
          await panel.waitFor();
          expect('the record in the address', (await hash()).includes(id));
          await leave();
          await panel.waitFor({ state: 'detached' });
        }
        await page.goBack();
        await expect.soon('the place before', async () => (await hash()) === '#/records/contact');
      });
    },
  },
];

/** Sends commands to random tabs, up to four at a time, and gathers what became of each: `{}`, `{ code }` or `{ error }`. */
async function work(tabs, chance) {
  const ids = [];
  const running = new Set();
  const answers = [];
  // What each tab can surely undo of its own: going further back would undo the installing of the pack.
  const own = tabs.map(() => 0);
  for (let count = 0; count < COMMANDS; count += 1) {
    const tab = chance(tabs.length);
    const command = choose(ids, chance, count, own[tab] > 0);
    if (command.verb === 'undo') own[tab] -= 1;
    const going = tabs[tab].evaluate(carryOut, command).then((answer) => {
      if (answer.id && command.verb === 'create') ids.push([command.entity, answer.id]);
      if (!answer.code && command.verb !== 'undo') own[tab] += 1;
      answers.push(answer);
      running.delete(going);
    });
    running.add(going);
    if (running.size > chance(5)) await Promise.race(running);
  }
  await Promise.all(running);
  return answers;
}

function choose(ids, chance, count, mayUndo) {
  const pick = (list) => list[chance(list.length)];
  const verbs = ['create', 'create', 'create', 'update', 'update', 'update', 'update', 'remove', 'redo', mayUndo ? 'undo' : 'create'];
  const verb = ids.length < 6 ? 'create' : pick(verbs);
  const entity = pick(['lead', 'account', 'task']);
  const values = {
    lead: () => pick([
      { name: `Lead ${count}`, source: 'website' }, { name: `Lead ${count}`, region: 'guangdong' }, { name: `Lead ${count}`, email: 'wrong' },
    ]),
    account: () => ({ name: `Account ${count}`, employees: String(chance(900)), industry: pick(['finance', 'retail', 'energy']) }),
    task: () => ({ title: `Task ${count}`, priority: pick(['high', 'normal', 'low']) }),
  };
  if (verb === 'create') return { verb, entity, values: values[entity]() };
  if (verb === 'undo' || verb === 'redo') return { verb };
  // Mostly the newest, so that the tabs get into each other's way.
  const [kind, id] = ids[Math.max(0, ids.length - 1 - chance(8))];
  return { verb, entity: kind, id, values: values[kind]() };
}

async function carryOut({ verb, entity, id, values }) {
  const words = { create: [entity, values], update: [entity, id, values], remove: [entity, id], undo: [], redo: [] }[verb];
  try {
    return { id: (await perennial[verb](...words))?.id };
  } catch (error) {
    return error.code ? { code: error.code } : { error: String(error) };
  }
}

/** Every record of every entity, in the order of the ids. */
function dump(tab) {
  return tab.evaluate(() => perennial.schema().entities.flatMap(({ id }) =>
    perennial.find(id, {}).sort((one, two) => (one.id < two.id ? -1 : 1)).map((record) => JSON.stringify({ entity: id, ...record }))));
}

function same([one, two]) {
  return JSON.stringify(one) === JSON.stringify(two);
}

function difference(one, two) {
  const only = (list, without) => list.filter((text) => !without.includes(text)).slice(0, 3).join('\n  ');
  return `\n only in the first:\n  ${only(one, two)}\n only in the second:\n  ${only(two, one)}`;
}

/** Whole numbers below a limit, the same ones for the same seed (mulberry32). */
function generator(seed) {
  let state = seed;
  return (limit) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % limit;
  };
}
