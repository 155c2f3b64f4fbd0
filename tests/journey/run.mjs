// Runs the journeys one after another: `node tests/journey/run.mjs [part of a name]`. The last line counts them.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { runJourney, withServer } from './harness.mjs';

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
try {
  await withServer(async (server) => {
    for (const journey of journeys) {
      const start = performance.now();
      const time = () => `${((performance.now() - start) / 1000).toFixed(1)} s`;
      try {
        await runJourney(journey, server);
        passed += 1;
        console.log(`ok    ${journey.name} (${time()})`);
      } catch (error) {
        failed += 1;
        console.log(`FAIL  ${journey.name} (${time()})\n${error.message.replace(/^/gm, '      ')}`);
      }
    }
  });
  if (!journeys.length) throw new Error(`no journey has ${JSON.stringify(part)} in its name`);
} catch (error) {
  failed += 1;
  console.log(error.message);
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed ? 1 : 0;
