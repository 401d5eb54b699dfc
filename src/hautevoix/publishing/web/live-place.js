// A page that is renewed: where one was is found again by its words, or one is led to what is new.
const WAS = `${key}:was`;
const depart = () => {
  const shown = sentences.find((each) => each.element.getBoundingClientRect().top >= 60);
  const was = { place: markAt(time()), shown: shown && markAt(shown.start), playing: !audio.paused };
  globalThis.history.scrollRestoration = 'manual'; // where to scroll is told by the words
  try { sessionStorage.setItem(WAS, JSON.stringify(was)); } catch { /* it begins as any visit does */ }
};
const led = (row) => {
  const sentence = sentences.find((each) => each.element.id === `s${row}`);
  if (!sentence) return;
  jump(sentence.start);
  goTo(sentence.element);
};
// What plays goes on with the sentence it was in; else what is new comes into sight, ready to play.
const arrive = (changed) => {
  for (const row of changed) byId(`s${row}`)?.classList.add('new');
  let was = null;
  try { was = JSON.parse(sessionStorage.getItem(WAS)); sessionStorage.removeItem(WAS); } catch { /* none */ }
  if (!was) return;
  const place = located({ ...was.place, into: 0 });
  const start = sentences[sentenceAt(place)]?.start ?? 0;
  resumed = null;
  if (was.playing) {
    seek(start);
    goTo(sentences[sentenceAt(start)].element);
    play();
  } else if (changed.length) led(changed[0]);
  else {
    seek(place);
    if (was.shown) goTo(sentences[sentenceAt(located(was.shown))].element);
  }
};
