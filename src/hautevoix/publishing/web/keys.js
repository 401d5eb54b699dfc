// Clicks and keys. What has keys of its own (a field, a focused button) keeps them.
let pointed = null; // the sentence under the pointer
let byPointer = false; // the last thing done was done by a pointer

const startAt = (element) => { jump(number(element, 't')); play(); };
// The sentence under the pointer, else where the text cursor is, else the first in sight.
const startHere = () => {
  const cursor = getSelection().anchorNode?.parentElement?.closest('.s[data-t]');
  const seen = () => sentences.find(({ element }) => element.getBoundingClientRect().bottom > 60)?.element;
  const element = pointed || cursor || seen();
  if (element) startAt(element);
};
document.addEventListener('pointerover', (event) => { pointed = event.target.closest('.s[data-t]'); });
document.addEventListener('pointerdown', () => { byPointer = true; }, true);
document.addEventListener('keydown', () => { byPointer = false; }, true);

document.addEventListener('click', (event) => {
  const call = event.target.closest('a.call');
  if (call) { if (openNote(call)) event.preventDefault(); return; }
  const chapter = chapters.find((each) => each.entry && each.entry === event.target.closest('.contents a'));
  if (chapter) { // its address would lead there again at each reload
    event.preventDefault();
    jump(chapter.start);
    goTo(chapter.element.querySelector('.s') || chapter.element);
    return;
  }
  const button = event.target.closest('.player button');
  if (button && event.detail) button.blur(); // after a click, Space is the player's again
  const sentence = event.target.closest('.s[data-t]');
  if (!sentence || event.target.closest('a, button') || !getSelection().isCollapsed) return;
  startAt(sentence);
});
document.addEventListener('change', (event) => {
  if (byPointer && event.target.matches('.player select')) event.target.blur();
});

const ACTS = {
  ' ': toggle, k: toggle, n: () => byChapter(1), p: () => byChapter(-1), f: () => setFollow(!follow),
  '<': () => faster(-1), '>': () => faster(1), '?': () => byId('keys').showModal(),
  enter: startHere, e: startHere, b: bookmark, '/': () => openTools('search'), r: () => byId('return').click(),
  arrowleft: (event) => (event.shiftKey ? bySentence(-1) : jump(time() - 10)),
  arrowright: (event) => (event.shiftKey ? bySentence(1) : jump(time() + 10)),
  j: () => jump(time() - 30), l: () => jump(time() + 30),
};
// A bar's own steps are tenths of a second: an arrow on it is ten.
const onBar = (bar, event) => {
  if (!/^arrow/i.test(event.key) || !['seek', 'seek-chapter'].includes(bar?.id)) return false;
  jump(time() + (/left|down/i.test(event.key) ? -10 : 10));
  return true;
};
document.addEventListener('keydown', (event) => {
  if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey) return;
  const at = event.target.closest('input, select, textarea, button, a, dialog, audio');
  if (event.key === 'Escape' && card) { closeNote(); return; }
  if (onBar(at, event)) { event.preventDefault(); return; }
  if (at && (at.matches('input, select, textarea, dialog, audio') || at.closest('dialog') || event.key === ' ' || event.key === 'Enter')) return;
  const act = ACTS[event.key.toLowerCase()];
  if (act && !(event.repeat && /^[ k]$/i.test(event.key))) { event.preventDefault(); act(event); }
});
const unfollow = () => { if (follow && !audio.paused) setFollow(false); };
addEventListener('wheel', unfollow, { passive: true });
addEventListener('touchmove', (event) => { if (!event.target.closest('.player')) unfollow(); }, { passive: true });

for (const [id, act] of Object.entries({
  play: toggle, previous: () => byChapter(-1), next: () => byChapter(1),
  back: () => jump(time() - 10), forward: () => jump(time() + 10),
  'back-30': () => jump(time() - 30), 'forward-30': () => jump(time() + 30), follow: () => setFollow(!follow),
})) byId(id).addEventListener('click', act);
byId('rate').append(...RATES.map((rate) => new Option(`${String(rate).replace('.', ',')}×`, String(rate), rate === 1, rate === 1)));
byId('rate').addEventListener('change', (event) => setRate(Number(event.target.value)));
byId('sleep').addEventListener('change', (event) => setSleep(event.target.value));
for (const [id, from] of [['seek', () => 0], ['seek-chapter', () => chapters[chapterAt(time())]?.start || 0]]) {
  let start = null; // the chapter in which the dragging began
  byId(id).addEventListener('input', (event) => {
    start ??= from();
    event.target.dataset.dragged = '1';
    jump(start + Math.min(Number(event.target.value), event.target.max - 0.1));
  });
  byId(id).addEventListener('change', (event) => { delete event.target.dataset.dragged; start = null; });
}
byId('return').addEventListener('click', (event) => {
  const there = Number(event.target.dataset.time);
  if (byId('return').hidden) return;
  jump(there);
  goTo(sentences[sentenceAt(there)].element);
});
