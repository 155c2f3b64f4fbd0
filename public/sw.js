// Keeps whole versions of the app for use without a network, and gives each page the files of the version that the page is of.
// A version is taken once every file of it has arrived and is what was published, byte by byte; until then the one before goes on.
'use strict';

const VERSION = 'none', FILES = {}; /* precache */

// Two copies of the app under two paths of one host share the cache storage.
const SCOPE = self.registration.scope;
const PREFIX = `perennial:${SCOPE}:`;
const nameOf = (version) => `${PREFIX}version:${version}`;
/** Which page is of which version, and which versions wait for their last page to close. */
const PAGES = `${PREFIX}pages`;
/** What was shared into the app and has not been taken up. */
const SHARED = `${PREFIX}shared`;
// Under its own name some hosts redirect, and a redirected answer cannot be shown as a page.
const PAGE = 'index.html';
const addressOf = (file) => new URL(file === PAGE ? './' : file, SCOPE).href;
// The hash is written without leading zeros, so it may be a digit or two short.
const HASHED = /-[0-9a-f]{8,16}(_bg)?\.\w+$/;

self.addEventListener('install', (event) => event.waitUntil(download()));

self.addEventListener('activate', (event) => event.waitUntil((async () => {
  const pages = await caches.open(PAGES);
  const former = (await caches.keys()).filter((name) => name.startsWith(nameOf('')) && name !== nameOf(VERSION));
  await pages.put(addressOf('former'), new Response(JSON.stringify(former)));
  await tidy();
})()));

self.addEventListener('message', (event) => {
  const { data, ports, source } = event;
  if (data?.type === 'activate') self.skipWaiting();
  if (data?.type === 'describe') ports[0]?.postMessage({ version: VERSION });
  if (data?.type === 'hello' && source?.id) {
    event.waitUntil((async () => {
      await remember(source.id, data.version);
      // A page that was there before any worker is looked after from now on, if this is the version that it is of.
      if (data.version === VERSION) await self.clients.claim();
      await tidy();
    })());
  }
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (!url.href.startsWith(SCOPE)) return;
  const file = decodeURIComponent(url.pathname.slice(new URL(SCOPE).pathname.length)) || PAGE;
  if (request.method === 'POST' && file === 'share') event.respondWith(takeShared(request));
  if (request.method !== 'GET') return;
  if (request.mode === 'navigate' && file === PAGE) event.respondWith(page(event));
  else if (request.mode !== 'navigate' || file in FILES) event.respondWith(part(event, file));
});

// --- Download ---

async function download() {
  const cache = await caches.open(nameOf(VERSION));
  const older = (await caches.keys()).filter((name) => name.startsWith(nameOf('')));
  await Promise.all(Object.entries(FILES).map(async ([file, hash]) => {
    const address = addressOf(file);
    // What has not changed since, or had arrived when the network went, need not come again.
    for (const name of older) {
      const kept = await (await caches.open(name)).match(address, { ignoreVary: true });
      if (kept && await hashOf(kept.clone()) === hash) return cache.put(address, kept);
    }
    return cache.put(address, plain(await published(file, hash)));
  }));
  // Somebody may have thrown it away meanwhile, the person or a version that was taken in between.
  const arrived = await (await caches.open(nameOf(VERSION))).keys();
  if (arrived.length < Object.keys(FILES).length) throw new Error('the files did not stay');
}

/** A file as it was published with this version, and no other. */
async function published(file, hash) {
  // Past the browser's own cache the second time: what lies there may be of another version.
  for (const cache of [HASHED.test(file) ? 'default' : 'no-cache', 'reload']) {
    try {
      const response = await fetch(new Request(addressOf(file), { cache, integrity: hash }));
      if (response.ok) return response;
    } catch { /* not what was published, or no network */ }
  }
  throw new Error(`${file} is not there as it was published`);
}

async function hashOf(response) {
  const digest = await crypto.subtle.digest('SHA-256', await response.arrayBuffer());
  return `sha256-${btoa(String.fromCharCode(...new Uint8Array(digest)))}`;
}

function plain(response) {
  return response.redirected ? new Response(response.body, { headers: response.headers }) : response;
}

// --- Answers ---

let hasAsked = false;

async function page({ request, resultingClientId }) {
  // Whoever reloads the only page wants the new version; with others open it is asked for, as they would have to follow.
  if (request.isReloadNavigation && registration.waiting && !hasAsked && (await windows()).length < 2) {
    hasAsked = true;
    registration.waiting.postMessage({ type: 'activate' });
    // The new one takes over between two loads. (An icon of nothing, or the browser would look for one.)
    const again = '<!doctype html><link rel="icon" href="data:,"><script>location.reload()</script>';
    return new Response(again, { headers: { 'content-type': 'text/html; charset=utf-8' } });
  }
  const kept = await keptFile(VERSION, PAGE);
  await remember(resultingClientId, kept ? VERSION : '');
  return kept ?? fetch(request);
}

async function part({ request, clientId }, file) {
  const version = (await pagesByClient()).get(clientId) ?? VERSION;
  const kept = await keptFile(version, file);
  if (kept) return kept;
  // A name with a hash in it means one file only. What the browser has thrown away comes again, if it is still the same.
  if (HASHED.test(file) || !(file in FILES) || version === '') return fetch(request);
  if (version === VERSION) return published(file, FILES[file]).catch(() => Response.error());
  return Response.error();
}

async function keptFile(version, file) {
  if (!version) return undefined;
  return (await caches.open(nameOf(version))).match(addressOf(file), { ignoreVary: true });
}

// --- Which page is of which version ---

let known = null;
/** The pages that were seen since this worker was started. */
const fresh = new Set();

function pagesByClient() {
  known ??= (async () => {
    const pages = await caches.open(PAGES);
    const found = new Map();
    for (const { url } of await pages.keys()) {
      const [, client] = url.split('page/');
      if (client) found.set(client, await (await pages.match(url)).text());
    }
    return found;
  })();
  return known;
}

// The browser stops a worker that has nothing to do, so this is written down.
async function remember(client, version) {
  if (!client) return;
  fresh.add(client);
  const byClient = await pagesByClient();
  if (byClient.get(client) === version) return;
  byClient.set(client, version);
  await (await caches.open(PAGES)).put(addressOf(`page/${client}`), new Response(version));
}

/** Forgets the pages that have closed, and throws away the former versions of which none is open any more. */
async function tidy() {
  const pages = await caches.open(PAGES);
  const byClient = await pagesByClient();
  const open = new Set((await windows()).map(({ id }) => id));
  // A page that is just being opened is not among the windows yet.
  for (const client of [...byClient.keys()].filter((id) => !open.has(id) && !fresh.has(id))) {
    byClient.delete(client);
    await pages.delete(addressOf(`page/${client}`));
  }
  const note = await pages.match(addressOf('former'));
  const former = note ? await note.json() : [];
  if (!former.length || registration.installing) return;
  const used = new Set([...byClient].filter(([client, version]) => open.has(client) && version).map(([, version]) => nameOf(version)));
  for (const name of former.filter((name) => !used.has(name))) await caches.delete(name);
  await pages.put(addressOf('former'), new Response(JSON.stringify(former.filter((name) => used.has(name)))));
}

function windows() {
  return self.clients.matchAll({ type: 'window', includeUncontrolled: true });
}

// --- What other programs share into the app ---

async function takeShared(request) {
  const form = await request.formData();
  const cache = await caches.open(SHARED);
  for (const old of await cache.keys()) await cache.delete(old);
  const files = form.getAll('files').filter((file) => typeof file !== 'string');
  await Promise.all(files.map((file, at) => cache.put(addressOf(`shared/${at}`), new Response(file))));
  const text = (name) => String(form.get(name) ?? '');
  const what = { title: text('title'), text: text('text'), url: text('url'), files: files.map(({ name, type }) => ({ name, type })) };
  await cache.put(addressOf('shared/what'), Response.json(what));
  return Response.redirect(`${SCOPE}#/shared`, 303);
}
