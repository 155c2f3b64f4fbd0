// A board of 5,000 opportunities: from the click that opens it to the painted cards, and the frames while a card is dragged over it.
import { untilCheckpointed } from './large.mjs';

const CARDS = 5_000;
const DRAGS = 5;

export default {
  name: `board of ${CARDS.toLocaleString('en')} cards`,
  async run({ page, open, measure, figure, expect }) {
    await open();
    await fill(page);
    for (const [what, lanes] of [['columns', null], ['lanes', 'owner']]) {
      const view = await define(page, what, lanes);
      await open({ route: '/records/opportunity', query: '?no-sw' });
      await page.getByRole('grid').waitFor();
      const times = [];
      for (let run = 0; run < 5; run += 1) {
        times.push(await opened(page, view));
        await page.evaluate(() => { location.hash = '#/records/opportunity'; });
        await page.getByRole('grid').waitFor();
        await page.waitForTimeout(200);
      }
      await measure(`open, ${what}`, () => times, { times: 1 });
      await opened(page, view);
      await page.waitForTimeout(300);
      figure(`cards in the page, ${what}`, await page.locator('.card[data-key]').count(), '');
      const frames = [];
      for (let run = 0; run < DRAGS; run += 1) frames.push(...await dragged(page, expect));
      frames.sort((one, other) => one - other);
      figure(`drag frame p50, ${what}`, frames[frames.length >> 1], 'ms');
      figure(`drag frame p95, ${what}`, frames[Math.floor(frames.length * 0.95)], 'ms');
      figure(`drag frame longest, ${what}`, frames.at(-1), 'ms');
    }
  },
};

async function fill(page) {
  await page.evaluate(async (count) => {
    await perennial.install('consultancy', { sample: true });
    const stages = perennial.schema().entities.find(({ id }) => id === 'opportunity').fields.find(({ id }) => id === 'stage').options;
    const owners = perennial.find('user', { fields: ['name'], limit: 12 }).map(({ name }) => name);
    const have = perennial.find('opportunity', { fields: [] }).length;
    const lines = ['name,stage,amount,owner'];
    for (let at = have; at < count; at += 1) {
      lines.push(`Deal ${at},${stages[at % stages.length].id},${1_000 + (at * 7_919) % 900_000},${owners[at % owners.length]}`);
    }
    await perennial.import({ entity: 'opportunity', text: lines.join('\n') });
  }, CARDS);
  await untilCheckpointed(page);
}

async function define(page, what, lanes) {
  const id = `bench_${what}`;
  await page.evaluate(([name, by]) => perennial.dispatch({ define: { definitions: [{ view: {
    id: name, label: { 'zh-CN': name, en: name }, entity: 'opportunity', order: 99, filter: { all: [] }, sort: [],
    shape: { shape: 'board', by: 'stage', card: ['account', 'amount', 'owner', 'expected_close'], sum: 'amount', ...(by ? { lanes: by } : {}) },
  } }] } }), [id, lanes]);
  return id;
}

/** Milliseconds from the change of the address to the first frame that shows cards. */
function opened(page, view) {
  return page.evaluate((id) => new Promise((resolve) => {
    const start = performance.now();
    location.hash = `#/records/opportunity?view=${id}`;
    const look = () => {
      if (!document.querySelector('.board .card')) return requestAnimationFrame(look);
      // The first task after the frame: style, layout and paint are through.
      const channel = new MessageChannel();
      channel.port1.onmessage = () => { channel.port1.close(); resolve(performance.now() - start); };
      return requestAnimationFrame(() => channel.port2.postMessage(null));
    };
    requestAnimationFrame(look);
  }), view);
}

/** The lengths of the frames while a card is carried to and fro over the board, and put back. */
async function dragged(page, expect) {
  const card = await page.locator('.card[data-key]').first().boundingBox();
  const board = await page.locator('.board').boundingBox();
  await page.mouse.move(card.x + 40, card.y + 16);
  await page.mouse.down();
  await page.mouse.move(card.x + 60, card.y + 30, { steps: 3 });
  await page.locator('.card--drag').waitFor();
  await page.evaluate(() => {
    globalThis.frames = [];
    let last = performance.now();
    const note = (now) => {
      globalThis.frames?.push(now - last);
      last = now;
      if (globalThis.frames) globalThis.noting = requestAnimationFrame(note);
    };
    globalThis.noting = requestAnimationFrame(note);
  });
  for (let at = 0; at <= 120; at += 1) {
    const along = 0.5 - Math.cos((at / 120) * 4 * Math.PI) / 2;
    await page.mouse.move(board.x + 80 + along * (board.width - 160), card.y + 60 + along * 200);
  }
  const frames = await page.evaluate(() => {
    const { frames: noted } = globalThis;
    globalThis.frames = null;
    cancelAnimationFrame(globalThis.noting);
    return noted.slice(1);
  });
  await page.keyboard.press('Escape');
  await page.mouse.up();
  expect('frames while dragging', frames.length > 20);
  return frames;
}
