// Forms filled in step by step: `tests/data/form/alone.json`.
import { data, scripts } from './cases.mjs';

const { beginFilling } = scripts('beginFilling');
const { cases, entity, lines, settings } = data('form/alone.json');

/** Runs the cases; `check` is told what was found and what was expected. */
export function fillingCases(check) {
  for (const { what, items, steps, reckoning } of cases) {
    const listed = items.map(([field, more]) => ({ id: field, kind: 'field', field, ...more }));
    const form = { id: 'trial', pages: [{ id: 'page', sections: [{ id: 'section', items: listed }] }] };
    const begin = () => beginFilling({ form, entity, lines, settings: { ...settings, ...reckoning } }, { today: () => '2026-11-22' });
    let filling = begin();
    // What the page keeps, and hands over again when it is opened anew.
    const [typed, rows] = [{}, {}];
    for (const [at, step] of steps.entries()) {
      if (step.type) { filling.answer(...step.type); typed[step.type[0]] = step.type[1]; }
      if (step.add) { filling.addLine(step.add); (rows[step.add] ??= []).push({}); }
      if (step.line) { const [field, row, column, text] = step.line; filling.answerLine(...step.line); rows[field][row][column] = text; }
      if (step.remove) { filling.removeLine(...step.remove); rows[step.remove[0]].splice(step.remove[1], 1); }
      if (step.reload) { filling = begin(); filling.resume(typed, rows); }
      const same = (name, found, expected) => check(`${what}, step ${at + 1}, ${name}`, JSON.stringify(found), JSON.stringify(expected));
      const each = (name, find) => Object.entries(step[name] ?? {}).forEach(([item, expected]) => same(`${name} ${item}`, find(item), expected));
      each('shown', (item) => filling.item(item).isShown);
      each('wrong', (item) => filling.item(item).problems.map(({ code }) => code));
      each('said', (item) => filling.item(item).problems[0]?.message?.en);
      each('offered', (item) => filling.item(item).offered);
      each('values', (item) => filling.values[item] ?? null);
      each('sent', (item) => filling.submission().values[item] ?? null);
      each('sums', (item) => filling.item(item).lines.sums.map(([, sum]) => sum.n));
      each('sent_lines', (item) => filling.submission().lines[item]);
      if (step.emptied) same('what was emptied', filling.submission().emptied ?? [], step.emptied);
      if (step.all) same('all that is wrong', filling.problems().map(({ code }) => code), step.all);
    }
  }
}
