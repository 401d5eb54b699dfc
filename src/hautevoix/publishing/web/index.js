// The shelf: where each book was left, and the way from one book to the next.
'use strict';
(() => {
  const books = [...document.querySelectorAll('.books [data-id]')];
  const after = /^#apres-(.+)$/.exec(location.hash);
  if (after) { // a book's end leads here: the shelf knows what follows it, whenever it was published
    const at = books.findIndex((each) => each.dataset.folder === after[1]);
    const next = at >= 0 && books[at + 1]?.querySelector('a');
    if (next) { location.replace(next.href); return; }
  }
  const clock = (seconds) => {
    const minutes = Math.floor(seconds / 60);
    const pad = (value) => String(value).padStart(2, '0');
    return minutes < 60 ? `${minutes}:${pad(Math.floor(seconds % 60))}` : `${Math.floor(minutes / 60)}:${pad(minutes % 60)}:${pad(Math.floor(seconds % 60))}`;
  };
  for (const book of books) {
    let kept = null;
    try { kept = JSON.parse(localStorage.getItem(`hautevoix:${book.dataset.id}`)); } catch { /* none */ }
    const place = kept?.place?.time ?? kept?.time;
    const duration = Number(book.dataset.duration);
    if (!(place > 5) || place > duration - 5) continue;
    const link = document.createElement('a');
    link.className = 'resume';
    link.href = book.querySelector('a').href;
    link.textContent = `Reprendre à ${clock(place)}`;
    link.setAttribute('aria-label', `Reprendre à ${clock(place)} : ${book.querySelector('.name').textContent}`);
    const bar = document.createElement('progress');
    bar.max = duration;
    bar.value = place;
    bar.setAttribute('aria-hidden', 'true');
    link.append(bar);
    book.append(link);
  }
  if (/^https?:$/.test(location.protocol) && 'serviceWorker' in navigator) {
    navigator.serviceWorker.register('sw.js').catch(() => { /* the page does without */ });
    const manifest = document.createElement('link');
    manifest.rel = 'manifest';
    manifest.href = 'manifest.webmanifest';
    document.head.append(manifest);
  }
})();
