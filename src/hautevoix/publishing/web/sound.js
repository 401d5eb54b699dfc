// The sound: going, stopping, jumping, its speed, and falling asleep to it.
let wanted = null; // a place asked for before the sound was ready
let interlude = null; // a note heard on demand: where it ends, where to go on
let passage = null; // a quotation that an address asks for: where it ends
let sleeping = null; // milliseconds of sound left, or the end of a chapter
const FADE = 15000; // milliseconds in which the voice goes before sleep
const RATES = Array.from({ length: 51 }, (_, at) => Math.round(50 + at * 5) / 100);

const time = () => (wanted === null ? audio.currentTime : wanted);
// What is heard aside from the reading: neither a note nor a quotation moves the place.
const aside = () => interlude || passage;
const seek = (when) => {
  const bounded = Math.min(Math.max(0, when), Math.max(0, (duration || when) - 0.1));
  leave();
  wanted = audio.readyState > 0 ? null : bounded; // an earlier one is over, also before it was met
  if (wanted === null) audio.currentTime = bounded;
  show();
  showReturns();
};
// The listener's own jump, which ends what is heard aside.
const jump = (when) => {
  leave();
  interlude = null;
  passage = null;
  resumed = null;
  seek(when);
  if (sleeping?.until !== undefined) setSleep('chapter');
};
const play = () => {
  if (audio.readyState === 0) audio.load();
  return audio.play().catch((error) => {
    if (error.name === 'NotAllowedError') say('Appuyez sur Lire pour écouter.');
    else if (error.name !== 'AbortError') say('Le son ne peut pas être lu.');
  });
};
const toggle = () => (audio.paused ? play() : audio.pause());
const byChapter = (step) => {
  const at = chapterAt(time());
  if (!chapters[at]) return;
  const again = step < 0 && time() - chapters[at].start > 3;
  const target = chapters[Math.min(Math.max(0, again ? at : at + step), chapters.length - 1)];
  if (target && !(step > 0 && at === chapters.length - 1)) jump(target.start);
};
const bySentence = (step) => {
  const target = sentences[Math.min(Math.max(0, lastBefore(sentences, time() + 0.05) + step), sentences.length - 1)];
  if (target) jump(target.start);
};

// Speed: of this book, as it was last chosen; telling it saves no place.
const setRate = (rate) => {
  audio.playbackRate = rate;
  byId('rate').value = String(rate);
  keep({ rate });
};
const faster = (step) => {
  const at = RATES.findIndex((rate) => Math.abs(rate - audio.playbackRate) < 0.001) + step;
  if (at < 0 || at >= RATES.length) return;
  setRate(RATES[at]);
  say(`${String(RATES[at]).replace('.', ',')}×`);
};

// Sleep: counted in sound, so that it stands still while nothing is heard.
let ticked = 0;
const setSleep = (value) => {
  const chapter = chapters[chapterAt(time())];
  audio.volume = 1;
  ticked = 0;
  if (value === 'chapter') sleeping = { until: chapter ? chapter.end : duration };
  else sleeping = value ? { left: Number(value) * 60000 } : null;
  showSleep();
};
const sleepLeft = () => {
  if (sleeping.left !== undefined) return sleeping.left;
  return Math.max(0, (sleeping.until - audio.currentTime) / audio.playbackRate * 1000);
};
const showSleep = () => {
  byId('sleep-left').textContent = sleeping ? clock(Math.ceil(sleepLeft() / 1000)) : '';
};
const tickSleep = () => {
  const now = performance.now();
  const passed = ticked ? now - ticked : 0;
  ticked = now;
  if (!sleeping) return;
  if (sleeping.left !== undefined) sleeping.left -= passed;
  const left = sleepLeft();
  if (left <= (sleeping.until === undefined ? 0 : 150 / audio.playbackRate)) { rest(); return; }
  audio.volume = sleeping.until === undefined ? Math.min(1, left / FADE) : 1; // a chapter's end is not to be missed
  showSleep();
};
const rest = () => {
  sleeping = null;
  byId('sleep').value = '';
  audio.pause();
  audio.volume = 1;
  showSleep();
  say('Bonne nuit.');
};

// As the sound goes on: the end of what is heard aside, what was heard, sleep.
const listen = () => {
  const now = audio.currentTime;
  if (audio.seeking) return;
  if (interlude && now >= interlude.end) {
    const { from, playing } = interlude;
    interlude = null;
    seek(from);
    if (!playing) audio.pause();
    return;
  }
  if (passage && now >= passage.end) { audio.pause(); passage = null; leave(); say('Fin de l’extrait.'); return; }
  hear(now);
  tickSleep();
};
const frame = () => {
  if (audio.paused) return;
  light(audio.currentTime);
  listen();
  requestAnimationFrame(frame);
};
// Only one tab is heard: this one tells the others, which fall silent.
const tab = String(Math.random());
const alone = () => { try { localStorage.setItem('hautevoix:sounding', `${tab} ${Date.now()}`); } catch { /* no others */ } };
addEventListener('storage', (event) => {
  if (event.key === 'hautevoix:sounding' && event.newValue && !event.newValue.startsWith(tab)) audio.pause();
  if (event.key === key) { allHeard(); paintChapters(); showReturns(); }
});
