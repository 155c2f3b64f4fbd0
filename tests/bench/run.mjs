// Runs the measurements of the release build one after another: `node tests/bench/run.mjs [part of a name]`.
// Each b_*.mjs exports `{ name, async run({ page, open, measure }) }`; `measure` prints the median of several runs.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { runJourney, withServer } from '../journey/harness.mjs';

const part = process.argv[2] ?? '';
const files = readdirSync(import.meta.dirname).filter((name) => /^b_.*\.mjs$/.test(name)).sort();

await withServer(async (server) => {
  for (const file of files) {
    const { default: found } = await import(join(import.meta.dirname, file));
    for (const bench of [found].flat().filter(({ name }) => `${file} ${name}`.includes(part))) {
      const run = (tools) => bench.run({ ...tools, measure: (what, work, options) => measure(`${bench.name}: ${what}`, work, options) });
      try {
        await runJourney({ timeout: 120_000, ...bench, run }, server);
      } catch (error) {
        console.log(`FAIL  ${bench.name}\n${error.message}`);
        process.exitCode = 1;
      }
    }
  }
});

/** Runs `work` several times. What it returns is taken as its milliseconds; without a return value it is timed from here. */
async function measure(what, work, { times = 5 } = {}) {
  const taken = [];
  for (let run = 0; run < times; run += 1) {
    const start = performance.now();
    const said = await work(run);
    taken.push(typeof said === 'number' ? said : performance.now() - start);
  }
  const sorted = taken.toSorted((one, other) => one - other);
  const shown = [sorted[0], sorted[Math.floor(times / 2)], sorted[times - 1]].map((value) => `${value.toFixed(1)} ms`);
  console.log(`${what.padEnd(60)} median ${shown[1]}  (${shown[0]} to ${shown[2]})`);
}
