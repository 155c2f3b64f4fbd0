// Runs the measurements of the release build one after another: `node tests/bench/run.mjs [part of a name]`.
// Each b_*.mjs exports `{ name, run({ page, context, server, open, measure, compare, figure }) }`:
//   measure(what, work, { times })           the median of several runs
//   compare(what, contestants, { times })    the same for several programs in turn, as ratios to the first
//   figure(what, value, unit)                a number that is the same each time
// All of it is also in target/bench/latest.json. These are programs, not tests: no time fails anything.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { ROOT, runJourney } from '../journey/harness.mjs';
import { serve } from '../journey/serve.mjs';

const part = process.argv[2] ?? '';
const results = [];

const server = await serve(join(ROOT, 'dist'), {
  path: '/sub/path/', also: { '/module/': join(ROOT, 'node_modules'), '/peer/': join(ROOT, 'tests/bench/peer') },
});
try {
  for (const file of readdirSync(import.meta.dirname).filter((name) => /^b_.*\.mjs$/.test(name)).sort()) {
    const { default: found } = await import(join(import.meta.dirname, file));
    for (const bench of [found].flat().filter(({ name }) => `${file} ${name}`.includes(part))) await runBench(bench);
  }
} finally {
  await server.close();
}
keep();

async function runBench(bench) {
  const tools = {
    async measure(what, work, options) {
      show(summary(bench.name, what, await sample(work, options)));
    },
    async compare(what, contestants, { times = 5 } = {}) {
      const taken = contestants.map(() => []);
      // In turn, so that whatever else the machine does meets all of them.
      for (let run = 0; run < times; run += 1) {
        for (const [at, [, work]] of contestants.entries()) taken[at].push(...await sample(work, { times: 1, first: run }));
      }
      const [ours, ...peers] = contestants.map(([label], at) => summary(bench.name, `${what}: ${label}`, taken[at]));
      show(ours);
      peers.forEach((peer) => show({ ...peer, ratio: peer.median / ours.median }));
    },
    figure(what, value, unit) {
      show({ bench: bench.name, what, unit, n: 1, median: value, min: value, max: value });
    },
  };
  try {
    await runJourney({ timeout: 180_000, ...bench, run: (given) => bench.run({ ...given, ...tools }) }, server);
  } catch (error) {
    console.log(`FAIL  ${bench.name}\n${error.message}`);
    process.exitCode = 1;
  }
}

/** Runs `work` several times. What it returns is taken as its milliseconds; without a return value it is timed from here. */
async function sample(work, { times = 5, first = 0 } = {}) {
  const taken = [];
  for (let run = first; run < first + times; run += 1) {
    const start = performance.now();
    const said = await work(run);
    taken.push(...[said ?? performance.now() - start].flat());
  }
  return taken;
}

function summary(bench, what, taken) {
  const sorted = taken.toSorted((one, other) => one - other);
  return { bench, what, unit: 'ms', n: sorted.length, median: sorted[sorted.length >> 1], min: sorted[0], max: sorted.at(-1) };
}

function show(result) {
  results.push(result);
  const number = (value) => value.toLocaleString('en', { maximumFractionDigits: value < 100 ? 1 : 0 });
  const range = result.n > 1 ? `  (${number(result.min)} to ${number(result.max)}, n ${result.n})` : '';
  const ratio = result.ratio ? `  ${result.ratio.toFixed(2)} times ours` : '';
  console.log(`${`${result.bench}: ${result.what}`.padEnd(64)} ${number(result.median).padStart(9)} ${result.unit}${range}${ratio}`);
}

function keep() {
  const folder = join(ROOT, 'target/bench');
  const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { cwd: ROOT, encoding: 'utf8' }).trim();
  mkdirSync(folder, { recursive: true });
  const machine = { cpu: cpus()[0]?.model, cores: cpus().length };
  writeFileSync(join(folder, 'latest.json'), `${JSON.stringify({ commit, machine, results }, null, 2)}\n`);
}
