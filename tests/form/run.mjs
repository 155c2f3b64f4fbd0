// A form that stands alone gives the verdicts of the workspace: the case files of the native tests, run through its scripts.
// Where it says that it does not know, no verdict is given; how often it may say so is bounded below.
import { data, rows, scripts } from './cases.mjs';
import { fillingCases } from './filling.mjs';
import { scanCases } from './scan.mjs';

const { readText, evaluate, holds, UNKNOWN, FAULT } = scripts('readText', 'evaluate', 'holds', 'UNKNOWN', 'FAULT');
let passed = 0;
const failures = [];
const check = (what, found, expected) => (found === expected ? passed += 1 : failures.push(`${what}: expected ${expected}, found ${found}`));

// --- What is typed ---
const option = (id, zh, en) => ({ id, label: { 'zh-CN': zh, en } });
const colours = [option('red', '红', 'Red'), option('blue', '蓝', 'Blue')];
const FIELDS = {
  choice: { kind: 'choice', options: [option('won', '赢单', 'Closed Won'), option('lost', '输单', 'Closed Lost'), option('mixed', '混合', 'A, B or C')] },
  choices: { kind: 'choices', options: colours }, tags: { kind: 'choices', options: colours, open: true },
  money_usd: { kind: 'money', currency: 'USD' }, phone_us: { kind: 'phone' },
};
// Days are chosen with the browser's own control, places and links are not asked for.
const READS = ['text', 'long_text', 'number', 'percent', 'rating', 'nps', 'money', 'money_usd', 'duration', 'flag', 'choice', 'choices', 'tags', 'phone', 'phone_us', 'email', 'url'];
const trimZeros = (number) => number.replace(/(\.[0-9]*?)0+$/, '$1').replace(/\.$/, '');
const lengthOf = (seconds) => {
  const parts = [['d', 86400], ['h', 3600], ['m', 60], ['s', 1]];
  let rest = Math.abs(seconds);
  const shown = parts.map(([unit, size]) => { const count = Math.floor(rest / size); rest %= size; return count ? `${count}${unit}` : ''; }).filter(Boolean);
  return `${seconds < 0 ? '-' : ''}${shown.join(' ') || '0m'}`;
};
for (const file of ['contact', 'number', 'choice', 'time']) {
  for (const [kind, text, expected] of rows(`form/${file}.csv`).filter(([kind]) => READS.includes(kind))) {
    const field = FIELDS[kind] ?? { kind };
    const { value, wrong } = readText(field, text, { currency: 'CNY', callingCode: kind === 'phone_us' ? '1' : '86' });
    const usual = field.currency ?? 'CNY';
    const shown = wrong ? `!${wrong}` : value === null ? '' : value.n ? trimZeros(value.n) : value.o ?? value.os?.join(', ')
      ?? (value.m ? `${value.m.currency === usual ? '' : `${value.m.currency} `}${trimZeros(value.m.amount)}` : value.s !== undefined ? lengthOf(value.s) : String(value));
    const wanted = ['money', 'money_usd'].includes(kind) && !expected.startsWith('!') ? expected.split(' ').map((part) => (/[0-9]/.test(part) ? trimZeros(part) : part)).join(' ') : ['number', 'percent', 'rating', 'nps'].includes(kind) && !expected.startsWith('!') ? trimZeros(expected) : expected;
    check(`${kind} ${JSON.stringify(text)}`, shown, wanted);
  }
}

// --- Formulas and conditions ---
const { entities, records } = data('formula/schema.json');
const DEFAULT = '晨星科技';
const titleOf = (record) => record.values[entities.find(({ id }) => id === record.entity).title];
function world(title) {
  const record = records.find((it) => titleOf(it) === (title || DEFAULT));
  const { fields } = entities.find(({ id }) => id === record.entity);
  const HELD = ['formula', 'lookup', 'rollup', 'link', 'links', 'lines', 'files', 'address', 'location', 'instant', 'score'];
  return {
    today: '2026-11-22',
    field: (name) => fields.find(({ id, label, kind }) => !HELD.includes(kind) && [id, ...Object.values(label)].some((it) => it.toLowerCase() === name.toLowerCase())),
    value: (id) => record.values[id] ?? null,
    column: () => undefined,
  };
}
function shown(value) {
  if (Array.isArray(value)) return `[${value.map(shown).join('; ')}]`;
  if (value === null || value === undefined) return 'blank';
  if (typeof value === 'boolean') return value ? 'TRUE' : 'FALSE';
  if (typeof value === 'string') return value === '' ? "''" : `'${value}'`;
  if (value.n !== undefined) return value.n;
  if (value.m) return `${value.m.currency} ${trimZeros(value.m.amount)}`;
  return value.d ?? (value.o ? `:${value.o}` : `${value.s}s`);
}
// Thirds and roots are written with as many digits as there are: fourteen are as good as any bound needs.
const rounded = (text) => (/^-?[0-9]+\.[0-9]{9,}$/.test(text) ? String(Number(Number(text).toPrecision(14))) : text);
let unknown = 0;
function attempt(work) {
  try {
    return work();
  } catch (error) {
    if (error instanceof UNKNOWN) { unknown += 1; return null; }
    if (error instanceof FAULT) return error.message;
    throw error;
  }
}
let formulas = 0;
for (const file of ['operator', 'blank', 'functions_logic', 'functions_text', 'functions_math', 'functions_date', 'functions_statistics', 'money_and_time', 'choice', 'special', 'error', 'name', 'path', 'other_records', 'functions_conditional', 'functions_finance']) {
  for (const [formula, expected = '', title] of rows(`formula/${file}.csv`)) {
    const found = attempt(() => shown(evaluate(formula, world(title))));
    formulas += Number(found !== null);
    // What the workspace refuses to keep never comes here.
    if (found !== null && !expected.startsWith('!')) check(`${file}: ${formula}`, rounded(found), rounded(expected));
  }
}
let conditions = 0;
for (const [condition, expected, title] of rows('condition.csv', '|')) {
  if (expected.startsWith('!')) continue;
  const found = attempt(() => String(holds(JSON.parse(condition), world(title))).toUpperCase());
  conditions += Number(found !== null);
  if (found !== null) check(condition, found, expected);
}
if (process.argv.includes('--tell')) console.log(`${formulas} formulas and ${conditions} conditions were understood, ${unknown} were not`);
check('enough formulas are understood', formulas > 200, true);
check('enough conditions are understood', conditions > 90, true);

fillingCases(check);
scanCases(check);

for (const failure of failures) console.log(`FAIL  ${failure}`);
console.log(`${passed} passed, ${failures.length} failed`);
process.exitCode = failures.length ? 1 : 0;
