// A form being filled in, for a form that stands alone: what is shown, required, read-only, offered and wrong, as `src/engine/form` has it.
// What is not shown counts as blank, wherever it is asked about, and is not sent; its answer is back as soon as it is shown again.

/**
 * Begins a form. `sheet` is what the workspace sends along: `{ form, entity, lines, settings }`, the entities with the fields that the
 * form or its formulas speak of. `today` says which day it is, and `preset` holds what is captured without anybody being asked.
 */
function beginFilling(sheet, { today, preset = {} }) {
  const { form, entity, settings } = sheet;
  const fieldOf = (list, name) => list.find(({ id }) => id === name)
    ?? list.find(({ id, label }) => [id, ...Object.values(label)].some((it) => it && it.toLowerCase() === String(name).toLowerCase()));
  const reading = { currency: settings.currency, callingCode: settings.calling_code };
  const items = [];
  const asked = new Map();
  const tables = new Map();
  form.pages.forEach((page, at) => page.sections.forEach((section) => section.items.forEach((item) => {
    const field = item.field && entity.fields.find(({ id }) => id === item.field);
    const isVoid = Boolean(item.field) && (!field || asked.has(item.field) || tables.has(item.field));
    const entry = { item, field, page, section, at, isVoid };
    items.push(entry);
    if (isVoid) return;
    if (item.kind === 'field') asked.set(field.id, entry);
    if (item.kind === 'lines') tables.set(field.id, { ...entry, entity: sheet.lines[field.entity], via: field.via, rows: [] });
  })));
  /** What somebody has given: `{ value }` or `{ wrong }`, by field. */
  const given = new Map();
  let state = null;

  // --- Working out ---

  function worldOf(values, shown) {
    const rows = (table) => (table && shown.has(table.item.id) ? table.rows.filter((row) => !isUntouched(row)) : []);
    return {
      today: today(),
      reckoning: settings,
      field: (name) => { const field = asKept(fieldOf(entity.fields, name)); return field && !['link', 'links', 'lookup'].includes(field.kind) ? field : undefined; },
      value: (id) => values[id] ?? null,
      column: (name, column) => {
        const table = tables.get(fieldOf(entity.fields, name)?.id);
        const field = table && fieldOf(table.entity.fields, column);
        return field ? rows(table).map((row) => row.values[field.id] ?? null) : undefined;
      },
    };
  }

  function workOut() {
    let values = { ...preset };
    let shown = new Set();
    // What is worked out may show what is worked out; nobody goes round more often than there are parts.
    for (let round = 0; round < items.length + 3; round += 1) {
      const next = workOutOnce(values, shown);
      const isSettled = JSON.stringify([next.values, [...next.shown]]) === JSON.stringify([values, [...shown]]);
      ({ values, shown } = next);
      if (isSettled && round > 0) break;
    }
    const world = worldOf(values, shown);
    const locked = new Set();
    const lock = (part, above) => { if (above || (part.read_only && asks(part.read_only, world, false))) locked.add(part.id); return locked.has(part.id); };
    for (const page of form.pages) {
      const isPage = lock(page, false);
      for (const section of page.sections) {
        const isSection = lock(section, isPage);
        for (const item of section.items) lock(item, isSection);
      }
    }
    state = { values, shown, locked, asked: new Map(), tables: new Map() };
    for (const field of entity.fields) if (isKept(field)) state.asked.set(field.id, ask(field, world));
    for (const table of tables.values()) state.tables.set(table.field.id, askLines(table, world));
  }

  function workOutOnce(before, shownBefore) {
    const values = { ...before };
    const world = worldOf(values, shownBefore);
    const shown = new Set();
    const show = (part, above) => { if (above && (!part.visible || asks(part.visible, world, true))) shown.add(part.id); return shown.has(part.id); };
    for (const page of form.pages) {
      const isPage = show(page, true);
      for (const section of page.sections) {
        const isSection = show(section, isPage);
        for (const { item, isVoid } of items.filter((entry) => entry.section === section)) show(item, isSection && !isVoid);
      }
    }
    for (const field of entity.fields) {
      if (isKept(field)) values[field.id] = valueOf(field, world, shown);
      else if (field.kind === 'formula') values[field.id] = workedOut(field.formula, { ...field, kind: RESULTS[field.result] }, world);
      else if (field.kind === 'rollup') values[field.id] = rolledUp(field, shown);
    }
    for (const table of tables.values()) refreshLines(table, values);
    return { values, shown };
  }

  function valueOf(field, world, shown) {
    const entry = asked.get(field.id);
    if (entry && !shown.has(entry.item.id)) return workedOut(field.default, field, world);
    if (entry?.item.computed) return workedOut(entry.item.computed, field, world);
    if (entry && given.has(field.id)) return given.get(field.id).value ?? null;
    if (!isBlank(preset[field.id])) return preset[field.id];
    return workedOut(entry?.item.default ?? field.default, field, world);
  }

  function workedOut(formula, field, world) {
    if (formula === undefined || formula === null) return null;
    // The default of a choice may be written as the option alone.
    if (field.options?.some(({ id }) => id === formula)) return field.kind === 'choices' ? { os: [formula] } : { o: formula };
    try {
      return intoField(evaluate(formula, world), field);
    } catch (error) {
      if (error instanceof FAULT || error instanceof UNKNOWN) return null;
      throw error;
    }
  }

  function intoField(found, field) {
    if (isBlank(found)) return null;
    try {
      switch (field.kind) {
        case 'number': case 'percent': case 'rating': case 'nps': return { n: digitsOf(numberOf(found)) };
        case 'money': return found.m ? found : { m: { amount: digitsOf(numberOf(found)), currency: field.currency ?? settings.currency } };
        case 'duration': return { s: Math.round(numberOf(found)) };
        case 'flag': return flagOf(found);
        case 'date': return found.d ? { d: found.d } : null;
        case 'choice': { const option = readOption(field.options, found.o ?? textOf(found)); return option === null ? null : { o: option }; }
        default: return textOf(found) || null;
      }
    } catch (error) {
      if (error instanceof FAULT) return null;
      throw error;
    }
  }

  function rolledUp(field, shown) {
    const table = [...tables.values()].find((it) => it.field.entity === field.entity && it.via === field.via);
    if (!table || field.condition || !['sum', 'count'].includes(field.function)) return null;
    const rows = shown.has(table.item.id) ? table.rows.filter((row) => !isUntouched(row)) : [];
    if (field.function === 'count') return { n: String(rows.length) };
    return summed(rows.map((row) => row.values[field.field] ?? null)) ?? { n: '0' };
  }

  function summed(values) {
    const filled = values.filter((value) => !isBlank(value));
    try {
      return filled.length ? filled.reduce((sum, value) => operate('+', sum, value), { n: '0' }) : null;
    } catch (error) {
      if (error instanceof FAULT || error instanceof UNKNOWN) return null;
      throw error;
    }
  }

  // --- What is wrong ---

  function ask(field, world) {
    const entry = asked.get(field.id);
    const item = entry?.item ?? {};
    const value = state.values[field.id] ?? null;
    const isShown = Boolean(entry) && state.shown.has(item.id);
    const isRequired = Boolean(field.required) || (isShown && Boolean(item.required) && asks(item.required, world, false));
    const rule = isShown && (item.options ?? []).find(({ when }) => !when || asks(when, world, false));
    const open = (field.options ?? []).filter(({ retired }) => !retired).map(({ id }) => id);
    const offered = rule ? open.filter((id) => rule.options.includes(id)) : open;
    const unread = isShown ? given.get(field.id)?.wrong : undefined;
    const problems = [];
    if (unread) problems.push({ code: unread });
    else if (!isBlank(value)) problems.push(...misfit(field, value));
    if (isRequired && isBlank(value) && problems.length === 0 && field.kind !== 'auto_number') problems.push({ code: 'missing-required' });
    if (rule && problems.length === 0 && chosen(value).some((option) => !rule.options.includes(option))) problems.push({ code: 'not-an-option' });
    const own = isShown && !isBlank(value) ? item.checks ?? [] : [];
    for (const { condition, message } of unread ? [] : [...own, ...(field.checks ?? [])]) {
      if (!asks(condition, world, true)) problems.push({ code: 'check-failed', message });
    }
    for (const problem of isShown ? problems : []) {
      if (problem.code === 'check-failed') continue;
      const said = (item.messages ?? []).find(({ on }) => !on || on === problem.code);
      if (said) problem.message = said.text;
    }
    problems.sort((a, b) => Number(!a.message) - Number(!b.message));
    return { isRequired, offered, problems };
  }

  function misfit(field, value) {
    const number = () => Number(value.n ?? value.m?.amount);
    const within = (least, most) => (least !== undefined && number() < Number(least) ? [{ code: 'too-small', min: least }]
      : most !== undefined && number() > Number(most) ? [{ code: 'too-large', max: most }] : []);
    switch (field.kind) {
      case 'text': {
        if (field.max !== undefined && [...value].length > field.max) return [{ code: 'too-long', max: field.max }];
        return field.pattern && !matches(field.pattern, value) ? [{ code: 'pattern-mismatch' }] : [];
      }
      case 'number': case 'percent': case 'money': return within(field.min, field.max);
      case 'rating': case 'nps': {
        const [least, most] = field.kind === 'nps' ? [0, 10] : [1, field.max];
        const outside = within(least, most);
        return outside.length || Number.isInteger(number()) ? outside : [{ code: 'too-precise', max: 0 }];
      }
      case 'choice': case 'choices':
        return field.open || chosen(value).every((option) => field.options.some(({ id }) => id === option)) ? [] : [{ code: 'not-an-option' }];
      default: return [];
    }
  }

  // --- Tables of lines ---

  function refreshLines(table, owner) {
    for (const row of table.rows) {
      row.values = Object.fromEntries([...row.given].map(([id, { value }]) => [id, value ?? null]));
      const world = {
        today: today(),
        reckoning: settings,
        field: (name) => asKept(fieldOf(table.entity.fields, name)),
        value: (id) => row.values[id] ?? null,
        column: () => undefined,
      };
      for (const field of table.entity.fields) {
        if (isBlank(row.values[field.id]) && field.default !== undefined) row.values[field.id] = workedOut(field.default, field, world);
      }
      for (const field of table.entity.fields.filter(({ kind }) => kind === 'formula')) {
        row.values[field.id] = workedOut(field.formula, { ...field, kind: RESULTS[field.result] }, world);
      }
      row.world = world;
    }
    return owner;
  }

  function askLines(table, world) {
    const isShown = state.shown.has(table.item.id);
    const filled = table.rows.filter((row) => !isUntouched(row));
    const problems = [];
    if (isShown && filled.length < (table.item.least ?? 0)) problems.push({ code: 'too-few-lines', min: table.item.least });
    else if (isShown && table.item.most !== undefined && filled.length > table.item.most) problems.push({ code: 'too-many-lines', max: table.item.most });
    const rows = table.rows.map((row) => ({ values: row.values, problems: isShown && !isUntouched(row) ? lineProblems(table, row) : [], isBlank: isUntouched(row) }));
    const sums = (table.item.sums ?? []).map((id) => [id, summed(filled.map((row) => row.values[id] ?? null))]);
    return { rows, sums, problems, mayAdd: table.item.most === undefined || table.rows.length < table.item.most, world };
  }

  function lineProblems(table, row) {
    const found = [];
    for (const field of table.entity.fields.filter((it) => isKept(it) && it.id !== table.via)) {
      const { value, wrong } = { value: row.values[field.id] ?? null, ...row.given.get(field.id) };
      const held = isBlank(value) ? row.values[field.id] ?? null : value;
      const column = table.item.columns.find((it) => it.field === field.id);
      const problems = wrong ? [{ code: wrong }] : isBlank(held) ? [] : misfit(field, held);
      if (!wrong && isBlank(held) && (field.required || column?.required)) problems.push({ code: 'missing-required' });
      for (const { condition, message } of wrong ? [] : field.checks ?? []) {
        if (!asks(condition, row.world, true)) problems.push({ code: 'check-failed', message });
      }
      found.push(...problems.map((problem) => ({ ...problem, field: field.id })));
    }
    return found;
  }

  // --- What a page does with it ---

  const isOpen = (entry) => entry && !entry.isVoid && state.shown.has(entry.item.id) && !isReadOnly(entry);
  const isReadOnly = (entry) => state.locked.has(entry.item.id) || isWorkedOut(entry);
  const isWorkedOut = ({ item, field }) => Boolean(field && (item.computed !== undefined || !isKept(field) && item.kind === 'field' || field.read_only || field.kind === 'hidden' || field.kind === 'auto_number'));
  const read = (field, typed, item) => (typeof typed === 'string' ? readText(item?.takes ? { ...field, kind: item.takes } : field, typed, reading) : { value: typed });

  /** What was typed into a cell, by its column: nothing where it is blank. */
  function lineGiven(table, column, typed) {
    const field = table.entity.fields.find((it) => it.id === column);
    if (!field || !isKept(field)) return [];
    const found = read(field, typed);
    return !found.wrong && isBlank(found.value) ? [] : [[column, found]];
  }

  workOut();
  return {
    sheet,
    items,
    get values() { return state.values; },
    /** Fills in a field with what was typed, or with a value that was chosen; what cannot be changed stays. */
    answer(id, typed) {
      const entry = asked.get(id);
      if (!isOpen(entry)) return;
      given.set(id, read(entry.field, typed, entry.item));
      workOut();
    },
    /** Goes on with what was typed before, shown or not: texts and values by field, and by field the lines of tables. */
    resume(typed, lines) {
      for (const [id, one] of Object.entries(typed)) {
        const entry = asked.get(id);
        if (entry && !isWorkedOut(entry)) given.set(id, read(entry.field, one, entry.item));
      }
      for (const [id, rows] of Object.entries(lines)) {
        const table = tables.get(id);
        if (table) table.rows = rows.map((row) => ({ given: new Map(Object.entries(row).flatMap(([column, one]) => lineGiven(table, column, one))), values: {} }));
      }
      workOut();
    },
    /** An item as it stands. */
    item(id) {
      const entry = items.find(({ item }) => item.id === id);
      const { isRequired = false, offered = [], problems = [] } = (!entry.isVoid && state.asked.get(entry.field?.id)) || {};
      const isShown = state.shown.has(id);
      return {
        ...entry, isShown: isShown && entry.field?.kind !== 'hidden', isReadOnly: isReadOnly(entry), isRequired, offered,
        value: state.values[entry.field?.id] ?? null, isTouched: given.has(entry.field?.id), problems: isShown ? problems : [],
        lines: state.tables.get(entry.field?.id),
      };
    },
    isShown: (id) => state.shown.has(id),
    pages: () => form.pages.map((page, at) => at).filter((at) => state.shown.has(form.pages[at].id)),
    /** All that keeps it from being sent, in the order of the form; with `page`, what keeps one from leaving that page. */
    problems(page) {
      const found = [];
      items.forEach((entry, rank) => {
        const { item, field, at, isVoid } = entry;
        if (isVoid || !field) return;
        const isShown = state.shown.has(item.id);
        const lines = state.tables.get(field.id);
        const problems = [...(state.asked.get(field.id)?.problems ?? []), ...(lines?.problems ?? []), ...(lines?.rows.flatMap((row) => row.problems) ?? [])];
        found.push(...problems.map((problem) => (isShown ? { rank, page: at, item: item.id, ...problem } : { rank: Infinity, ...problem })));
      });
      for (const [id, { problems }] of state.asked) if (!asked.has(id)) found.push(...problems.map((problem) => ({ rank: Infinity, ...problem })));
      found.sort((a, b) => (a.rank === b.rank ? 0 : a.rank - b.rank));
      return page === undefined ? found : found.filter((problem) => problem.page === page);
    },
    addLine(id) {
      const table = tables.get(id);
      if (isOpen(table) && state.tables.get(id).mayAdd) { table.rows.push({ given: new Map(), values: {} }); workOut(); }
    },
    removeLine(id, at) {
      const table = tables.get(id);
      if (isOpen(table)) { table.rows.splice(at, 1); workOut(); }
    },
    answerLine(id, at, column, typed) {
      const table = tables.get(id);
      if (!isOpen(table) || !table.rows[at]) return;
      table.rows[at].given.delete(column);
      for (const [, found] of lineGiven(table, column, typed)) table.rows[at].given.set(column, found);
      workOut();
    },
    /** What is sent: what is shown, and what is captured; what was emptied where something stood by itself; the lines of each table. */
    submission() {
      const values = {};
      const emptied = [];
      for (const field of entity.fields.filter(isKept)) {
        const entry = asked.get(field.id);
        const isSent = entry ? state.shown.has(entry.item.id) : !isBlank(preset[field.id]);
        if (isSent && !isBlank(state.values[field.id])) values[field.id] = state.values[field.id];
        const stood = (entry?.item.default ?? field.default) !== undefined || !isBlank(preset[field.id]);
        if (entry && isSent && stood && given.has(field.id) && !given.get(field.id).wrong && isBlank(given.get(field.id).value)) emptied.push(field.id);
      }
      const lines = {};
      for (const [id, table] of tables) {
        const rows = state.shown.has(table.item.id) ? table.rows.filter((row) => !isUntouched(row)) : [];
        if (rows.length) lines[id] = rows.map((row) => Object.fromEntries([...row.given].map(([column, { value }]) => [column, value ?? null])));
      }
      return { values, lines, ...(emptied.length && { emptied }) };
    },
  };
}

const RESULTS = { text: 'text', number: 'number', money: 'money', percent: 'percent', date: 'date', duration: 'duration', flag: 'flag' };

/** A field that is worked out as one of its kind that is kept. */
const asKept = (field) => (field?.kind === 'formula' ? { ...field, kind: RESULTS[field.result] } : field?.kind === 'rollup' ? { ...field, kind: 'number' } : field);

/** Whether a condition holds. What is not known here is left to the workspace, which looks at every answer again. */
function asks(condition, world, otherwise) {
  try {
    return holds(condition, world);
  } catch (error) {
    if (error instanceof UNKNOWN) return otherwise;
    throw error;
  }
}

/** Whether a text is written as a pattern says; one that this browser cannot read is left to the workspace as well. */
function matches(pattern, text) {
  try {
    return new RegExp(`^(?:${pattern})$`, 'u').test(text);
  } catch {
    return true;
  }
}

/** Whether a record holds a value of its own for the field. */
const isKept = (field) => !['formula', 'lookup', 'rollup', 'lines', 'score'].includes(field.kind);
const isUntouched = (row) => row.given.size === 0;
const chosen = (value) => value?.os ?? (value?.o ? [value.o] : []);
