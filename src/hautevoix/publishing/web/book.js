// What the page is made of: its sound, its sentences and chapters, and small helpers on them.
const byId = (id) => document.getElementById(id);
const audio = byId('audio');
const facts = document.body.dataset;
const number = (element, name) => Number(element.dataset[name]);
const sentences = [...document.querySelectorAll('.s[data-t]')]
  .map((element) => ({ element, start: number(element, 't'), end: number(element, 'e') }))
  .sort((a, b) => a.start - b.start);
const entries = new Map([...document.querySelectorAll('.contents a')].map((entry) => [entry.hash, entry]));
const chapters = [...document.querySelectorAll('.chapter[data-t]')].map((element) => ({
  element, start: number(element, 't'), end: number(element, 'e'), title: element.dataset.title,
  entry: entries.get(`#${element.id}`),
}));
const still = matchMedia('(prefers-reduced-motion: reduce)');

let duration = chapters.length ? chapters[chapters.length - 1].end : 0;

// Times as the table shows them; with hours wherever the book has one.
const clock = (seconds) => {
  const whole = Math.max(0, Math.floor(seconds));
  const pad = (value) => String(value).padStart(2, '0');
  const minutes = Math.floor(whole / 60);
  return duration >= 3600
    ? `${Math.floor(minutes / 60)}:${pad(minutes % 60)}:${pad(whole % 60)}`
    : `${minutes}:${pad(whole % 60)}`;
};
// Lengths in words: « 12 min », « 2 h 05 ».
const length = (seconds) => {
  const minutes = Math.round(seconds / 60);
  if (!minutes) return `${Math.max(0, Math.round(seconds))} s`;
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')}`;
};
// The last of a sorted list that has started by then; -1 before the first.
const lastBefore = (list, time) => {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (list[middle].start <= time) low = middle + 1; else high = middle;
  }
  return low - 1;
};
const chapterAt = (when) => Math.max(0, lastBefore(chapters, when));
const sentenceAt = (when) => Math.max(0, lastBefore(sentences, when + 0.05));
// A sentence's words without its notes' calls, which are numbers in the middle of it.
const wordsOf = (sentence) => {
  if (!sentence) return '';
  if (!sentence.element.querySelector('sup')) return sentence.element.textContent;
  const copy = sentence.element.cloneNode(true);
  for (const call of copy.querySelectorAll('sup')) call.remove();
  return copy.textContent;
};
// Letters and digits alone: an accent, a comma or a case corrected do not make another sentence.
const plain = (text) => text.normalize('NFD').toLowerCase().replace(/[^\p{L}\p{N}]+/gu, ' ').trim();

let hush = 0;
// A line that says what was done, to eyes and to screen readers, for a few seconds.
const say = (text) => {
  byId('status').textContent = text;
  clearTimeout(hush);
  hush = setTimeout(() => { byId('status').textContent = ''; }, 4000);
};
