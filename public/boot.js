// Before the app: language and theme without a flash. Beside it: the service worker. Without Rust, so that it works while wasm loads.
(() => {
  'use strict';
  const read = (key) => { try { return localStorage.getItem(key); } catch { return null; } };
  const root = document.documentElement;

  const language = read('perennial.language') ?? (/^zh\b/i.test(navigator.language) ? 'zh-CN' : 'en');
  root.lang = language;
  const theme = read('perennial.theme');
  if (theme === 'light' || theme === 'dark') root.dataset.theme = theme;

  addEventListener('DOMContentLoaded', () => {
    const words = document.querySelector('#splash p');
    if (words && language === 'zh-CN') { words.lang = language; words.textContent = '正在打开工作区…'; }
  });
  // The app says `perennial:ready` once it has mounted; content in #app hides the splash as well.
  addEventListener('perennial:ready', () => document.getElementById('splash')?.remove(), { once: true });

  const isServed = location.protocol === 'https:' || location.protocol === 'http:';
  const isWanted = !new URLSearchParams(location.search).has('no-sw');
  if (isServed && isWanted && 'serviceWorker' in navigator) addEventListener('load', () => { keepOffline().catch(() => {}); });

  async function keepOffline() {
    const registration = await navigator.serviceWorker.register('sw.js');
    const hadWorker = navigator.serviceWorker.controller !== null;

    // A page that came from the network is already the new version: then the waiting worker may take over unasked.
    const settle = async () => {
      const waiting = registration.waiting;
      if (!waiting || !hadWorker) return;
      if (await includesThisPage(waiting)) { waiting.postMessage({ type: 'activate' }); return; }
      dispatchEvent(new CustomEvent('perennial:update'));
    };
    registration.addEventListener('updatefound', () => {
      registration.installing?.addEventListener('statechange', settle);
    });
    await settle();

    // The app's answer to `perennial:update`, when the person agrees.
    addEventListener('perennial:update-apply', () => {
      navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true });
      registration.waiting?.postMessage({ type: 'activate' });
    });
  }

  function includesThisPage(worker) {
    const own = document.querySelector('link[rel="modulepreload"], link[rel="preload"][as="fetch"]')?.href;
    return new Promise((resolve) => {
      const channel = new MessageChannel();
      channel.port1.onmessage = ({ data }) => resolve(data.files.some((file) => new URL(file, document.baseURI).href === own));
      worker.postMessage({ type: 'describe' }, [channel.port2]);
    });
  }
})();
