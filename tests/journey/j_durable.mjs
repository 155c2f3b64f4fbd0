// The browser is killed in the middle of writing, again and again: what it had acknowledged is there, and nothing is there by half.
//   PERENNIAL_KILLS=50 node tests/journey/run.mjs durable
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isCheckpointed } from './database.mjs';
import { mounted } from './harness.mjs';
import { start } from './killable.mjs';

const KILLS = Number(process.env.PERENNIAL_KILLS ?? 6);

export default {
  name: `browser killed ${KILLS} times while it writes`,
  async run({ server, step, expect }) {
    const profile = mkdtempSync(join(tmpdir(), 'perennial-durable-'));
    // What the browser has acknowledged is kept here, where killing it changes nothing.
    const kept = { records: new Map(), pair: { ids: [], issued: 0, acknowledged: 0 }, serial: 0, writes: 0 };
    let checkpoints = 0;
    let browser;
    try {
      for (let round = 0; round <= KILLS; round += 1) {
        browser = await start(profile);
        const { page } = browser;
        await step(`opening after ${round} kills`, async () => {
          await page.goto(`${server.url}?no-sw`);
          await mounted(page);
        });
        if (round === 0) await step('a workspace is made', () => prepare(page, kept));
        else await step(`looking after ${round} kills`, () => verify(page, kept, expect));
        if (round === KILLS) break;
        await step(`kill ${round + 1}`, async () => {
          const failed = write(page, kept).catch((error) => error);
          await new Promise((done) => setTimeout(done, 200 + Math.random() * 800));
          if (round % 3 === 2) checkpoints += await pauseForPages(page);
          await browser.kill();
          const error = await failed;
          // The only thing that may end the writing is the end of the browser.
          expect.equal('errors in the page', browser.errors, []);
          expect(`no other error than the browser's end: ${error?.message}`, /closed|crash|disconnected/i.test(error?.message ?? ''));
        });
      }
      console.log(`      ${KILLS} kills, ${checkpoints} of them while pages were written; ${kept.records.size} leads, ${kept.writes} writes acknowledged`);
    } finally {
      await browser?.kill();
      rmSync(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
    }
  },
};

async function prepare(page, kept) {
  kept.pair.ids = await page.evaluate(async () => {
    await perennial.install('consultancy', { sample: false });
    const make = async (name) => (await perennial.create('account', { name, city: '0' })).id;
    return [await make('One of the pair'), await make('The other of the pair')];
  });
}

/** Writes until the browser dies, several commands at once; every answer is told to this side before anything else happens. */
async function write(page, kept) {
  await page.exposeFunction('issuedPair', (serial) => {
    kept.pair.issued = serial;
    kept.serial = serial;
  });
  await page.exposeFunction('acknowledged', (kind, key, value) => {
    kept.writes += 1;
    if (kind === 'pair') kept.pair.acknowledged = value;
    else if (kind === 'create') kept.records.set(key, { name: value, value: 0 });
    else kept.records.get(key).value = value;
  });
  await page.evaluate(async ([pair, from]) => {
    let serial = from;
    globalThis.isPaused = false;
    const pause = (time) => new Promise((done) => setTimeout(done, time));
    async function lane(work) {
      for (;;) {
        while (globalThis.isPaused) await pause(20);
        serial += 1;
        await work(serial);
      }
    }
    // A lead from the website gets an owner, and its owner a task: all in the commit of the lead.
    const mine = [];
    const create = async (number) => {
      const name = `Lead ${number}`;
      const { id } = await perennial.create('lead', { name, source: 'website', web_visits: '0' });
      await globalThis.acknowledged('create', id, name);
      mine.push(id);
    };
    const update = async (number) => {
      if (!mine.length) return pause(5);
      const id = mine[number % mine.length];
      await perennial.update('lead', id, { web_visits: String(number) });
      await globalThis.acknowledged('update', id, number);
    };
    const updatePair = async (number) => {
      await globalThis.issuedPair(number);
      await perennial.dispatch({ update_records: { records: pair, values: [['city', String(number)]] } });
      await globalThis.acknowledged('pair', '', number);
    };
    await Promise.all([lane(create), lane(create), lane(update), lane(updatePair)]);
    // Numbers only ever grow, also past those that died unacknowledged.
  }, [kept.pair.ids, kept.serial + 10_000]);
}

/** Lets the workspace be still until its pages are about to be written, and comes back in the middle of that if it can. */
async function pauseForPages(page) {
  await page.evaluate(() => { globalThis.isPaused = true; });
  // The app waits a second and a half; this side comes a little sooner or later than the writing.
  await new Promise((done) => setTimeout(done, 1_490 + Math.random() * 60));
  return Number(!(await isCheckpointed(page)));
}

async function verify(page, kept, expect) {
  const found = await page.evaluate((pair) => ({
    leads: perennial.find('lead', { fields: ['name', 'web_visits', 'owner'] }),
    tasks: perennial.find('task', { fields: ['about', 'owner'] }),
    pair: pair.map((id) => perennial.get('account', id).city),
    banners: [...document.querySelectorAll('.banner')].map((banner) => banner.textContent),
  }), kept.pair.ids);
  expect.equal('banners', found.banners, []);

  const leads = new Map(found.leads.map((lead) => [lead.id, lead]));
  for (const [id, { name, value }] of kept.records) {
    const lead = leads.get(id);
    expect(`the acknowledged record ${name} (${id})`, lead);
    expect.equal('its name', lead.name, name);
    expect(`${name} to hold at least ${value}, not ${lead.web_visits}`, Number(lead.web_visits) >= value);
  }
  const [one, two] = found.pair.map(Number);
  expect.equal('both of the pair', one, two);
  expect(`the pair at ${one} to be between ${kept.pair.acknowledged} and ${kept.pair.issued}`,
    one >= kept.pair.acknowledged && one <= Math.max(kept.pair.issued, kept.pair.acknowledged));

  const owners = new Map(found.tasks.map((task) => [task.about, task.owner]));
  expect.equal('one task for each lead', [found.tasks.length, owners.size], [leads.size, leads.size]);
  const half = found.leads.find((lead) => !lead.owner || owners.get(lead.id) !== lead.owner);
  expect(`no lead without its task: ${JSON.stringify(half)}`, !half);

  // What was written but not acknowledged may be there or not; from now on it is as it was found.
  for (const lead of found.leads) {
    kept.records.set(lead.id, { name: lead.name, value: Number(lead.web_visits) });
  }
  kept.pair.acknowledged = one;
}
