// A form of 200 questions with 100 conditions: what a keystroke takes until the form stands as it shall, and with the layout.
const QUESTIONS = 200;
const TEXTS = ['Ann Lee', '12', '2026-11-22', 'a@b.cn'];
const label = (text) => ({ en: text, 'zh-CN': text });

/** The same form as in keystroke.rs: every other question waits for the one before it, some for a sum. */
function definitions() {
  const kinds = ['text', 'number', 'date', 'email'];
  const fields = Array.from({ length: QUESTIONS }, (_, at) => ({ id: `f${at}`, label: label(`Field ${at}`), kind: kinds[at % 4] }));
  fields.push({ id: 'sum', label: label('Sum'), kind: 'formula', formula: 'f1+f9+f17', result: 'number' });
  const items = Array.from({ length: QUESTIONS }, (_, at) => {
    const before = `f${Math.max(at - 1, 0)}`;
    const logic = {
      1: { visible: { field: before, is: 'filled' } },
      3: { required: { all: [{ field: 'f1', is: 'filled' }, { field: before, is: 'filled' }] } },
      5: { visible: { formula: `OR(sum>10,NOT(ISBLANK(${before})))` } },
      7: { read_only: { any: [{ field: 'f5', is: 'greater', value: 100 }, { field: before, is: 'empty' }] } },
    };
    return { id: `f${at}`, kind: 'field', field: `f${at}`, ...logic[at % 8] };
  });
  const sections = Array.from({ length: QUESTIONS / 20 }, (_, at) => ({ id: `s${at}`, items: items.slice(at * 20, at * 20 + 20) }));
  const thing = { id: 'thing', label: label('Thing'), plural: label('Things'), icon: 'box', group: 'grow', title: 'f0', fields };
  const form = { id: 'long', label: label('Long'), entity: 'thing', pages: [{ id: 'page', sections }] };
  return [{ entity: thing }, { form }];
}

export default {
  name: `a form of ${QUESTIONS} questions with 100 conditions`,
  async run({ page, open, measure, expect }) {
    await open();
    await page.evaluate(async (made) => {
      await perennial.install('consultancy', { sample: false });
      await perennial.dispatch({ define: { definitions: made } });
      await perennial.dispatch({ publish_forms: { forms: ['long'] } });
    }, definitions());
    await open({ route: '/fill/long', query: '?no-sw' });
    await page.locator('.fill__item input').first().waitFor();
    const { plain, turning } = await page.evaluate(typeAll, [QUESTIONS, TEXTS]);
    expect('keystrokes of both kinds', plain.length > 300 && turning.length > 50);
    const share = (taken, part) => taken.map((it) => it.worked).sort((one, other) => one - other)[Math.floor(taken.length * part)];
    const all = [...plain, ...turning];
    await measure('a keystroke', () => all.map((it) => it.worked), { times: 1 });
    await measure('a keystroke, with layout', () => all.map((it) => it.laid), { times: 1 });
    await measure('a keystroke, 95 of 100 within', () => share(all, 0.95), { times: 1 });
    await measure('one that shows or hides a question', () => turning.map((it) => it.worked), { times: 1 });
    await measure('the same, with layout', () => turning.map((it) => it.laid), { times: 1 });
  },
};

/** Types into one question after the other, letter by letter, and empties some again. */
async function typeAll([questions, texts]) {
  const soon = () => new Promise((done) => {
    const channel = new MessageChannel();
    channel.port1.onmessage = () => { channel.port1.close(); done(); };
    channel.port2.postMessage(null);
  });
  const taken = { plain: [], turning: [] };
  const key = async (input, value) => {
    const before = document.querySelectorAll('.fill__item input').length;
    const start = performance.now();
    input.value = value;
    input.dispatchEvent(new InputEvent('input', { bubbles: true }));
    // The first task afterwards: what it woke is through.
    await soon();
    const worked = performance.now() - start;
    document.querySelector('.fill').getBoundingClientRect();
    const laid = performance.now() - start;
    const isTurning = document.querySelectorAll('.fill__item input').length !== before;
    taken[isTurning ? 'turning' : 'plain'].push({ worked, laid });
  };
  for (const round of [0, 1]) {
    for (let at = 0; at < questions; at += 1) {
      const input = document.querySelector(`[data-item$="-f${at}"] input`);
      if (!input) continue;
      const text = texts[at % texts.length];
      input.focus({ preventScroll: true });
      if (round) await key(input, '');
      else for (let end = 1; end <= text.length; end += 1) await key(input, text.slice(0, end));
    }
  }
  return taken;
}
