// Runs the journeys one after another: `node tests/journey/run.mjs [part of a name]`. The last line counts them.
// One that fails without a complaint of the page is walked a second time, and it is said of it: three a run, for more is no accident.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { runJourney, withServer } from './harness.mjs';

const SECOND_WALKS = 3;
/** What all of them may take together, in minutes; what is left then counts as failed. */
const MINUTES = 45;

const part = process.argv[2] ?? '';
const journeys = [];
for (const file of readdirSync(import.meta.dirname).filter((name) => /^j_.*\.mjs$/.test(name)).sort()) {
  const found = await import(join(import.meta.dirname, file));
  for (const journey of [found.default ?? found].flat()) {
    if (`${file} ${journey.name}`.includes(part)) journeys.push(journey);
  }
}

let passed = 0;
let failed = 0;
const again = [];
const start = performance.now();
try {
  await withServer(async (server) => {
    for (const journey of journeys) {
      if (performance.now() - start > MINUTES * 60_000) {
        failed += 1;
        console.log(`FAIL  ${journey.name}\n      not walked: the others took ${MINUTES} minutes`);
        continue;
      }
      const outcome = await walk(journey, server);
      const may = outcome === 'failed' && again.length < SECOND_WALKS;
      if (outcome === 'ok' || (may && await isWalkedAgain(journey, server))) passed += 1;
      else failed += 1;
    }
  });
  if (!journeys.length) throw new Error(`no journey has ${JSON.stringify(part)} in its name`);
} catch (error) {
  failed += 1;
  console.log(error.message);
}
if (again.length) console.log(`At the second walk only: ${again.join('; ')}`);
console.log(`${passed} passed, ${failed} failed`);
// What a browser that was ended has left open keeps nobody waiting.
process.exit(failed ? 1 : 0);

/** How a journey went: `ok`, `failed`, or `broken` where the page itself complained. */
async function walk(journey, server) {
  const begun = performance.now();
  const time = () => `${((performance.now() - begun) / 1000).toFixed(1)} s`;
  try {
    await runJourney(journey, server);
    console.log(`ok    ${journey.name} (${time()})`);
    return 'ok';
  } catch (error) {
    console.log(`FAIL  ${journey.name} (${time()})\n${error.message.replace(/^/gm, '      ')}`);
    return error.isOfPage ? 'broken' : 'failed';
  }
}

async function isWalkedAgain(journey, server) {
  const isThere = await walk(journey, server) === 'ok';
  again.push(isThere ? journey.name : `${journey.name} (failed again)`);
  return isThere;
}
