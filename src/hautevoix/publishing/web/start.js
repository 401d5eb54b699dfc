// How a visit begins: the sound's events, what was kept of the last visit, the address.
const WEEK = 7 * 24 * 3600e3;
const state = () => {
  byId('play').setAttribute('aria-label', audio.paused ? 'Lire' : 'Pause');
  document.body.classList.toggle('playing', !audio.paused);
  ticked = 0;
  if (audio.paused) return;
  alone();
  requestAnimationFrame(frame);
  if (follow && lit && !interlude) reveal(lit.element);
};
audio.addEventListener('loadedmetadata', () => {
  if (Number.isFinite(audio.duration)) duration = Math.max(duration, audio.duration);
  if (wanted !== null) { audio.currentTime = wanted; wanted = null; }
  show();
});
audio.addEventListener('play', state);
audio.addEventListener('pause', () => { state(); settle(); });
audio.addEventListener('ended', () => { state(); settle(); byId('after').hidden = false; });
audio.addEventListener('timeupdate', () => { show(); if (!audio.paused) listen(); media(); });
audio.addEventListener('seeking', leave);
audio.addEventListener('seeked', show);
audio.addEventListener('error', () => say('Le fichier MP3 manque à côté de cette page.'));
addEventListener('pagehide', settle);
document.addEventListener('visibilitychange', () => { if (document.hidden) settle(); });

// After a week away: the last twenty seconds, for those who forgot.
const offerRecap = (place, when) => {
  const button = byId('recap');
  button.hidden = !(when && Date.now() - when > WEEK);
  button.addEventListener('click', () => {
    button.hidden = true;
    seek(sentences[sentenceAt(Math.max(0, place - 20))].start);
    play();
  });
};
// Goes on where the listener was, a little before, which is no new place until it is passed.
const resume = () => {
  const before = kept();
  const place = located(before);
  if (!(place > 5) || place > duration - 5) return;
  const rewind = Date.now() - before.when > 3600e3 ? 10 : 3;
  const start = sentences[sentenceAt(Math.max(0, place - rewind))]?.start ?? 0;
  seek(Math.max(start, place - REWIND));
  resumed = place;
  globalThis.history.scrollRestoration = 'manual';
  goTo(sentences[sentenceAt(time())].element);
  say(`Reprise à ${clock(time())}`);
  offerRecap(place, before.when);
};

audio.controls = false;
document.body.classList.add('with-player');
byId('player').hidden = false;
// A chapter that was not laid out yet is taken to be as long as it sounds.
for (const each of chapters) each.element.style.containIntrinsicSize = `auto ${Math.round((each.end - each.start) * 9)}px`;
const settings = recall();
if (RATES.includes(settings.rate)) { audio.playbackRate = settings.rate; byId('rate').value = String(settings.rate); }
if (settings.follow === false) { follow = false; byId('follow').setAttribute('aria-pressed', 'false'); }
allHeard();
if (!goToAddress()) resume();
show();
paintChapters();
showReturns();
media();
