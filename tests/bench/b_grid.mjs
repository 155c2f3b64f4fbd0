// A list of 100,000 records against two grids made for that: first paint, scrolling, sorting, a keystroke in the search, a block
// of cells pasted. ag-grid-community has no clipboard: that is a part of its paid edition, so pasting is compared with tabulator alone.
import { COUNT, fill, openPeer } from './large.mjs';

/** The columns that each of them shows, as texts and numbers. */
const FIELDS = ['name', 'industry', 'region', 'level', 'stage', 'city', 'employees', 'sector', 'year_established'];
const NUMBERS = ['employees', 'year_established'];
const FRAMES = 180;
/** What is pasted: so many rows of these columns, which stand side by side and are typed as text and number. */
const PASTED = { rows: 250, fields: ['city', 'employees', 'sector', 'year_established'] };

export default {
  name: `a list of ${COUNT.toLocaleString('en')} records`,
  timeout: 900_000,
  async run({ page, context, server, open, measure, compare, figure, expect }) {
    await open();
    await fill(page);
    const rows = await page.evaluate(([fields, numbers]) => {
      const labels = Object.fromEntries(perennial.schema().entities.find(({ id }) => id === 'account').fields
        .map((field) => [field.id, Object.fromEntries((field.options ?? []).map((option) => [option.id, option.label?.en ?? option.label]))]));
      return perennial.find('account', { fields }).map((record) => ({
        id: record.id, ...Object.fromEntries(fields.map((field) => [field,
          numbers.includes(field) ? Number(record[field] ?? 0) : labels[field]?.[record[field]] ?? record[field] ?? ''])),
      }));
    }, [FIELDS, NUMBERS]);
    expect.equal('rows', rows.length, COUNT);
    await page.addInitScript(tools);
    await page.evaluate((columns) => perennial.dispatch({ define: { definitions: [{ view: {
      id: 'measured', label: { en: 'Measured', 'zh-CN': '测量' }, entity: 'account', shape: { shape: 'list', columns },
    } }] } }), FIELDS);
    await open({ route: '/records/account?view=measured', query: '?no-sw' });

    const peers = {};
    for (const name of ['ag-grid', 'tabulator']) {
      const peer = await context.newPage();
      await peer.setViewportSize(page.viewportSize());
      await openPeer(peer, server);
      await peer.evaluate(tools);
      await peer.evaluate(([kept, fields, numbers]) => Object.assign(globalThis, { rows: kept, WHOLE: kept.length, FIELDS: fields, NUMBERS: numbers }), [rows, FIELDS, NUMBERS]);
      peers[name] = peer;
    }
    await load(peers['ag-grid'], '/module/ag-grid-community/dist/ag-grid-community.min.js');
    await load(peers.tabulator, '/module/tabulator-tables/dist/js/tabulator.min.js', '/module/tabulator-tables/dist/css/tabulator.min.css');
    await peers['ag-grid'].evaluate(agGridPeer);
    await peers.tabulator.evaluate(tabulatorPeer);
    await page.evaluate(([count, fields, order]) => Object.assign(globalThis, { WHOLE: count, FIELDS: fields, order }), [COUNT, FIELDS, rows.map(({ id }) => id)]);
    await page.evaluate(own);

    const all = [['perennial', page], ['ag-grid-community', peers['ag-grid']], ['tabulator-tables', peers.tabulator]];
    /** The same deed in each page, brought to the front first: a page behind others draws no frames. */
    const deed = (name, ...words) => all.map(([label, where]) => [label, async () => {
      await where.bringToFront();
      return where.evaluate(([of, given]) => globalThis.deeds[of](...given), [name, words]);
    }]);
    await compare('first paint', deed('show'), { times: 5 });
    for (const [label, where] of all) {
      await where.bringToFront();
      for (const [how, step] of [['by 120 px', 120], ['by 3,000 px', 3_000]]) {
        const session = await where.context().newCDPSession(where);
        await session.send('Performance.enable');
        const before = await busy(session);
        const { deltas, moved } = await where.evaluate(([by, frames]) => globalThis.scroll(by, frames), [step, FRAMES]);
        const after = await busy(session);
        await session.detach();
        expect(`${label} to have scrolled, not ${moved} px`, moved > step * FRAMES / 2);
        figure(`frame p95 while scrolling ${how}: ${label}`, percentile(deltas, 0.95), 'ms');
        figure(`the main thread's work per frame then: ${label}`, (after - before) / FRAMES, 'ms');
      }
    }
    await page.bringToFront();
    await compare('sort by a text', deed('sort', 'sector'), { times: 4 });
    await compare('sort by a number', deed('sort', 'employees'), { times: 4 });
    const words = ['9', '99', '999', '9999'];
    await compare('keystrokes in the search', all.map(([label, where]) => [label, async (run) => {
      await where.bringToFront();
      return where.evaluate((text) => globalThis.deeds.find(text), words[run % words.length]);
    }]), { times: 8 });
    // Last, for it changes what the others sort and find. A block of its own each time, so that every cell changes.
    const block = (run) => Array.from({ length: PASTED.rows }, (_, row) => [`City ${run}-${row}`, 10 + run * 7 + row, `Sector ${run}-${row}`, 1990 + (run + row) % 30]);
    for (const [, where] of all) await where.evaluate((pasted) => { globalThis.PASTED = pasted; }, PASTED);
    await peers.tabulator.bringToFront();
    await peers.tabulator.evaluate(() => globalThis.deeds.takeClipboard());
    await compare('paste of 1,000 cells', all.filter(([label]) => label !== 'ag-grid-community').map(([label, where]) => [label, async (run) => {
      await where.bringToFront();
      return where.evaluate((cells) => globalThis.deeds.paste(cells), block(run + 1));
    }]), { times: 5 });
  },
};

async function load(page, script, style) {
  if (style) await page.addStyleTag({ url: style });
  await page.addScriptTag({ url: script });
}

/** What the main thread has been busy for, in milliseconds. */
async function busy(session) {
  const { metrics } = await session.send('Performance.getMetrics');
  return metrics.find(({ name }) => name === 'TaskDuration').value * 1_000;
}

function percentile(taken, share) {
  const sorted = taken.toSorted((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
}

/** Put into each page: waiting for what is painted, and scrolling a box frame by frame. */
function tools() {
  const frame = () => new Promise((done) => requestAnimationFrame(() => {
    const channel = new MessageChannel();
    channel.port1.onmessage = () => { channel.port1.close(); done(); };
    channel.port2.postMessage(null);
  }));
  globalThis.frame = frame;
  /** What a browser sends when somebody pastes. */
  globalThis.pasting = (cells) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', cells.map((row) => row.join('\t')).join('\n'));
    return new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true });
  };
  /** Does it, and tells how long it took until what is expected was painted. */
  globalThis.until = async (work, isDone) => {
    const start = performance.now();
    work();
    for (let turn = 0; turn < 2_000; turn += 1) {
      await frame();
      if (isDone()) return performance.now() - start;
    }
    throw new Error(`never painted: ${isDone}`);
  };
  globalThis.scroll = async (by, frames) => {
    const box = globalThis.deeds.box();
    box.scrollTop = 0;
    for (let turn = 0; turn < 10; turn += 1) await frame();
    const deltas = [];
    let last = await new Promise(requestAnimationFrame);
    for (let turn = 0; turn < frames; turn += 1) {
      box.scrollTop += by;
      const now = await new Promise(requestAnimationFrame);
      deltas.push(now - last);
      last = now;
    }
    const moved = box.scrollTop;
    box.scrollTop = 0;
    for (let turn = 0; turn < 10; turn += 1) await frame();
    return { deltas, moved };
  };
}

/** Ours, by its own controls as a person uses them. */
function own() {
  const grid = () => document.querySelector('[role=grid]');
  const first = () => grid()?.querySelector('[role=row][data-id]');
  const cell = (name) => {
    const heads = [...grid().querySelectorAll('[role=columnheader]')];
    const at = heads.findIndex((head) => head.textContent.trim().startsWith(globalThis.labels[name]));
    return { head: heads[at], text: first()?.querySelector(`[aria-colindex="${at + 1}"]`)?.textContent };
  };
  globalThis.labels = Object.fromEntries(perennial.schema().entities.find(({ id }) => id === 'account').fields
    .map((field) => [field.id, field.label?.en ?? field.label]));
  const search = () => document.querySelector('input[type=search]');
  const type = (text) => {
    search().value = text;
    search().dispatchEvent(new Event('input', { bubbles: true }));
  };
  const count = () => Number(grid()?.getAttribute('aria-rowcount') ?? 0);
  globalThis.deeds = {
    box: grid,
    async show() {
      location.hash = '#/settings';
      while (grid()) await globalThis.frame();
      await globalThis.frame();
      return globalThis.until(() => { location.hash = '#/records/account?view=measured'; }, () => first()?.textContent);
    },
    sort(name) {
      const before = first().dataset.id;
      return globalThis.until(() => cell(name).head.querySelector('button').click(), () => first()?.dataset.id !== before);
    },
    async paste(cells) {
      const column = globalThis.FIELDS.indexOf(globalThis.PASTED.fields[0]) + 1;
      grid().scrollTop = 0;
      await globalThis.frame();
      const start = first().querySelector(`[data-col="${column}"]`);
      start.focus();
      await globalThis.frame();
      const last = globalThis.order[cells.length - 1];
      const done = () => first().querySelector(`[data-col="${column}"]`).textContent.trim() === cells[0][0]
        && perennial.get('account', last).city === cells.at(-1)[0];
      return globalThis.until(() => start.dispatchEvent(globalThis.pasting(cells)), done);
    },
    async find(text) {
      if (search().value.length >= text.length) {
        await globalThis.until(() => type(''), () => count() > globalThis.WHOLE * 0.9);
      }
      const before = count();
      return globalThis.until(() => type(text), () => count() !== before);
    },
  };
}

function agGridPeer() {
  agGrid.ModuleRegistry?.registerModules([agGrid.AllCommunityModule]);
  const place = () => document.querySelector('#grid');
  const row = () => place().querySelector('.ag-center-cols-container [row-index="0"], [row-index="0"]');
  let api;
  let turned = {};
  globalThis.deeds = {
    box: () => place().querySelector('.ag-grid-viewport'),
    async show() {
      api?.destroy();
      place()?.remove();
      const box = document.createElement('div');
      box.id = 'grid';
      box.style.cssText = 'height:760px;width:100%';
      document.body.append(box);
      await globalThis.frame();
      return globalThis.until(() => {
        api = agGrid.createGrid(box, {
          rowData: globalThis.rows, getRowId: ({ data }) => data.id, animateRows: false, rowHeight: 36, cacheQuickFilter: true,
          columnDefs: globalThis.FIELDS.map((field) => ({ field, sortable: true, width: 150 })),
        });
      }, () => row()?.textContent);
    },
    async sort(name) {
      // One of them draws its rows late after a jump.
      while (!row()?.textContent) await globalThis.frame();
      const before = row().textContent;
      turned[name] = turned[name] === 'asc' ? 'desc' : 'asc';
      return globalThis.until(() => api.applyColumnState({ state: [{ colId: name, sort: turned[name] }], defaultState: { sort: null } }),
        () => row()?.textContent !== before);
    },
    async find(text) {
      if ((api.getGridOption('quickFilterText') ?? '').length >= text.length) {
        await globalThis.until(() => api.setGridOption('quickFilterText', ''), () => api.getDisplayedRowCount() === globalThis.WHOLE);
      }
      const before = api.getDisplayedRowCount();
      return globalThis.until(() => api.setGridOption('quickFilterText', text), () => api.getDisplayedRowCount() !== before);
    },
  };
}

function tabulatorPeer() {
  const place = () => document.querySelector('#grid');
  const row = () => place().querySelector('.tabulator-row');
  const turned = {};
  let table;
  let now = '';
  globalThis.deeds = {
    box: () => place().querySelector('.tabulator-tableholder'),
    async show() {
      table?.destroy();
      place()?.remove();
      const box = document.createElement('div');
      box.id = 'grid';
      document.body.append(box);
      await globalThis.frame();
      return globalThis.until(() => {
        table = new Tabulator(box, {
          data: globalThis.rows, index: 'id', height: '760px', rowHeight: 36,
          columns: globalThis.FIELDS.map((field) => ({
            title: field, field, width: 150, sorter: globalThis.NUMBERS.includes(field) ? 'number' : 'string',
          })),
        });
      }, () => row()?.textContent);
    },
    async sort(name) {
      // One of them draws its rows late after a jump.
      while (!row()?.textContent) await globalThis.frame();
      const before = row().textContent;
      turned[name] = turned[name] === 'asc' ? 'desc' : 'asc';
      return globalThis.until(() => table.setSort(name, turned[name]), () => row()?.textContent !== before);
    },
    /** Another table with its clipboard on, which the other deeds do without. */
    async takeClipboard() {
      table.destroy();
      place().remove();
      const box = document.createElement('div');
      box.id = 'grid';
      document.body.append(box);
      table = new Tabulator(box, {
        data: globalThis.rows, index: 'id', height: '760px', rowHeight: 36, selectableRange: 1,
        clipboard: 'paste', clipboardPasteParser: 'range', clipboardPasteAction: 'range',
        columns: globalThis.FIELDS.map((field) => ({
          title: field, field, width: 150, sorter: globalThis.NUMBERS.includes(field) ? 'number' : 'string',
        })),
      });
      await new Promise((done) => table.on('tableBuilt', done));
      while (!row()?.textContent) await globalThis.frame();
    },
    async paste(cells) {
      const [field] = globalThis.PASTED.fields;
      const rows = table.getRows('active');
      const start = rows[0].getCell(field);
      for (const range of table.getRanges()) range.remove();
      table.addRange(start, start);
      await globalThis.frame();
      const last = rows[cells.length - 1];
      const done = () => start.getElement().textContent.trim() === cells[0][0] && last.getData()[field] === cells.at(-1)[0];
      return globalThis.until(() => start.getElement().dispatchEvent(globalThis.pasting(cells)), done);
    },
    async find(text) {
      const ask = (word) => () => {
        now = word;
        if (word) table.setFilter((data) => globalThis.FIELDS.some((field) => String(data[field]).toLowerCase().includes(word)));
        else table.clearFilter();
      };
      if (now.length >= text.length) await globalThis.until(ask(''), () => table.getDataCount('active') === globalThis.WHOLE);
      const before = table.getDataCount('active');
      return globalThis.until(ask(text), () => table.getDataCount('active') !== before);
    },
  };
}
