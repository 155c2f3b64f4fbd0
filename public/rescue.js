// What a person sees when the app cannot start or has panicked. After a panic no Rust may run, so this uses none of it.
(() => {
  'use strict';
  const DATABASE = 'perennial';
  const BATCH = 100;

  const WORDS = {
    en: {
      title: 'Something went wrong, your data is safe',
      body: 'Perennial stopped because of a fault of its own. What was marked “Saved” is kept in this browser. Reload to go on; if that does not help, save a rescue export first.',
      reload: 'Reload', copy: 'Copy details', export: 'Rescue export', details: 'Details',
      copied: 'Details copied.', notCopied: 'The browser did not allow copying. The details are selected: copy them by hand.',
      reading: 'Reading the database…',
      exported: (count, size) => `Entries exported: ${count} (${size}). Keep the file: it holds everything.`,
      partly: (count, size, bad) => `Entries exported: ${count} (${size}). Not readable: ${bad}; the file names them.`,
      empty: 'There is no database in this browser yet, so there is nothing to export.',
      failed: 'The database could not be read',
    },
    'zh-CN': {
      title: '出了点问题，您的数据是安全的',
      body: '程序因自身故障停止运行。标为“已保存”的内容都保留在此浏览器中。请重新加载后继续；如果仍有问题，请先保存一份应急导出。',
      reload: '重新加载', copy: '复制详情', export: '应急导出', details: '详情',
      copied: '详情已复制。', notCopied: '浏览器不允许复制。详情已选中，请手动复制。',
      reading: '正在读取数据库…',
      exported: (count, size) => `已导出 ${count} 条，${size}。请妥善保存该文件，其中包含全部数据。`,
      partly: (count, size, bad) => `已导出 ${count} 条，${size}；有 ${bad} 条无法读取，已在文件中注明。`,
      empty: '此浏览器中还没有数据库，没有可导出的内容。',
      failed: '无法读取数据库',
    },
  };

  const STYLE = `
    #rescue { color-scheme: light dark; box-sizing: border-box; width: min(560px, calc(100vw - 32px)); max-height: calc(100vh - 32px);
      margin: auto; padding: 24px; overflow: auto; border: 1px solid light-dark(#d5dad7, #3b443f); border-radius: 10px;
      color: light-dark(#1b211e, #e8ece9); background: light-dark(#fff, #1b211e);
      font: 14px/1.55 system-ui, "PingFang SC", "Microsoft YaHei", "Noto Sans SC", sans-serif; }
    :root[data-theme="light"] #rescue { color-scheme: light; }
    :root[data-theme="dark"] #rescue { color-scheme: dark; }
    #rescue::backdrop { background: rgb(0 0 0 / 0.5); }
    #rescue h2 { margin: 0 0 8px; font-size: 20px; line-height: 1.3; }
    #rescue p { margin: 0 0 16px; }
    #rescue div { display: flex; flex-wrap: wrap; gap: 8px; margin-bottom: 12px; }
    #rescue button { min-height: 44px; padding: 0 16px; border: 1px solid light-dark(#79857f, #7d8983); border-radius: 6px;
      font: inherit; color: inherit; background: transparent; cursor: pointer; }
    #rescue button:first-child { border-color: transparent; color: #fff; background: #24694b; }
    #rescue :focus-visible { outline: 2px solid light-dark(#24694b, #7fd0a9); outline-offset: 2px; }
    #rescue summary { padding: 4px 0; cursor: pointer; }
    #rescue pre { max-height: 200px; margin: 4px 0 0; padding: 8px; overflow: auto; border-radius: 6px; white-space: pre-wrap;
      overflow-wrap: anywhere; font: 12px/1.5 ui-monospace, monospace; background: light-dark(#f1f4f2, #262e2a); }
    #rescue output { display: block; min-height: 1.5em; }`;

  // The app dispatches `new CustomEvent('perennial:panic', { detail: message })` from its panic hook.
  addEventListener('perennial:panic', (event) => show(text(event.detail) || 'panic', 'panic'));
  addEventListener('unhandledrejection', (event) => judge(event.reason));
  addEventListener('error', (event) => {
    if (event instanceof ErrorEvent) return judge(event.error ?? event.message);
    // A file that did not arrive: only the capture phase sees these.
    const missing = event.target.src ?? event.target.href;
    const matters = event.target.matches?.('script, link[rel="stylesheet"], link[rel="modulepreload"], link[rel="preload"]');
    if (matters && isStarting()) show(`Could not load ${missing}`, 'load');
  }, true);
  // Asked for by the app itself, when it cannot open the workspace.
  addEventListener('perennial:rescue', () => show('asked for by the app', 'asked'));
  // By hand, when the app starts but cannot be used.
  addEventListener('DOMContentLoaded', () => { if (new URLSearchParams(location.search).has('rescue')) show('?rescue', 'asked'); });

  function judge(error) {
    if (error instanceof WebAssembly.RuntimeError) show(text(error), 'panic');
    else if (isStarting()) show(text(error), 'load');
  }

  function isStarting() {
    const splash = document.getElementById('splash');
    return document.readyState === 'loading' || Boolean(splash?.getClientRects().length);
  }

  function text(error) {
    if (error == null) return '';
    if (!(error instanceof Error)) return String(error.message ?? error);
    const head = `${error.name}: ${error.message}`;
    // Chromium's stack starts with the message, other browsers' do not.
    return error.stack?.startsWith(head) ? error.stack : `${head}\n${error.stack ?? ''}`;
  }

  function show(reason, kind) {
    if (!document.body) { addEventListener('DOMContentLoaded', () => show(reason, kind), { once: true }); return; }
    const shown = document.querySelector('#rescue pre');
    if (shown) { shown.textContent += `\n${reason}`; return; }

    const language = chosenLanguage();
    const words = WORDS[language];
    const details = [reason, '', `kind: ${kind}`, `page: ${location.href}`, `time: ${new Date().toISOString()}`,
      `browser: ${navigator.userAgent}`].join('\n');

    const status = element('output', { role: 'status' });
    const pre = element('pre', { tabIndex: 0 }, details);
    pre.setAttribute('aria-label', words.details);
    const fold = element('details', {}, element('summary', {}, words.details), pre);
    const reload = button(words.reload, () => startAgain(kind));
    const dialog = element('dialog', { id: 'rescue', lang: language, role: 'alertdialog' },
      element('style', {}, STYLE),
      element('h2', { id: 'rescue-title' }, words.title),
      element('p', { id: 'rescue-body' }, words.body),
      element('div', {}, reload,
        button(words.export, (event) => rescue(words, status, event.currentTarget)),
        button(words.copy, () => copy(words, status, pre, fold))),
      status, fold);
    dialog.setAttribute('closedby', 'none');
    dialog.setAttribute('aria-labelledby', 'rescue-title');
    dialog.setAttribute('aria-describedby', 'rescue-body');
    dialog.addEventListener('cancel', (event) => event.preventDefault());
    document.body.append(dialog);
    dialog.showModal();
    reload.focus();
  }

  function chosenLanguage() {
    let chosen = null;
    try { chosen = localStorage.getItem('perennial.language'); } catch { /* blocked: fall back to the browser's */ }
    return /^zh/i.test(chosen ?? navigator.language) ? 'zh-CN' : 'en';
  }

  function element(name, properties, ...children) {
    const made = Object.assign(document.createElement(name), properties);
    made.append(...children);
    return made;
  }

  function button(label, onclick) {
    return element('button', { type: 'button', onclick }, label);
  }

  async function startAgain(kind) {
    // A damaged file in the offline copy would fail again for ever; without a network that copy is all there is.
    if (kind === 'load' && navigator.onLine) {
      try {
        const registration = await navigator.serviceWorker?.getRegistration();
        for (const name of registration ? await caches.keys() : []) {
          if (name.startsWith(`perennial:${registration.scope}:`)) await caches.delete(name);
        }
        await registration?.unregister();
      } catch { /* reload all the same */ }
    }
    location.reload();
  }

  async function copy(words, status, pre, fold) {
    try {
      await navigator.clipboard.writeText(pre.textContent);
      status.textContent = words.copied;
    } catch {
      fold.open = true;
      getSelection()?.selectAllChildren(pre);
      status.textContent = words.notCopied;
    }
  }

  async function rescue(words, status, pressed) {
    pressed.disabled = true;
    status.textContent = words.reading;
    try {
      const { blob, count, bad } = await readAll();
      const link = element('a', { href: URL.createObjectURL(blob), download: `perennial-rescue-${localDate()}.json` });
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
      const size = blob.size < 1e6 ? `${Math.ceil(blob.size / 1e3)} KB` : `${(blob.size / 1e6).toFixed(1)} MB`;
      status.textContent = bad ? words.partly(count, size, bad) : words.exported(count, size);
    } catch (error) {
      status.textContent = error === EMPTY ? words.empty : `${words.failed}: ${text(error)}`;
    }
    pressed.disabled = false;
    pressed.focus();
  }

  function localDate() {
    const now = new Date();
    return [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, '0')).join('-');
  }

  // One JSON document, in pieces: a whole database may not fit into one string.
  async function readAll() {
    const database = await open();
    const head = { kind: 'perennial-rescue', format: 1, taken: new Date().toISOString(), page: location.href,
      database: { name: database.name, version: database.version }, settings: settings() };
    const parts = [JSON.stringify(head).slice(0, -1), ',"stores":{'];
    let count = 0;
    let bad = 0;
    for (const [index, name] of [...database.objectStoreNames].entries()) {
      const store = database.transaction(name).objectStore(name);
      const shape = { keyPath: store.keyPath, autoIncrement: store.autoIncrement };
      const keys = await answer(store.getAllKeys());
      parts.push(`${index ? ',' : ''}\n${JSON.stringify(name)}:${JSON.stringify(shape).slice(0, -1)},"entries":[`);
      for (let from = 0; from < keys.length; from += BATCH) {
        const entries = await readBatch(database, name, keys.slice(from, from + BATCH));
        for (const [offset, entry] of entries.entries()) {
          if ('error' in entry) bad += 1; else count += 1;
          parts.push(`${from + offset ? ',' : ''}\n${JSON.stringify(await plain(entry))}`);
        }
      }
      parts.push(']}');
    }
    parts.push('\n}}\n');
    database.close();
    return { blob: new Blob(parts, { type: 'application/json' }), count, bad };
  }

  const EMPTY = new Error('no database');

  function open() {
    if (!globalThis.indexedDB) return Promise.reject(EMPTY);
    return new Promise((resolve, reject) => {
      const request = indexedDB.open(DATABASE);
      let isNew = false;
      // Opening what is not there would make an empty one.
      request.onupgradeneeded = () => { isNew = true; request.transaction.abort(); };
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(isNew ? EMPTY : request.error);
    });
  }

  // By key, not by cursor: one damaged value must not end the reading of the rest.
  function readBatch(database, name, keys) {
    const store = database.transaction(name).objectStore(name);
    return Promise.all(keys.map((key) => answer(store.get(key)).then((value) => ({ key, value }), (error) => ({ key, error: text(error) }))));
  }

  function answer(request) {
    return new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = (event) => { event.preventDefault(); event.stopPropagation(); reject(request.error); };
    });
  }

  function settings() {
    try {
      return Object.fromEntries(Object.entries(localStorage).filter(([key]) => key.startsWith('perennial.')));
    } catch {
      return {};
    }
  }

  // What JSON cannot hold is kept under a key that starts with `$`.
  async function plain(value) {
    if (value instanceof Blob) return { $file: base64(await value.arrayBuffer()), name: value.name, type: value.type };
    if (value instanceof ArrayBuffer || ArrayBuffer.isView(value)) return { $bytes: base64(value) };
    if (value instanceof Date) return { $date: Number.isNaN(value.getTime()) ? null : value.toISOString() };
    if (value instanceof Map) return { $map: await plain([...value]) };
    if (value instanceof Set) return { $set: await plain([...value]) };
    if (typeof value === 'bigint') return { $integer: String(value) };
    if (typeof value === 'number' && !Number.isFinite(value)) return { $number: String(value) };
    if (Array.isArray(value)) return Promise.all(value.map(plain));
    if (value === null || typeof value !== 'object') return value;
    const copied = {};
    for (const [key, inner] of Object.entries(value)) copied[key] = await plain(inner);
    return copied;
  }

  function base64(bytes) {
    const view = ArrayBuffer.isView(bytes) ? new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength) : new Uint8Array(bytes);
    let binary = '';
    // In slices: a call takes only so many arguments.
    for (let from = 0; from < view.length; from += 0x8000) binary += String.fromCharCode(...view.subarray(from, from + 0x8000));
    return btoa(binary);
  }
})();
