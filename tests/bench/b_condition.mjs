// A condition of five clauses asked of every record, against two rule engines of the same language as the browser.
import { COUNT, fill, openPeer } from './large.mjs';
import { link } from './link.mjs';

const OURS = { all: [
  { field: 'industry', is: 'one_of', value: ['manufacturing', 'software', 'energy'] },
  { field: 'employees', is: 'greater', value: 500 },
  { field: 'stage', is: 'not_equals', value: 'lost' },
  { field: 'year_established', is: 'at_least', value: 1980 },
  { field: 'sector', is: 'contains', value: '1' },
] };

const RULE = { conditions: { all: [
  { fact: 'industry', operator: 'in', value: ['manufacturing', 'software', 'energy'] },
  { fact: 'employees', operator: 'greaterThan', value: 500 },
  { fact: 'stage', operator: 'notEqual', value: 'lost' },
  { fact: 'year_established', operator: 'greaterThanInclusive', value: 1980 },
  { fact: 'sector', operator: 'textContains', value: '1' },
] }, event: { type: 'holds' } };

const LOGIC = { and: [
  { in: [{ var: 'industry' }, ['manufacturing', 'software', 'energy']] },
  { '>': [{ var: 'employees' }, 500] },
  { '!==': [{ var: 'stage' }, 'lost'] },
  { '>=': [{ var: 'year_established' }, 1980] },
  { in: ['1', { var: 'sector' }] },
] };

export default {
  name: `${COUNT.toLocaleString('en')} conditions of five clauses`,
  async run({ page, context, server, open, compare, figure, expect }) {
    await open();
    await fill(page);
    const peers = await context.newPage();
    const records = await page.evaluate(() =>
      perennial.find('account', { fields: ['industry', 'employees', 'stage', 'year_established', 'sector'] }));
    await openPeer(peers, server);
    await peers.addScriptTag({ content: link('json-rules-engine', 'jsonRules') });
    await peers.addScriptTag({ type: 'module', content: `
      import { LogicEngine } from '/module/json-logic-engine/dist/esm/index.js';
      globalThis.LogicEngine = LogicEngine;` });
    await peers.waitForFunction(() => globalThis.LogicEngine);
    // Facts as numbers, not as the texts that our interface speaks: the peers compare them faster so.
    await peers.evaluate((rows) => {
      globalThis.facts = rows.map((row) => ({
        ...row, employees: Number(row.employees ?? 0), year_established: Number(row.year_established ?? 0), sector: row.sector ?? '',
      }));
    }, records);

    const counts = {
      // Once without a limit, not timed, to count.
      perennial: await page.evaluate((where) => perennial.find('account', { where, fields: [] }).length, OURS),
    };
    await compare('asked of every record', [
      ['perennial.find, with building the list', () => page.evaluate((where) => {
        const start = performance.now();
        perennial.find('account', { where, fields: [], limit: 1 });
        return performance.now() - start;
      }, OURS)],
      ['perennial.find, the list alone', () => page.evaluate(() => {
        const start = performance.now();
        perennial.find('account', { fields: [], limit: 1 });
        return performance.now() - start;
      })],
      ['json-logic-engine, compiled', async () => {
        const { time, count } = await peers.evaluate((logic) => {
          const holds = new globalThis.LogicEngine().build(logic);
          const start = performance.now();
          let found = 0;
          for (const fact of globalThis.facts) if (holds(fact)) found += 1;
          return { time: performance.now() - start, count: found };
        }, LOGIC);
        counts.logic = count;
        return time;
      }],
      ['json-logic-engine, interpreted', async () => {
        const { time, count } = await peers.evaluate((logic) => {
          const engine = new globalThis.LogicEngine();
          const start = performance.now();
          let found = 0;
          for (const fact of globalThis.facts) if (engine.run(logic, fact)) found += 1;
          return { time: performance.now() - start, count: found };
        }, LOGIC);
        counts.interpreted = count;
        return time;
      }],
      ['json-rules-engine', async () => {
        const { time, count } = await peers.evaluate(async (rule) => {
          const engine = new globalThis.jsonRules.Engine([rule]);
          engine.addOperator('textContains', (text, part) => text.includes(part));
          const start = performance.now();
          let found = 0;
          for (const fact of globalThis.facts) if ((await engine.run(fact)).events.length) found += 1;
          return { time: performance.now() - start, count: found };
        }, RULE);
        counts.rules = count;
        return time;
      }],
    ], { times: 5 });
    const { perennial: count, ...others } = counts;
    expect.equal('what the peers found', others, { logic: count, interpreted: count, rules: count });
    figure('records for which it holds', count, 'records');
  },
};
