// Where the listener is: kept only of what was heard, found again by words, never lost to a jump.
const key = `hautevoix:${facts.id}`;
const NEAR = 35; // seconds: a shorter way is one press of a button back
const MOST = 12; // places that the history holds
const EVERY = 2000; // milliseconds between two savings, so that a killed tab loses no more
const REWIND = 40; // seconds that a return goes back, at the most
let unkept = {}; // what a browser that refuses to keep anything is told for this visit

// What was kept, read anew each time: another tab may have written since.
const recall = () => {
  try { return JSON.parse(localStorage.getItem(key)) || {}; } catch { return unkept; }
};
// Changes what is kept, leaving alone what another tab or an older page wrote beside it.
const keep = (change) => {
  const told = { ...recall(), ...change };
  unkept = told;
  try { localStorage.setItem(key, JSON.stringify(told)); } catch { /* this visit remembers */ }
};

// A moment with the words around it, so that another edition or voice finds it again.
const markAt = (time) => {
  const at = sentenceAt(time);
  const near = (step) => plain(wordsOf(sentences[at + step])).slice(0, 80);
  return {
    time, audio: audio.getAttribute('src'), when: Date.now(), part: duration ? time / duration : 0,
    words: near(0), before: near(-1), after: near(1), into: sentences[at] ? Math.max(0, time - sentences[at].start) : 0,
  };
};
let known = null;
// All sentences' plain words, made once and only where another edition's place is looked for.
const plainWords = () => { known ??= sentences.map((each) => plain(wordsOf(each)).slice(0, 80)); return known; };
// How many of two sentences' words are the same, from 0 to 1: one that was corrected is still it.
const likeness = (one, other) => {
  if (!one || !other) return 0;
  if (one === other || (one.length > 30 && other.startsWith(one))) return 1;
  const ours = new Set(one.split(' '));
  const theirs = new Set(other.split(' '));
  let same = 0;
  for (const word of ours) same += theirs.has(word);
  return same / Math.max(ours.size, theirs.size);
};
// Where a mark is in this edition, in seconds; what was looked for once is remembered.
const located = (mark) => {
  if (!mark || !Number.isFinite(mark.time)) return null;
  if (mark.audio === audio.getAttribute('src')) return mark.time;
  const name = `${mark.audio} ${mark.time}`;
  if (!found.has(name)) found.set(name, find(mark));
  return found.get(name);
};
const found = new Map();
// By its words and its neighbours', the nearest of several; by its part of the whole where none
// of the words are left.
const find = (mark) => {
  const part = Number.isFinite(mark.part) ? mark.part : mark.time / (duration || 1);
  const wanted = [mark.before, mark.words, mark.after].map((words) => plain(words || '').slice(0, 80));
  const words = plainWords();
  let best = null;
  let most = 0.6; // two neighbours, or most of the words themselves
  words.forEach((text, at) => {
    const score = 2 * likeness(wanted[1], text) ** 2 + 0.5 * (likeness(wanted[0], words[at - 1]) + likeness(wanted[2], words[at + 1]))
      - 0.3 * Math.abs(sentences[at].start / duration - part);
    if (score > most) { most = score; best = sentences[at]; }
  });
  if (best) return Math.min(best.start + (mark.into || 0), best.end);
  return Math.min(Math.max(0, part), 1) * duration;
};
// The place as it was kept, an older page's too, which told it without neighbours.
const kept = () => {
  const last = recall();
  if (last.place) return last.place;
  return last.time > 0 ? { time: last.time, audio: last.audio, when: last.when, words: last.words } : null;
};
const history = () => { const list = recall().history; return Array.isArray(list) ? list : []; };

let sounded = 0; // seconds heard since the last jump or saving
let last = null; // where the sound was when it was last looked at
let saved = 0;
let resumed = null; // a return's rewind: until it is passed, the place stays where it was
let linked = false; // an address led here: once it was heard, it is not to do so again

// A place is worth remembering once another one takes it over; twice the same is once.
const remembered = (mark, list) => {
  const there = located(mark);
  if (there === null || there < 5) return list;
  return [mark, ...list.filter((each) => Math.abs(located(each) - there) > NEAR)].slice(0, MOST);
};
// Writes where the sound was heard; a place that it jumped away from goes into the history.
const savePlace = (now) => {
  saved = Date.now();
  sounded = 0;
  const before = kept();
  const place = resumed && before ? { ...before, when: saved } : markAt(now);
  const from = located(before);
  const jumped = from !== null && !resumed && Math.abs(now - from) > NEAR;
  keep({
    place, heard: allHeard(), history: jumped ? remembered(before, history()) : history(),
    time: place.time, audio: place.audio, when: saved, // as an older page reads it
  });
  if (linked) { linked = false; forgetAddress(); }
  showReturns();
};
// Called as the sound goes on: counts what was heard, chapter by chapter, and saves now and then.
const hear = (now) => {
  const from = last;
  last = now;
  if (from === null || now <= from || aside()) return;
  sounded += now - from;
  countHeard(from, now);
  if (resumed && now >= resumed) resumed = null;
  if (sounded > 0.4 && Date.now() - saved >= EVERY) savePlace(now);
};
// The sound stops or the page goes: what was heard since is saved, what was not is not.
const settle = () => { if (sounded > 0.4 && last !== null && !aside()) savePlace(last); };
// The sound is about to be elsewhere; what comes is no continuation of what was heard.
const leave = () => { settle(); last = null; sounded = 0; };

// What was heard of each chapter, as parts of it: [[from, to], …], so that another voice keeps it.
const heard = new Map();
const joined = (spans) => {
  const done = [];
  for (const [from, to] of [...spans].sort((a, b) => a[0] - b[0])) {
    const before = done[done.length - 1];
    if (before && from <= before[1] + 0.002) before[1] = Math.max(before[1], to); else done.push([from, to]);
  }
  return done;
};
// Chapters' names are made once: of several with one title each has a number.
const nameChapters = () => {
  const counts = new Map();
  for (const chapter of chapters) {
    const count = counts.get(chapter.title) || 0;
    counts.set(chapter.title, count + 1);
    chapter.key = `${count} ${chapter.title}`;
  }
};
nameChapters();
// An older page kept one number a chapter, how far it had been heard.
const recallHeard = () => {
  const told = recall().heard;
  if (Array.isArray(told)) return new Map(chapters.map((each, at) => [each.key, told[at] > 0 ? [[0, told[at]]] : []]));
  return new Map(Object.entries(told || {}));
};
const countHeard = (from, to) => {
  const chapter = chapters[chapterAt(to)];
  if (!chapter) return;
  const part = (time) => Number((Math.max(0, time - chapter.start) / (chapter.end - chapter.start)).toFixed(5));
  heard.set(chapter.key, joined([...(heard.get(chapter.key) || []), [part(from), Math.min(1, part(to))]]));
};
// What this tab and all others heard.
const allHeard = () => {
  for (const [name, spans] of recallHeard()) {
    if (Array.isArray(spans)) heard.set(name, joined([...spans, ...(heard.get(name) || [])]));
  }
  return Object.fromEntries(heard);
};
// How much of a chapter was heard, from 0 to 1.
const heardOf = (chapter) => (heard.get(chapter.key) || []).reduce((sum, [from, to]) => sum + to - from, 0);

// Where one can go back to: the place that a jump left, then those of earlier jumps.
const returns = () => [kept(), ...history()].filter((mark) => {
  const there = located(mark);
  return there !== null && there > 5 && Math.abs(there - time()) > NEAR;
});
// « Revenir à 9:57 », wherever that is not where one is.
const showReturns = () => {
  const [mark] = interlude ? [] : returns();
  const button = byId('return');
  button.hidden = !mark;
  if (!mark) return;
  button.dataset.time = located(mark);
  button.textContent = `Revenir à ${clock(located(mark))}`;
  button.title = mark.words || '';
};
