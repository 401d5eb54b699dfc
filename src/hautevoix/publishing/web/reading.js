// The text: the sentence and the word that are heard are lit, and kept in sight.
let lit = null;
let follow = true;

// Brings a sentence between the top and the player; moves nothing that is there already.
const reveal = (element, smooth = true) => {
  const box = element.getBoundingClientRect();
  const floor = innerHeight - byId('player').offsetHeight - 40;
  if (box.top >= 60 && box.bottom <= floor) return;
  scrollTo({
    top: scrollY + box.top - Math.max(60, (floor - box.height) / 3),
    behavior: still.matches || !smooth ? 'auto' : 'smooth',
  });
};
// A sentence far away: chapters on the way get their real height only as they come near.
const goTo = (element) => {
  element.scrollIntoView({ block: 'center', behavior: 'instant' });
  requestAnimationFrame(() => reveal(element, false));
};
const light = (now) => {
  const at = lastBefore(sentences, now + 0.02);
  const next = at >= 0 && now < sentences[at].end + 1.5 ? sentences[at] : null;
  if (next !== lit) {
    if (lit) lit.element.classList.remove('lit');
    lit = next;
    words = null;
    if (lit) {
      lit.element.classList.add('lit');
      if (follow && !audio.paused && !interlude) reveal(lit.element);
    }
  }
  lightWord(now);
};

let words = null; // of the lit sentence: where each starts in time, and its range in the text
let lightedWord = -1;
// The words of a sentence as ranges, with the twentieths of a second that its data-w tells.
const rangesOf = (sentence) => {
  const walker = document.createTreeWalker(sentence.element, NodeFilter.SHOW_TEXT, (node) =>
    (node.parentElement.closest('sup') ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT));
  const nodes = [];
  let text = '';
  while (walker.nextNode()) { nodes.push([text.length, walker.currentNode]); text += walker.currentNode.data; }
  const point = (place) => {
    let at = 0;
    while (at + 1 < nodes.length && nodes[at + 1][0] < place) at += 1;
    return [nodes[at][1], place - nodes[at][0]];
  };
  const times = sentence.element.dataset.w.match(/_*[0-9a-z-]/g) || [];
  let twentieths = 0;
  return [...text.matchAll(/\S+/g)].flatMap((run, at) => {
    if (!times[at] || times[at] === '-') return [];
    twentieths += 35 * (times[at].length - 1) + parseInt(times[at].at(-1), 36);
    const range = new Range();
    range.setStart(...point(run.index + 0.5).map((value, which) => (which ? Math.floor(value) : value)));
    range.setEnd(...point(run.index + run[0].length));
    return [{ start: sentence.start + twentieths / 20, range }];
  });
};
// The word that is heard, drawn by the browser's own highlights: the text stays as it is.
const lightWord = (now) => {
  if (!globalThis.CSS?.highlights) return;
  if (!lit || !lit.element.dataset.w) { CSS.highlights.delete('word'); words = null; return; }
  if (!words) { words = rangesOf(lit); lightedWord = -2; }
  const at = lastBefore(words, now + 0.02);
  if (at === lightedWord) return;
  lightedWord = at;
  if (at < 0) CSS.highlights.delete('word'); else CSS.highlights.set('word', new Highlight(words[at].range));
};

const setFollow = (on) => {
  follow = on;
  byId('follow').setAttribute('aria-pressed', String(on));
  if (on && lit) reveal(lit.element);
  keep({ follow });
};

let shownChapter = null;
// The table: which chapter is heard, how much of each was, and those heard to their end.
const paintChapters = () => {
  for (const each of chapters) {
    if (!each.entry) continue;
    const part = heardOf(each);
    each.entry.parentElement.classList.toggle('current', each === shownChapter);
    each.entry.parentElement.classList.toggle('done', part > 0.95);
    each.entry.style.setProperty('--heard', part.toFixed(3));
    if (each === shownChapter) each.entry.setAttribute('aria-current', 'true'); else each.entry.removeAttribute('aria-current');
  }
};
const setSlider = (slider, value, most, spoken) => {
  slider.max = most;
  if (document.activeElement !== slider || !slider.dataset.dragged) slider.value = value;
  slider.setAttribute('aria-valuetext', spoken);
};
// All that tells where one is: both bars, their times, the table, the light.
const show = () => {
  const now = time();
  const chapter = chapters[chapterAt(now)];
  const left = (end) => length(Math.max(0, end - now));
  byId('now').textContent = clock(now);
  byId('total').textContent = clock(duration);
  setSlider(byId('seek'), now, duration, `${clock(now)} sur ${clock(duration)}${chapter ? `, ${chapter.title}` : ''}`);
  byId('where').textContent = chapter ? chapter.title : '';
  if (chapter) {
    byId('left').textContent = `reste ${left(chapter.end)}`;
    setSlider(byId('seek-chapter'), now - chapter.start, chapter.end - chapter.start, `${chapter.title}, reste ${left(chapter.end)}`);
  }
  if (chapter !== shownChapter) { shownChapter = chapter; paintChapters(); }
  light(now);
};
