// Without a network: the site's service worker keeps the page and the chapters that were chosen.
const served = /^https?:$/.test(location.protocol) && 'serviceWorker' in navigator && !facts.live;
const BLOCK = 1 << 20; // bytes: what the worker keeps at a time
const offlineCache = () => caches.open('hautevoix-sound');
const blockName = (at) => `${new URL(audio.getAttribute('src'), location.href).href}?block=${at}`;

// The blocks of the MP3 in which a stretch is: its bit rate is constant, so bytes go with time;
// the first, which tells what the file is, belongs to every stretch, and one more at each end.
const blocksOf = (start, end) => {
  const most = Math.ceil(number(document.body, 'bytes') / BLOCK);
  const block = (time) => Math.floor(time / duration * most);
  const from = Math.max(0, block(start) - 1);
  const to = Math.min(most - 1, block(end) + 1);
  return [...new Set([0, ...Array.from({ length: to - from + 1 }, (_, at) => from + at)])];
};
const fetchBlock = async (cache, at) => {
  if (await cache.match(blockName(at))) return;
  const range = `bytes=${at * BLOCK}-${Math.min((at + 1) * BLOCK, number(document.body, 'bytes')) - 1}`;
  const answer = await fetch(audio.getAttribute('src'), { headers: { Range: range, 'X-Block': String(at) } });
  if (answer.status !== 206) throw new Error('no ranges');
  await cache.put(blockName(at), new Response(await answer.arrayBuffer()));
};
const keepStretch = async (start, end, named) => {
  try {
    const cache = await offlineCache();
    const blocks = blocksOf(start, end);
    await cache.put(blockName('total'), new Response(facts.bytes));
    for (const [done, at] of blocks.entries()) {
      await fetchBlock(cache, at);
      byId('kept').textContent = `${Math.round((done + 1) / blocks.length * 100)} %`;
    }
    navigator.storage?.persist?.();
    byId('kept').textContent = `${named} : gardé sur cet appareil.`;
  } catch { byId('kept').textContent = 'N’a pas pu être gardé : réseau ou place manquent.'; }
};
// What of this book is kept, in words.
const showKept = async () => {
  byId('offline').hidden = !served;
  if (!served) return;
  const cache = await offlineCache();
  const own = (await cache.keys()).filter((request) => request.url.startsWith(blockName('')) && !request.url.endsWith('total'));
  byId('kept').textContent = own.length ? `${(own.length * BLOCK / 1e6).toFixed(0)} Mo gardés sur cet appareil.` : '';
  byId('forget').hidden = !own.length;
};
if (served) {
  navigator.serviceWorker.register('../sw.js').catch(() => { /* the page does without */ });
  const manifest = document.createElement('link');
  manifest.rel = 'manifest';
  manifest.href = '../manifest.webmanifest';
  document.head.append(manifest);
  byId('keep-chapter').addEventListener('click', () => {
    const chapter = chapters[chapterAt(time())];
    if (chapter) keepStretch(chapter.start, chapter.end, chapter.title).then(() => { byId('forget').hidden = false; });
  });
  byId('keep-book').addEventListener('click', () => keepStretch(0, duration, facts.title).then(() => { byId('forget').hidden = false; }));
  byId('forget').addEventListener('click', async () => {
    const cache = await offlineCache();
    for (const request of await cache.keys()) if (request.url.startsWith(blockName(''))) await cache.delete(request);
    showKept();
  });
}
