// Keeps one whole version of the app for use without a network. Never keeps two: files of different versions do not fit together.
'use strict';

const VERSION = 'none', FILES = []; /* precache */

// Two copies of the app under two paths of one host share the cache storage.
const PREFIX = `perennial:${self.registration.scope}:`;
const CACHE = PREFIX + VERSION;
// Under its own name some hosts redirect, and a redirected answer cannot be shown as a page.
const PAGE = './';
// The hash is written without leading zeros, so it may be a digit or two short.
const HASHED = /-[0-9a-f]{8,16}(_bg)?\.\w+$/;

self.addEventListener('install', (event) => {
  event.waitUntil(caches.open(CACHE).then((cache) =>
    // Past the browser's own cache, or an old icon could end up in a new version.
    cache.addAll(FILES.map((file) =>
      new Request(file === 'index.html' ? PAGE : file, { cache: HASHED.test(file) ? 'default' : 'reload' })))));
});

self.addEventListener('activate', (event) => {
  event.waitUntil((async () => {
    for (const name of await caches.keys()) {
      if (name.startsWith(PREFIX) && name !== CACHE) await caches.delete(name);
    }
    await self.clients.claim();
  })());
});

self.addEventListener('message', ({ data, ports }) => {
  if (data?.type === 'activate') self.skipWaiting();
  if (data?.type === 'describe') ports[0]?.postMessage({ version: VERSION, files: FILES });
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || !url.href.startsWith(self.registration.scope)) return;
  event.respondWith(HASHED.test(url.pathname) ? cacheFirst(request) : networkFirst(request));
});

async function cacheFirst(request) {
  const cache = await caches.open(CACHE);
  return (await cache.match(request, { ignoreSearch: true, ignoreVary: true })) ?? fetch(request);
}

// What has no hash in its name must fit the page that asks for it, and the page comes from the network when there is one.
async function networkFirst(request) {
  const cache = await caches.open(CACHE);
  const isPage = request.mode === 'navigate';
  const kept = () => cache.match(isPage ? PAGE : request, { ignoreSearch: true, ignoreVary: true });
  try {
    const response = await withinSeconds(4, fetch(request), await kept());
    if (response.ok || response.type === 'opaqueredirect') return response;
    return (await kept()) ?? response;
  } catch (error) {
    const response = await kept();
    if (response) return response;
    throw error;
  }
}

// A network that neither answers nor fails, as in a lift or a customer's hall, counts as none.
function withinSeconds(seconds, answer, isKept) {
  if (!isKept) return answer;
  return Promise.race([answer, new Promise((_, reject) => setTimeout(() => reject(new Error('slow network')), seconds * 1000))]);
}
