// Keeps pages and pictures as they are seen, and answers for sound from the blocks that were kept.
'use strict';
const PAGES = 'hautevoix-pages';
const SOUND = 'hautevoix-sound';
const BLOCK = 1 << 20;

self.addEventListener('install', () => self.skipWaiting());
self.addEventListener('activate', (event) => event.waitUntil((async () => {
  await self.clients.claim();
  const cache = await caches.open(PAGES);
  // The shelf, and the pages that are open, which were loaded before there was a worker.
  const open = (await self.clients.matchAll({ type: 'window', includeUncontrolled: true })).map((client) => client.url.split('#')[0]);
  for (const url of new Set(['index.html', ...open])) await cache.add(url).catch(() => { /* when it is seen */ });
})()));

// The network's answer, kept for later; without a network, what was kept.
const page = async (request) => {
  const cache = await caches.open(PAGES);
  try {
    const answer = await fetch(request);
    if (answer.ok) await cache.put(request.url.split('#')[0], answer.clone());
    return answer;
  } catch (error) {
    const known = await cache.match(request.url.split('#')[0], { ignoreSearch: true });
    if (known) return known;
    throw error;
  }
};
// Bytes from where the request begins to the end of their block; players ask for the rest.
const sound = async (request) => {
  const asked = /^bytes=(\d+)-(\d*)$/.exec(request.headers.get('range') || 'bytes=0-');
  if (!asked) return fetch(request);
  const first = Number(asked[1]);
  const at = Math.floor(first / BLOCK);
  const cache = await caches.open(SOUND);
  const known = await cache.match(`${request.url.split('#')[0]}?block=${at}`);
  if (!known) return fetch(request);
  const bytes = await known.arrayBuffer();
  const total = await totalOf(cache, request.url.split('#')[0]);
  const last = Math.min(asked[2] ? Number(asked[2]) : Infinity, at * BLOCK + bytes.byteLength - 1);
  if (!total || last < first) return fetch(request);
  return new Response(bytes.slice(first - at * BLOCK, last + 1 - at * BLOCK), {
    status: 206,
    headers: {
      'Content-Type': 'audio/mpeg', 'Accept-Ranges': 'bytes', 'Content-Length': String(last - first + 1),
      'Content-Range': `bytes ${first}-${last}/${total}`,
    },
  });
};
// The whole file's length, which the page wrote beside its blocks.
const totalOf = async (cache, url) => {
  const known = await cache.match(`${url}?block=total`);
  return known ? Number(await known.text()) : 0;
};

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== location.origin || request.headers.has('X-Block')) return;
  if (url.pathname.endsWith('.mp3')) event.respondWith(sound(request));
  else if (request.mode === 'navigate' || /\.(?:html|jpg|png|svg|webmanifest)$/.test(url.pathname)) event.respondWith(page(request));
});
