// The page of a form that stands alone: draws it, keeps what is typed, and hands the answer over as a file, a text, a code to scan, a mail,
// or to an address, if it has one.

const WORDS = {
  en: {
    next: 'Next', back: 'Back', send: 'Send', required: 'required', page: (at, of) => `Step ${at} of ${of}`, choose: 'Choose…', add: 'Add a line', remove: 'Remove this line', sum: 'Total',
    wrong: (count) => (count === 1 ? 'One answer needs another look.' : `${count} answers need another look.`), thanks: 'Thank you. Your answers are ready.',
    sending: 'Sending…', sent: 'Thank you. Your answers have been sent.', unsent: 'Your answers could not be sent. They are kept here, and ready to be handed over in another way.',
    said: (words) => `The server said: ${words}`, silent: 'The server could not be reached.', retry: 'Try to send again',
    hand: 'Give your answers back in one of these ways', mail: 'Write a mail', copy: 'Copy as text', copied: 'Copied', save: 'Save as a file', scan: 'Or let this be scanned', again: 'Fill it in again', change: 'Change my answers',
    subject: (name) => `Answers: ${name}`, code: 'Your answers as text', yes: 'Yes',
    'missing-required': () => 'This is needed.', 'not-a-number': () => 'This is not a number.', 'not-an-amount': () => 'This is not an amount of money.', 'not-a-date': () => 'This is not a day.',
    'not-a-duration': () => 'This is not a length of time: try 1h 30m.', 'not-a-flag': () => 'Choose yes or no.', 'not-an-option': () => 'This is not one of the options.', 'not-a-phone': () => 'This is not a telephone number.',
    'not-an-email': () => 'This is not an e-mail address.', 'not-a-url': () => 'This is not a web address.', 'too-long': ({ max }) => `At most ${max} characters.`, 'too-small': ({ min }) => `At least ${min}.`, 'too-large': ({ max }) => `At most ${max}.`,
    'too-precise': () => 'Whole numbers only.', 'pattern-mismatch': () => 'This is not in the form that is wanted.', 'too-few-lines': ({ min }) => `At least ${min} lines.`, 'too-many-lines': ({ max }) => `At most ${max} lines.`, other: () => 'This cannot be taken.',
  },
  'zh-CN': {
    next: '下一步', back: '上一步', send: '提交', required: '必填', page: (at, of) => `第 ${at} 步，共 ${of} 步`, choose: '请选择…', add: '添加一行', remove: '删除此行', sum: '合计',
    wrong: (count) => `有 ${count} 处需要再看一下。`, thanks: '谢谢，您的回答已准备好。',
    sending: '正在提交…', sent: '谢谢，您的回答已提交。', unsent: '提交没有成功。您的回答保存在这里，可以用其他方式交回。',
    said: (words) => `服务器的回复：${words}`, silent: '无法连接服务器。', retry: '再试一次提交',
    hand: '请用以下任一方式交回', mail: '发邮件', copy: '复制为文本', copied: '已复制', save: '保存为文件', scan: '或者请对方扫码', again: '再填一份', change: '修改回答',
    subject: (name) => `表单回答：${name}`, code: '您的回答（文本）', yes: '是',
    'missing-required': () => '此项必填。', 'not-a-number': () => '请输入数字。', 'not-an-amount': () => '请输入金额。', 'not-a-date': () => '请输入日期。',
    'not-a-duration': () => '请输入时长，例如 1小时30分。', 'not-a-flag': () => '请选择是或否。', 'not-an-option': () => '请从选项中选择。', 'not-a-phone': () => '电话号码不正确。',
    'not-an-email': () => '邮箱地址不正确。', 'not-a-url': () => '网址不正确。', 'too-long': ({ max }) => `最多 ${max} 个字。`, 'too-small': ({ min }) => `不能小于 ${min}。`, 'too-large': ({ max }) => `不能大于 ${max}。`,
    'too-precise': () => '请输入整数。', 'pattern-mismatch': () => '格式不正确。', 'too-few-lines': ({ min }) => `至少 ${min} 行。`, 'too-many-lines': ({ max }) => `最多 ${max} 行。`, other: () => '无法接受这个回答。',
  },
};

function runForm(sheet) {
  const { form } = sheet;
  const parameters = new URLSearchParams(location.search);
  const spoken = form.languages?.length ? form.languages : ['zh-CN', 'en'];
  const wanted = /^zh/i.test(navigator.language) ? 'zh-CN' : 'en';
  let language = spoken.includes(wanted) ? wanted : spoken[0];
  const draftName = `perennial-form:${form.id}@${form.edition}`;
  let filling = null;
  let page = 0;
  let judged = new Set();
  let typed = {};
  let sentCode = null;
  const root = document.getElementById('form');
  const label = (names, otherwise = '') => names?.[language] || names?.en || names?.['zh-CN'] || otherwise;
  const say = (key, ...rest) => { const word = WORDS[language][key]; return typeof word === 'function' ? word(...rest) : word; };
  const sentence = (problem) => label(problem.message) || (WORDS[language][problem.code] ?? WORDS[language].other)(problem);

  // --- Beginning, and what is kept on this device ---

  function begin() {
    const preset = {};
    const put = (id, text) => {
      const field = sheet.entity.fields.find((it) => it.id === id);
      const read = field && text && readText(field, text, { currency: sheet.settings.currency, callingCode: sheet.settings.calling_code });
      if (read && !read.wrong) preset[id] = read.value;
    };
    for (const { field, value } of form.capture?.fixed ?? []) preset[field] = value;
    const isFixed = (id) => form.capture?.fixed?.some(({ field }) => field === id);
    for (const { name, into } of form.capture?.parameters ?? []) if (!isFixed(into)) put(into, parameters.get(name));
    if (form.capture?.channel_into) put(form.capture.channel_into, parameters.get('channel') ?? form.capture.channel);
    const today = () => {
      const now = new Date();
      return [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, '0')).join('-');
    };
    filling = beginFilling(sheet, { today, preset });
    page = filling.pages()[0] ?? 0;
    judged = new Set();
    typed = {};
    sentCode = null;
  }

  function recall() {
    try {
      const kept = JSON.parse(localStorage.getItem(draftName) ?? 'null');
      const [fields, lines] = [{}, {}];
      for (const [id, value] of Object.entries(kept?.typed ?? {})) {
        if (id.startsWith('lines ')) lines[filling.item(id.slice('lines '.length)).field.id] = kept.typed[id] = value.map((row) => row ?? {});
        else fields[id] = value;
      }
      filling.resume(fields, lines);
      typed = kept?.typed ?? {};
      // An answer that has not been handed over as far as anybody knows is still there.
      if (kept?.answer) sentCode = kept.answer;
    } catch { /* a device that keeps nothing, or a draft of another kind */ }
  }

  function keep() {
    try {
      if (sentCode?.isSent) localStorage.removeItem(draftName);
      else localStorage.setItem(draftName, JSON.stringify({ typed, answer: sentCode ?? undefined }));
    } catch { /* not kept, then */ }
  }

  function forget() {
    try { localStorage.removeItem(draftName); } catch { /* there was none */ }
  }

  function answer(id, value) {
    typed[id] = value;
    filling.answer(id, value);
    keep();
    refresh();
  }

  // --- Drawing ---

  function draw() {
    document.documentElement.lang = language;
    document.title = label(form.label);
    if (form.theme?.hue !== undefined) document.documentElement.style.setProperty('--hue', form.theme.hue);
    document.documentElement.dataset.density = form.theme?.density ?? 'comfortable';
    const logo = sheet.files?.[form.theme?.logo?.hash];
    const pages = filling.pages();
    const at = pages.indexOf(page);
    root.replaceChildren(
      element('header', {}, logo && element('img', { src: logo, alt: '', className: 'logo' }),
        element('div', { className: 'title' }, element('h1', {}, label(form.label)), spoken.length > 1 && languages()),
        form.introduction && markdown(label(form.introduction))),
      ...(sentCode ? ending() : [
        pages.length > 1 && element('p', { className: 'steps', role: 'status' }, say('page', at + 1, pages.length), element('progress', { max: pages.length, value: at + 1, ariaLabel: say('page', at + 1, pages.length) })),
        element('form', { noValidate: true, onsubmit: (event) => { event.preventDefault(); forward(); } },
          element('div', { id: 'summary', role: 'alert' }),
          ...drawPage(form.pages[page]),
          element('footer', {},
            at > 0 && element('button', { type: 'button', onclick: () => turn(pages[at - 1]) }, say('back')),
            element('button', { type: 'submit', className: 'primary' }, at < pages.length - 1 ? say('next') : label(form.send, say('send'))))),
      ]));
    refresh();
  }

  function languages() {
    return element('div', { className: 'languages', role: 'group', ariaLabel: 'Language 语言' }, ...spoken.map((code) => element('button', {
      type: 'button', lang: code, ariaPressed: String(code === language), onclick: () => { language = code; draw(); },
    }, code === 'en' ? 'English' : '简体中文')));
  }

  function drawPage(drawn) {
    return [drawn.label && element('h2', {}, label(drawn.label)), ...drawn.sections.map((section) => element('section', { id: `part-${section.id}` },
      section.label && element(drawn.label ? 'h3' : 'h2', {}, label(section.label)),
      element('div', { className: 'grid', style: `--columns:${section.columns ?? 1}` }, ...section.items.map(drawItem))))];
  }

  function drawItem(item) {
    const { field, isVoid } = filling.item(item.id);
    const frame = (...inside) => element('div', { className: `item ${item.kind}`, id: `part-${item.id}`, style: `--width:${item.width ?? 1}` }, ...inside);
    const picture = item.kind === 'picture' && sheet.files?.[item.file.hash];
    if (picture) return frame(element('img', { src: picture, alt: label(item.description) }));
    if (isVoid || field?.kind === 'hidden' || item.kind === 'picture') return element('div', { id: `part-${item.id}`, hidden: true });
    if (item.kind === 'text') return frame(markdown(label(item.text)));
    if (item.kind === 'divider') return frame(element('hr', {}));
    if (item.kind === 'lines') return frame(element('p', { className: 'name' }, label(item.label, label(field.label))), element('div', { id: `lines-${item.id}` }), problemPlace(item.id));
    const name = [label(item.label, label(field.label)), element('abbr', { className: 'need', title: say('required'), hidden: true }, '*')];
    const hint = label(item.hint ?? field.hint);
    const below = [hint && element('p', { className: 'hint', id: `hint-${item.id}` }, hint), problemPlace(item.id)];
    const control = drawControl(item, field, hint);
    if (control.isGroup) return frame(element('fieldset', { id: `control-${item.id}`, ...described(item, hint) }, element('legend', {}, ...name), control.made), ...below);
    if (field.kind === 'flag') return frame(element('label', { className: 'tick' }, control.made, element('span', {}, ...name)), ...below);
    return frame(element('label', { htmlFor: `control-${item.id}` }, ...name), control.made, ...below);
  }

  const problemPlace = (id) => element('p', { className: 'problem', id: `problem-${id}` });
  const described = (item, hint) => ({ ariaDescribedby: [hint && `hint-${item.id}`, `problem-${item.id}`].filter(Boolean).join(' ') });

  function drawControl(item, field, hint) {
    const held = typed[field.id];
    const own = { id: `control-${item.id}`, name: field.id, ...described(item, hint), onchange: () => judge(item.id), onblur: () => judge(item.id) };
    const input = (more) => ({ made: element('input', { ...own, value: typeof held === 'string' ? held : held?.d ?? '', placeholder: label(item.placeholder), oninput: (event) => answer(field.id, event.target.value), ...more }) });
    const many = field.kind === 'choices';
    const mark = (most, least) => Array.from({ length: most - least + 1 }, (_, at) => ({ id: String(at + least), label: { en: String(at + least) } }));
    const picks = (options, value) => ({
      isGroup: true,
      made: element('div', { className: `picks ${field.kind}` }, ...options.map((option) => element('label', { className: 'pick', id: `pick-${item.id}-${option.id}` },
        element('input', {
          type: many ? 'checkbox' : 'radio', name: field.id, value: option.id,
          checked: many ? held?.os?.includes(option.id) : (held?.o ?? held?.n) === option.id,
          onchange: () => { answer(field.id, value()); judge(item.id); },
        }), element('span', {}, label(option.label, option.id))))),
    });
    const ticked = () => [...root.querySelectorAll(`#control-${CSS.escape(item.id)} input:checked`)].map(({ value }) => value);
    switch (item.takes ?? field.kind) {
      case 'long_text': case 'rich_text': return { made: element('textarea', { ...own, rows: 4, value: held ?? '', placeholder: label(item.placeholder), oninput: (event) => answer(field.id, event.target.value) }) };
      case 'flag': return { made: element('input', { ...own, type: 'checkbox', checked: held === true, onchange: (event) => { answer(field.id, event.target.checked); judge(item.id); } }) };
      case 'date': return input({ type: 'date', oninput: (event) => answer(field.id, event.target.value ? { d: event.target.value } : null) });
      case 'instant': return input({ type: 'datetime-local', value: localTime(held), oninput: (event) => answer(field.id, instantOf(event.target.value)) });
      case 'choices': return picks(field.options.filter(({ retired }) => !retired), () => (ticked().length ? { os: ticked() } : null));
      case 'rating': return picks(mark(field.max, 1), () => (ticked()[0] ? { n: ticked()[0] } : null));
      case 'nps': return picks(mark(10, 0), () => (ticked()[0] ? { n: ticked()[0] } : null));
      case 'choice': {
        const options = field.options.filter(({ retired }) => !retired);
        if (options.length <= 5) return picks(options, () => (ticked()[0] ? { o: ticked()[0] } : null));
        return { made: element('select', { ...own, onchange: (event) => { answer(field.id, event.target.value ? { o: event.target.value } : null); judge(item.id); } },
          element('option', { value: '' }, say('choose')), ...options.map((option) => element('option', { value: option.id, id: `pick-${item.id}-${option.id}`, selected: held?.o === option.id }, label(option.label, option.id)))) };
      }
      case 'phone': return input({ type: 'tel', autocomplete: 'tel' });
      case 'email': return input({ type: 'email', autocomplete: 'email' });
      case 'url': return input({ type: 'url', autocomplete: 'url' });
      case 'number': case 'percent': case 'money': return input({ type: 'text', inputMode: 'decimal' });
      default: return input({ type: 'text' });
    }
  }

  // --- Keeping up with the answers ---

  function judge(id) {
    judged.add(id);
    refresh();
  }

  function refresh() {
    if (sentCode) return;
    for (const section of form.pages[page].sections) {
      show(section.id, filling.isShown(section.id));
      for (const { id } of section.items) refreshItem(filling.item(id));
    }
    if (filling.problems(page).length === 0) document.getElementById('summary').textContent = '';
  }

  function show(id, isShown) {
    const part = document.getElementById(`part-${id}`);
    if (part) part.hidden = !isShown;
  }

  function refreshItem({ item, field, isShown, isReadOnly, isRequired, offered, value, problems, lines }) {
    show(item.id, isShown);
    if (!field || field.kind === 'hidden') return;
    if (item.kind === 'lines') { drawLines(item, field, lines, isReadOnly); return; }
    const part = document.getElementById(`part-${item.id}`);
    const control = document.getElementById(`control-${item.id}`);
    if (!control) return;
    const need = part.querySelector('.need');
    if (need) need.hidden = !isRequired;
    for (const one of control.matches('fieldset') ? control.querySelectorAll('input') : [control]) {
      one.disabled = isReadOnly && one.type !== 'text' && one.tagName !== 'TEXTAREA';
      one.readOnly = isReadOnly;
      one.setAttribute('aria-required', String(isRequired));
    }
    // What was not typed by anybody stands in the control as well: defaults, and what is computed.
    if (!(field.id in typed) || isReadOnly) fillIn(control, field, value);
    for (const option of field.options ?? []) {
      const pick = document.getElementById(`pick-${item.id}-${option.id}`);
      if (pick) pick.hidden = pick.disabled = !offered.includes(option.id);
    }
    tell(item.id, control, judged.has(item.id) ? problems[0] : undefined);
  }

  function fillIn(control, field, value) {
    if (control.matches('fieldset')) {
      for (const one of control.querySelectorAll('input')) one.checked = chosen(value).includes(one.value) || value?.n === one.value;
    } else if (control.type === 'checkbox') control.checked = value === true;
    else if (control.tagName === 'SELECT') control.value = value?.o ?? '';
    else if (control.type === 'datetime-local') control.value = localTime(value);
    else control.value = isBlank(value) ? '' : value.m ? `${value.m.amount} ${value.m.currency}` : value.s !== undefined ? `${Math.round(value.s / 60)} min` : value.d ?? value.n ?? String(value);
  }

  function tell(id, control, problem) {
    document.getElementById(`problem-${id}`).textContent = problem ? sentence(problem) : '';
    if (problem) control?.setAttribute('aria-invalid', 'true');
    else control?.removeAttribute('aria-invalid');
  }

  function drawLines(item, field, lines, isReadOnly) {
    const place = document.getElementById(`lines-${item.id}`);
    if (!place || !lines) return;
    const entity = sheet.lines[field.entity];
    const columns = item.columns.map((column) => ({ ...column, definition: entity.fields.find(({ id }) => id === column.field) })).filter(({ definition }) => definition);
    const nameOf = ({ label: own, definition }) => label(own, label(definition.label));
    const cell = (at, column, row) => {
      const { definition } = column;
      const wrong = row.problems.find((problem) => problem.field === definition.id);
      if (!isKept(definition)) return element('output', { 'data-column': definition.id }, shownValue(row.values[definition.id]));
      const id = `cell-${item.id}-${at}-${definition.id}`;
      const isChoice = definition.kind === 'choice';
      const held = lineTyped(item.id, at)[definition.id];
      const control = isChoice
        ? element('select', { onchange: (event) => lineAnswer(definition.id, event.target.value ? { o: event.target.value } : '') }, element('option', { value: '' }, say('choose')),
          ...definition.options.filter((option) => !option.retired || held?.o === option.id).map((option) => element('option', { value: option.id, selected: held?.o === option.id }, label(option.label, option.id))))
        : element('input', { type: { date: 'date', instant: 'datetime-local' }[definition.kind] ?? 'text', value: held?.d ?? (held?.t ? localTime(held) : held) ?? '', placeholder: shownValue(row.values[definition.id]), inputMode: ['number', 'money', 'percent'].includes(definition.kind) ? 'decimal' : 'text',
          oninput: ({ target: { value } }) => lineAnswer(definition.id, chosenTime(definition.kind, value)) });
      const lineAnswer = (name, value) => { lineTyped(item.id, at)[name] = value; filling.answerLine(field.id, at, name, value); keep(); refresh(); };
      Object.assign(control, { id, disabled: isReadOnly, ariaLabel: `${nameOf(column)} ${at + 1}` });
      if (wrong && judged.has(item.id)) { control.setAttribute('aria-invalid', 'true'); control.title = sentence(wrong); }
      return control;
    };
    // Cells that are being typed into stay; the figures beside them follow.
    const signature = `${language}|${lines.rows.length}|${isReadOnly}|${judged.has(item.id)}`;
    if (place.dataset.signature !== signature) {
      place.dataset.signature = signature;
      place.replaceChildren(
        element('div', { className: 'scroll', tabIndex: 0, role: 'region', ariaLabel: label(item.label, label(field.label)) }, element('table', {},
          element('thead', {}, element('tr', {}, ...columns.map((column) => element('th', { scope: 'col' }, nameOf(column))), element('td', {}))),
          element('tbody', {}, ...lines.rows.map((row, at) => element('tr', {}, ...columns.map((column) => element('td', {}, cell(at, column, row))), element('td', {},
            element('button', { type: 'button', disabled: isReadOnly, ariaLabel: `${say('remove')} ${at + 1}`, onclick: () => { lineRows(item.id).splice(at, 1); filling.removeLine(field.id, at); keep(); place.dataset.signature = ''; refresh(); } }, '×'))))),
          lines.sums.length > 0 && element('tfoot', {}, element('tr', {}, ...columns.map((column, at) => element('td', { 'data-sum': column.field }, at === 0 ? say('sum') : '')), element('td', {}))))),
        element('button', { type: 'button', className: 'add', disabled: isReadOnly || !lines.mayAdd, onclick: () => { filling.addLine(field.id); refresh(); } }, `+ ${say('add')}`));
    }
    lines.rows.forEach((row, at) => place.querySelectorAll(`tbody tr:nth-child(${at + 1}) output`).forEach((output) => { output.textContent = shownValue(row.values[output.dataset.column]); }));
    for (const [column, sum] of lines.sums) { const at = place.querySelector(`[data-sum="${column}"]`); if (at) at.textContent = shownValue(sum); }
    const first = lines.problems[0] ?? lines.rows.flatMap(({ problems }) => problems)[0];
    tell(item.id, null, judged.has(item.id) ? first : undefined);
  }

  function lineRows(item) { return typed[`lines ${item}`] ??= []; }
  function lineTyped(item, at) { return lineRows(item)[at] ??= {}; }

  function shownValue(value) {
    if (isBlank(value)) return '';
    if (value.t) return new Date(value.t).toLocaleString(language, { dateStyle: 'medium', timeStyle: 'short' });
    return value.m ? `${value.m.amount} ${value.m.currency}` : textOf(value.o ? value.o : value);
  }

  // --- Forward and back, and at the end ---

  function turn(to) {
    page = to;
    draw();
    root.querySelector('h1').tabIndex = -1;
    root.querySelector('h1').focus();
    scrollTo(0, 0);
  }

  function forward() {
    const pages = filling.pages();
    const isLast = page === pages.at(-1);
    const problems = isLast ? filling.problems() : filling.problems(page);
    if (problems.length === 0) {
      if (isLast) send();
      else turn(pages.find((at) => at > page));
      return;
    }
    problems.forEach((problem) => problem.item && judged.add(problem.item));
    const [first] = problems;
    if (first.page !== undefined && first.page !== page) turn(first.page);
    refresh();
    const named = new Set(problems.map(({ item }) => item)).size;
    document.getElementById('summary').textContent = first.item ? say('wrong', named) : sentence(first);
    const place = document.querySelector(`#part-${CSS.escape(first.item ?? '')} :is(input, select, textarea, button)`);
    place?.focus();
  }

  async function send() {
    const [answer, id, at, channel] = [filling.submission(), drawId(), Date.now(), parameters.get('channel')];
    const code = encodeAnswer(form, answer, { id, at, channel });
    const when = new Date(at).toISOString();
    sentCode = { code, post: { form: form.id, edition: form.edition, title: label(form.label), submission: id, at: when, channel, ...answer, code } };
    await hand();
  }

  /** Posts the answer where there is an address for it; whatever comes of that, the answer stays here until it has arrived. */
  async function hand() {
    keep();
    if (sheet.post) {
      const button = root.querySelector('button[type="submit"], #retry');
      if (button) { button.disabled = true; button.textContent = say('sending'); }
      try {
        const response = await fetch(sheet.post, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(sentCode.post), signal: AbortSignal.timeout(30_000) });
        const words = wordsOf(await response.text());
        Object.assign(sentCode, { isSent: response.ok, hasFailed: !response.ok, said: response.ok || words ? words : `${response.status} ${response.statusText}`.trim() });
      } catch { Object.assign(sentCode, { hasFailed: true, said: '' }); }
    }
    keep();
    draw();
    document.getElementById('end').focus();
  }

  /** What a server said to people, in a sentence. */
  function wordsOf(text) {
    let words = text;
    try {
      const json = JSON.parse(text);
      words = [json?.message, json?.error, json?.detail, json].find((it) => typeof it === 'string') ?? '';
    } catch { /* words, then */ }
    return /^\s*</.test(words) ? '' : words.trim().slice(0, 300);
  }

  function ending() {
    const { code, isSent, hasFailed, said } = sentCode;
    const { ending: end = {} } = form;
    const file = sheet.files?.[end.file?.hash];
    const link = /^(https?:|mailto:|tel:)/.test(end.link?.address) && end.link;
    const copied = element('span', { role: 'status' });
    const copy = async () => {
      try { await navigator.clipboard.writeText(code); } catch { place.select(); document.execCommand('copy'); }
      copied.textContent = say('copied');
    };
    const save = () => {
      const link = element('a', { href: URL.createObjectURL(new Blob([`${code}\n`], { type: 'text/plain' })), download: `${form.id}-${code.slice(-6)}.answer.txt` });
      link.click();
    };
    const place = element('textarea', { readOnly: true, rows: 3, value: code, ariaLabel: say('code'), onfocus: (event) => event.target.select() });
    const mail = `mailto:${encodeURIComponent(sheet.mail ?? '').replace('%40', '@')}?subject=${encodeURIComponent(say('subject', label(form.label)))}&body=${encodeURIComponent(code)}`;
    const modules = qrCode(code);
    return [
      element('section', { className: 'end' },
        element('h2', { id: 'end', tabIndex: -1 }, isSent ? say('sent') : hasFailed ? say('unsent') : say('thanks')),
        said && element('p', { className: 'said' }, say('said', said)),
        hasFailed && !said && element('p', { className: 'said' }, say('silent')),
        hasFailed && element('p', {}, element('button', { type: 'button', id: 'retry', onclick: () => { hand(); } }, say('retry'))),
        // What is promised for an answer that has arrived is not said of one that is still here.
        isSent && end.text && markdown(label(end.text)),
        !isSent && element('h3', {}, say('hand')),
        !isSent && element('div', { className: 'ways' },
          element('a', { className: 'button primary', href: mail }, say('mail')),
          element('button', { type: 'button', onclick: save }, say('save')),
          element('button', { type: 'button', onclick: copy }, say('copy')), copied),
        !isSent && place,
        !isSent && modules && element('figure', {}, picture(modules, say('scan')), element('figcaption', {}, say('scan'))),
        file && element('p', {}, element('a', { href: file, download: end.file.name }, end.file.name)),
        link && element('p', {}, element('a', { href: link.address, rel: 'noopener' }, label(link.label))),
        element('footer', {},
          !isSent && element('button', { type: 'button', onclick: () => { sentCode = null; keep(); draw(); } }, say('change')),
          end.again && element('button', { type: 'button', onclick: () => { forget(); begin(); turn(page); } }, say('again')))),
    ];
  }

  function picture(modules, name) {
    const size = modules.length + 8;
    const path = modules.flatMap((row, y) => row.map((isDark, x) => (isDark ? `M${x + 4} ${y + 4}h1v1h-1z` : ''))).join('');
    const holder = element('div', { className: 'qr' });
    holder.innerHTML = `<svg viewBox="0 0 ${size} ${size}" role="img" shape-rendering="crispEdges"><rect width="${size}" height="${size}" fill="#fff"/><path d="${path}"/></svg>`;
    holder.firstChild.setAttribute('aria-label', name);
    return holder;
  }

  begin();
  recall();
  draw();
}

// --- Small things ---

/** A point in time as the browser's own control has it, in the clock of whoever fills it in. */
function localTime(value) {
  if (!value?.t) return '';
  const at = new Date(value.t);
  return new Date(at - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

const chosenTime = (kind, value) => (!value ? '' : kind === 'date' ? { d: value } : kind === 'instant' ? instantOf(value) : value);
const instantOf = (local) => (local ? { t: new Date(local).toISOString() } : null);

function element(name, properties, ...children) {
  const made = document.createElement(name);
  made.append(...children.filter((child) => child !== null && child !== undefined && child !== false && child !== ''));
  for (const [key, value] of Object.entries(properties)) {
    if (key === 'style' || key.includes('-')) made.setAttribute(key, value);
    else if (key === 'ariaDescribedby') made.setAttribute('aria-describedby', value);
    else if (value !== undefined) made[key] = value;
  }
  return made;
}

/** The Markdown that forms are written in: paragraphs, headings, lists, bold, italic and links. */
function markdown(text) {
  const holder = element('div', { className: 'prose' });
  const inline = (line) => line.split(/(\*\*[^*]+\*\*|\*[^*]+\*|\[[^\]]+\]\([^)\s]+\))/).map((part) => {
    if (part.startsWith('**')) return element('strong', {}, part.slice(2, -2));
    if (/^\*.+\*$/.test(part)) return element('em', {}, part.slice(1, -1));
    const link = /^\[([^\]]+)\]\(([^)\s]+)\)$/.exec(part);
    return link && /^(https?:|mailto:|tel:)/.test(link[2]) ? element('a', { href: link[2], rel: 'noopener' }, link[1]) : part;
  });
  for (const block of (text ?? '').split(/\n{2,}/).filter((it) => it.trim())) {
    const lines = block.split('\n');
    const listed = [['ul', /^\s*[-*] /], ['ol', /^\s*\d+[.)] /]].find(([, mark]) => lines.every((line) => mark.test(line)));
    if (listed) holder.append(element(listed[0], {}, ...lines.map((line) => element('li', {}, ...inline(line.replace(listed[1], ''))))));
    else if (/^#+ /.test(block)) holder.append(element('p', { className: 'name' }, ...inline(block.replace(/^#+ /, ''))));
    else holder.append(element('p', {}, ...lines.flatMap((line, at) => [at ? element('br', {}) : '', ...inline(line)])));
  }
  return holder;
}
