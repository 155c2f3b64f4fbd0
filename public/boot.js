// Before the app: language and theme without a flash. Beside it: the service worker, installing, and what is shared into the app.
// Without Rust, so that it works while wasm loads.
(() => {
  'use strict';
  const read = (key) => { try { return localStorage.getItem(key); } catch { return null; } };
  const root = document.documentElement;
  const say = (name, detail) => dispatchEvent(new CustomEvent(`perennial:${name}`, { detail, cancelable: true }));

  const language = read('perennial.language') ?? (/^zh\b/i.test(navigator.language) ? 'zh-CN' : 'en');
  root.lang = language;
  const theme = read('perennial.theme');
  if (theme === 'light' || theme === 'dark') root.dataset.theme = theme;

  addEventListener('DOMContentLoaded', () => {
    if (language !== 'zh-CN') return;
    const words = document.querySelector('#splash p');
    if (words) { words.lang = language; words.textContent = '正在打开工作区…'; }
    const manifest = document.querySelector('link[rel="manifest"]');
    if (manifest) manifest.href = 'manifest.zh-CN.webmanifest';
  });
  // The app says `perennial:ready` once it has mounted; content in #app hides the splash as well.
  addEventListener('perennial:ready', () => document.getElementById('splash')?.remove(), { once: true });

  // What reads codes from pictures and cameras is fetched when it is first wanted.
  addEventListener('perennial:scan', ({ detail }) => {
    import('./scan/scan.js').then((scan) => scan.start(detail)).catch(() => detail.failed('missing'));
  });

  const isServed = location.protocol === 'https:' || location.protocol === 'http:';
  const isWanted = !new URLSearchParams(location.search).has('no-sw');
  if (isServed && isWanted && 'serviceWorker' in navigator) {
    addEventListener('load', () => { keepOffline().catch(() => {}); });
    // A page that the browser had put aside is brought back as it was.
    navigator.serviceWorker.addEventListener('controllerchange', () => { follow().catch(() => {}); });
  }

  // --- The offline copy and its updates ---

  // What the app reads from `data-update`: a new version is `ready` to be taken, or this page `waits` to follow the others.
  function announce(update) {
    root.dataset.update = update;
    say('update', update);
  }

  async function keepOffline() {
    const registration = await navigator.serviceWorker.register('sw.js');
    const settle = async () => {
      const { active, waiting } = registration;
      // A page that came from the network past the worker may be the new version already: then it is not asked about.
      if (waiting && await versionOf(waiting) === root.dataset.version) waiting.postMessage({ type: 'activate' });
      else if (waiting && active) announce('ready');
      else if (active) await follow(active);
    };
    let patience = 60_000;
    registration.addEventListener('updatefound', () => {
      const { installing } = registration;
      installing?.addEventListener('statechange', () => {
        settle();
        // It went wrong on the way: the network was gone, or the new version was not all there yet.
        if (installing.state === 'redundant' && registration.waiting === null && registration.active !== installing) {
          setTimeout(look, patience);
          patience = Math.min(patience * 2, 3_600_000);
        }
      });
    });
    await settle();

    // The app stays open for days, and the browser looks for a new version only when a page is opened.
    let looked = Date.now();
    function look() {
      looked = Date.now();
      registration.update().catch(() => {});
    }
    const isLate = () => Date.now() - looked > 1_800_000;
    addEventListener('online', look);
    document.addEventListener('visibilitychange', () => { if (document.visibilityState === 'visible' && isLate()) look(); });
    setInterval(() => { if (isLate()) look(); }, 600_000);

    // The app's answer, when the person agrees.
    addEventListener('perennial:update-apply', () => {
      if (registration.waiting) registration.waiting.postMessage({ type: 'activate' });
      else leave();
    });
  }

  // A worker of another version has taken over, asked for here or in another tab.
  async function follow(worker = navigator.serviceWorker.controller) {
    if (!worker) return;
    const { version } = root.dataset;
    worker.postMessage({ type: 'hello', version });
    if (await versionOf(worker) === version) return;
    // The first visit, and a new version was published between the page and its worker: nobody has asked yet.
    if (navigator.serviceWorker.controller) leave();
    else announce('ready');
  }

  let isLeaving = false;
  function leave() {
    if (isLeaving) return;
    isLeaving = true;
    const go = () => {
      // The app keeps what is typed, and says no as long as something is open that it cannot keep.
      if (say('leave')) { location.reload(); return; }
      if (root.dataset.update !== 'waits') announce('waits');
      setTimeout(go, 500);
    };
    go();
  }

  function versionOf(worker) {
    return new Promise((resolve) => {
      const channel = new MessageChannel();
      channel.port1.onmessage = ({ data }) => resolve(data.version);
      worker.postMessage({ type: 'describe' }, [channel.port2]);
    });
  }

  // --- Installing ---

  // What the app reads from `data-install`: `done`, `ready` to be offered, or `ios`, where only the person can do it.
  let offer = null;
  if (matchMedia('(display-mode: standalone)').matches || navigator.standalone) root.dataset.install = 'done';
  else if (/iP(hone|ad|od)/.test(navigator.userAgent) || (/Macintosh/.test(navigator.userAgent) && navigator.maxTouchPoints > 1)) {
    root.dataset.install = 'ios';
  }
  addEventListener('beforeinstallprompt', (event) => {
    // The app has a place for it, in its settings, where it comes when it is wanted.
    event.preventDefault();
    offer = event;
    root.dataset.install = 'ready';
    say('install-change');
  });
  addEventListener('appinstalled', () => {
    offer = null;
    root.dataset.install = 'done';
    navigator.storage?.persist?.().catch(() => {});
    say('install-change');
  });
  addEventListener('perennial:install', async () => {
    await offer?.prompt();
    offer = null;
    if (root.dataset.install === 'ready') delete root.dataset.install;
    say('install-change');
  });

  // --- What is shared into the app, or opened with it ---

  const SHARED = () => `perennial:${new URL('./', document.baseURI).href}:shared`;
  let isMounted = false;
  addEventListener('perennial:ready', () => { isMounted = true; hand().catch(() => {}); }, { once: true });
  addEventListener('hashchange', () => { if (isMounted) hand().catch(() => {}); });
  addEventListener('perennial:shared-taken', () => { if (globalThis.caches) caches.delete(SHARED()); });

  async function hand() {
    if (location.hash !== '#/shared' || !globalThis.caches || !await caches.has(SHARED())) return;
    const cache = await caches.open(SHARED());
    const found = (name) => cache.match(new URL(`shared/${name}`, document.baseURI).href);
    const what = await (await found('what'))?.json();
    if (!what) return;
    what.files = await Promise.all(what.files.map(async ({ name, type }, at) => new File([await (await found(at)).blob()], name, { type })));
    say('shared', what);
  }

  globalThis.launchQueue?.setConsumer(async ({ files = [] }) => {
    if (!files.length) return;
    const held = await Promise.all(files.map((handle) => handle.getFile()));
    const cache = await caches.open(SHARED());
    const put = (name, content) => cache.put(new URL(`shared/${name}`, document.baseURI).href, new Response(content));
    await Promise.all(held.map((file, at) => put(at, file)));
    await put('what', JSON.stringify({ title: '', text: '', url: '', files: held.map(({ name, type }) => ({ name, type })) }));
    if (location.hash === '#/shared') hand();
    else location.hash = '#/shared';
  });
})();
