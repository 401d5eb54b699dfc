'use strict';
(() => {
  const byId = (id) => document.getElementById(id);
  const audio = byId('audio');
  const facts = document.body.dataset;
  const number = (element, name) => Number(element.dataset[name]);
  const sentences = [...document.querySelectorAll('.s[data-t]')]
    .map((element) => ({ element, start: number(element, 't'), end: number(element, 'e') }))
    .sort((a, b) => a.start - b.start);
  const chapters = [...document.querySelectorAll('.chapter[data-t]')]
    .map((element) => ({
      element, start: number(element, 't'), end: number(element, 'e'), title: element.dataset.title,
      entry: document.querySelector(`.contents a[href="#${element.id}"]`), heard: 0,
    }));
  const still = matchMedia('(prefers-reduced-motion: reduce)');
  const key = `hautevoix:${facts.id}`;
  const rates = [...byId('rate').options].map((option) => Number(option.value));

  // What was kept of the last visit; a browser may refuse to keep anything.
  const recall = () => { try { return JSON.parse(localStorage.getItem(key)) || {}; } catch { return {}; } };
  const keep = (told) => { try { localStorage.setItem(key, JSON.stringify(told)); } catch { /* not kept */ } };

  let duration = chapters.length ? chapters[chapters.length - 1].end : 0;
  let lit = null;
  let follow = true;
  let interlude = null; // a note heard on demand: where it ends, where to go on
  let sleeping = { timer: 0, until: null };
  let wanted = null; // a place asked for before the sound was ready

  const clock = (seconds) => {
    const whole = Math.max(0, Math.floor(seconds));
    const pad = (value) => String(value).padStart(2, '0');
    const minutes = Math.floor(whole / 60);
    return duration >= 3600
      ? `${Math.floor(minutes / 60)}:${pad(minutes % 60)}:${pad(whole % 60)}`
      : `${minutes}:${pad(whole % 60)}`;
  };
  // The last of a sorted list that has started by then.
  const lastBefore = (list, time) => {
    let low = 0;
    let high = list.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (list[middle].start <= time) low = middle + 1; else high = middle;
    }
    return low - 1;
  };
  const time = () => (wanted === null ? audio.currentTime : wanted);
  const chapterAt = (when) => Math.max(0, lastBefore(chapters, when));
  let hush = 0;
  const say = (text) => {
    byId('status').textContent = text;
    clearTimeout(hush);
    hush = setTimeout(() => { byId('status').textContent = ''; }, 4000);
  };

  const seek = (when) => {
    const bounded = Math.min(Math.max(0, when), Math.max(0, (duration || when) - 0.1));
    if (audio.readyState > 0) audio.currentTime = bounded; else wanted = bounded;
    show();
  };
  const jump = (when) => { interlude = null; seek(when); };
  const play = () => { if (audio.readyState === 0) audio.load(); return audio.play().catch(() => say('Le son ne peut pas être lu.')); };
  const toggle = () => (audio.paused ? play() : audio.pause());

  const light = (now) => {
    const at = lastBefore(sentences, now + 0.02);
    const next = at >= 0 && now < sentences[at].end + 1.5 ? sentences[at] : null;
    if (next === lit) return;
    if (lit) lit.element.classList.remove('lit');
    lit = next;
    if (!lit) return;
    lit.element.classList.add('lit');
    if (follow && !audio.paused && !interlude) reveal(lit.element);
  };
  const reveal = (element) => {
    const box = element.getBoundingClientRect();
    const floor = innerHeight - byId('player').offsetHeight - 40;
    if (box.top < 60 || box.bottom > floor) {
      scrollTo({
        top: scrollY + box.top - Math.max(60, (floor - box.height) / 3),
        behavior: still.matches ? 'auto' : 'smooth',
      });
    }
  };
  const show = () => {
    const now = time();
    const chapter = chapters[chapterAt(now)];
    byId('now').textContent = clock(now);
    byId('total').textContent = clock(duration);
    const slider = byId('seek');
    slider.max = duration;
    if (document.activeElement !== slider || !slider.dataset.dragged) slider.value = now;
    slider.setAttribute('aria-valuetext', `${clock(now)} sur ${clock(duration)}${chapter ? `, ${chapter.title}` : ''}`);
    byId('where').textContent = chapter ? chapter.title : '';
    for (const each of chapters) {
      if (!each.entry) continue;
      each.entry.parentElement.classList.toggle('current', each === chapter);
      each.entry.parentElement.classList.toggle('done', each.heard > 0.97);
      each.entry.style.setProperty('--heard', each.heard.toFixed(3));
      if (each === chapter) each.entry.setAttribute('aria-current', 'true'); else each.entry.removeAttribute('aria-current');
    }
    light(now);
  };

  let saved = 0;
  const save = (force) => {
    if (interlude || (!force && Date.now() - saved < 2000)) return;
    saved = Date.now();
    keep({
      time: time(), audio: audio.getAttribute('src'), when: saved, rate: audio.playbackRate, follow,
      words: lit ? lit.element.textContent.slice(0, 200) : '', heard: chapters.map((each) => each.heard),
    });
  };
  const listen = () => {
    const now = audio.currentTime;
    if (interlude && now >= interlude.end) {
      const { from, playing } = interlude;
      interlude = null;
      seek(from);
      if (!playing) audio.pause();
      return;
    }
    const chapter = chapters[chapterAt(now)];
    if (chapter && !interlude) {
      chapter.heard = Math.max(chapter.heard, (now - chapter.start) / (chapter.end - chapter.start));
    }
    if (sleeping.until !== null && now >= sleeping.until - 0.15) rest();
    save(false);
  };
  const frame = () => {
    if (audio.paused) return;
    light(audio.currentTime);
    listen();
    requestAnimationFrame(frame);
  };

  const rest = () => {
    clearTimeout(sleeping.timer);
    sleeping = { timer: 0, until: null };
    byId('sleep').value = '';
    audio.pause();
    say('Bonne nuit.');
  };
  const setRate = (rate) => {
    audio.playbackRate = rate;
    byId('rate').value = String(rate);
    save(true);
  };
  const faster = (step) => {
    const at = rates.indexOf(audio.playbackRate) + step;
    if (at >= 0 && at < rates.length) { setRate(rates[at]); say(`${String(rates[at]).replace('.', ',')}×`); }
  };
  const setFollow = (on) => {
    follow = on;
    byId('follow').setAttribute('aria-pressed', String(on));
    if (on && lit) reveal(lit.element);
    save(true);
  };
  const byChapter = (step) => {
    const at = chapterAt(time());
    const again = step < 0 && time() - chapters[at].start > 3;
    const target = chapters[Math.min(Math.max(0, again ? at : at + step), chapters.length - 1)];
    if (target && !(step > 0 && at === chapters.length - 1)) jump(target.start);
  };
  const bySentence = (step) => {
    const target = sentences[Math.min(Math.max(0, lastBefore(sentences, time() + 0.05) + step), sentences.length - 1)];
    if (target) jump(target.start);
  };

  // Notes: a card over the text; heard on demand, then the reading goes on where it was.
  let card = null;
  const openNote = (call) => {
    const note = document.querySelector(call.getAttribute('href'));
    if (!note) return false;
    const inner = note.cloneNode(true);
    inner.removeAttribute('id');
    for (const element of inner.querySelectorAll('[id]')) element.removeAttribute('id');
    for (const element of inner.querySelectorAll('.s')) element.className = '';
    for (const element of inner.querySelectorAll('.back')) element.remove();
    byId('note-card-text').replaceChildren(inner);
    const spoken = [...note.querySelectorAll('.s[data-t]')];
    byId('note-hear').hidden = !spoken.length;
    card = {
      call, start: spoken.length ? number(spoken[0], 't') : 0,
      end: spoken.length ? number(spoken[spoken.length - 1], 'e') : 0,
    };
    byId('note-go').href = call.getAttribute('href');
    byId('note-card').hidden = false;
    byId('note-card').setAttribute('aria-label', call.getAttribute('aria-label'));
    (spoken.length ? byId('note-hear') : byId('note-close')).focus({ preventScroll: true });
    return true;
  };
  const closeNote = () => {
    if (!card) return;
    byId('note-card').hidden = true;
    card.call.focus({ preventScroll: true });
    card = null;
  };
  byId('note-close').addEventListener('click', closeNote);
  byId('note-go').addEventListener('click', () => { byId('note-card').hidden = true; card = null; });
  byId('note-hear').addEventListener('click', () => {
    if (!card) return;
    const from = interlude ? interlude.from : lit ? lit.start : time();
    const playing = interlude ? interlude.playing : !audio.paused;
    interlude = { from, playing, end: card.end + 0.15 };
    seek(card.start);
    play();
  });

  const hash = () => {
    const moment = /^#t=(?:(\d+):)?(?:(\d+):)?(\d+(?:\.\d+)?)$/.exec(location.hash);
    if (moment) {
      const parts = moment.slice(1).filter((part) => part !== undefined).map(Number);
      seek(parts.reduce((sum, part) => sum * 60 + part, 0));
    } else if (/^#s\d+$/.test(location.hash) && byId(location.hash.slice(1))) {
      seek(number(byId(location.hash.slice(1)), 't'));
    } else return false;
    const at = lastBefore(sentences, time() + 0.05);
    if (at >= 0) { reveal(sentences[at].element); }
    return true;
  };

  document.addEventListener('click', (event) => {
    const call = event.target.closest('a.call');
    if (call) { if (openNote(call)) event.preventDefault(); return; }
    const entry = event.target.closest('.contents a');
    if (entry) {
      const chapter = chapters.find((each) => each.entry === entry);
      if (chapter) { jump(chapter.start); }
      return;
    }
    const sentence = event.target.closest('.s[data-t]');
    if (!sentence || event.target.closest('a, button') || !getSelection().isCollapsed) return;
    jump(number(sentence, 't'));
    play();
  });
  document.addEventListener('keydown', (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey) return;
    const at = event.target.closest('input, select, textarea, button, a, dialog, audio');
    if (event.key === 'Escape' && card) { closeNote(); return; }
    if (at === byId('seek') && /^arrow/i.test(event.key)) { // its own steps are tenths of a second
      event.preventDefault();
      jump(time() + (/left|down/i.test(event.key) ? -10 : 10));
      return;
    }
    if (at && (at.matches('input, select, textarea, dialog, audio') || event.key === ' ' || event.key === 'Enter')) return;
    const act = {
      ' ': toggle, k: toggle, n: () => byChapter(1), p: () => byChapter(-1), f: () => setFollow(!follow),
      '<': () => faster(-1), '>': () => faster(1), '?': () => byId('keys').showModal(),
      arrowleft: () => (event.shiftKey ? bySentence(-1) : jump(time() - 10)),
      arrowright: () => (event.shiftKey ? bySentence(1) : jump(time() + 10)),
    }[event.key.toLowerCase()];
    if (act) { event.preventDefault(); act(); }
  });
  const unfollow = () => { if (follow && !audio.paused) setFollow(false); };
  addEventListener('wheel', unfollow, { passive: true });
  addEventListener('touchmove', (event) => { if (!event.target.closest('.player')) unfollow(); }, { passive: true });
  addEventListener('hashchange', hash);
  addEventListener('pagehide', () => save(true));

  byId('play').addEventListener('click', toggle);
  byId('back').addEventListener('click', () => jump(time() - 10));
  byId('forward').addEventListener('click', () => jump(time() + 10));
  byId('previous').addEventListener('click', () => byChapter(-1));
  byId('next').addEventListener('click', () => byChapter(1));
  byId('rate').addEventListener('change', (event) => setRate(Number(event.target.value)));
  byId('follow').addEventListener('click', () => setFollow(!follow));
  byId('help').addEventListener('click', () => byId('keys').showModal());
  byId('keys-close').addEventListener('click', () => byId('keys').close());
  byId('seek').addEventListener('input', (event) => { event.target.dataset.dragged = '1'; jump(Number(event.target.value)); });
  byId('seek').addEventListener('change', (event) => { delete event.target.dataset.dragged; });
  byId('sleep').addEventListener('change', (event) => {
    clearTimeout(sleeping.timer);
    const value = event.target.value;
    const chapter = chapters[chapterAt(time())];
    sleeping = value === 'chapter'
      ? { timer: 0, until: chapter ? chapter.end : duration }
      : { timer: value ? setTimeout(rest, Number(value) * 60000) : 0, until: null };
  });
  byId('link').addEventListener('click', () => {
    const address = `${location.href.split('#')[0]}#t=${time().toFixed(1)}`;
    const done = () => say('Lien copié.');
    const shown = () => { location.hash = `t=${time().toFixed(1)}`; say('Le lien est dans la barre d’adresse.'); };
    if (navigator.clipboard) navigator.clipboard.writeText(address).then(done, shown); else shown();
  });

  const state = () => {
    byId('play').setAttribute('aria-label', audio.paused ? 'Lire' : 'Pause');
    document.body.classList.toggle('playing', !audio.paused);
    if (audio.paused) return;
    requestAnimationFrame(frame);
    if (follow && lit && !interlude) reveal(lit.element);
  };
  audio.addEventListener('loadedmetadata', () => {
    if (Number.isFinite(audio.duration)) duration = Math.max(duration, audio.duration);
    if (wanted !== null) { audio.currentTime = wanted; wanted = null; }
    show();
  });
  audio.addEventListener('play', state);
  audio.addEventListener('pause', () => { state(); save(true); });
  audio.addEventListener('ended', state);
  audio.addEventListener('timeupdate', () => { show(); if (!audio.paused) listen(); media(); });
  audio.addEventListener('seeked', show);
  audio.addEventListener('error', () => say('Le fichier MP3 manque à côté de cette page.'));

  // The system's own controls: lock screens, headsets, keyboards.
  let told = '';
  const media = () => {
    if (!('mediaSession' in navigator)) return;
    const chapter = chapters[chapterAt(time())];
    const title = chapter ? chapter.title : facts.title;
    if (title !== told) {
      told = title;
      navigator.mediaSession.metadata = new MediaMetadata({
        title, artist: facts.author, album: facts.title,
        artwork: facts.cover && location.protocol !== 'file:' ? [{ src: facts.cover, sizes: '3000x3000' }] : [],
      });
    }
    if (duration && navigator.mediaSession.setPositionState) {
      navigator.mediaSession.setPositionState({
        duration, playbackRate: audio.playbackRate, position: Math.min(audio.currentTime, duration),
      });
    }
  };
  if ('mediaSession' in navigator) {
    const actions = {
      play, pause: () => audio.pause(), previoustrack: () => byChapter(-1), nexttrack: () => byChapter(1),
      seekbackward: (detail) => jump(time() - (detail.seekOffset || 10)),
      seekforward: (detail) => jump(time() + (detail.seekOffset || 10)),
      seekto: (detail) => jump(detail.seekTime),
    };
    for (const [action, act] of Object.entries(actions)) {
      try { navigator.mediaSession.setActionHandler(action, act); } catch { /* unknown to this browser */ }
    }
  }

  // Resume where the listener was, a little before; with another voice, at the same words.
  const resume = () => {
    const last = recall();
    if (rates.includes(last.rate)) setRate(last.rate);
    if (last.follow === false) { follow = false; byId('follow').setAttribute('aria-pressed', 'false'); }
    if (Array.isArray(last.heard)) chapters.forEach((each, at) => { each.heard = Number(last.heard[at]) || 0; });
    if (hash() || !(last.time > 5)) return;
    let place = last.time;
    if (last.audio !== audio.getAttribute('src')) {
      const same = sentences.find((each) => last.words && each.element.textContent.startsWith(last.words));
      if (!same) return;
      place = same.start + 3;
    }
    if (place > duration - 5) return;
    const rewind = Date.now() - last.when > 3600e3 ? 10 : 3;
    const at = lastBefore(sentences, Math.max(0, place - rewind));
    seek(at >= 0 ? sentences[at].start : 0);
    say(`Reprise à ${clock(time())}`);
  };

  audio.controls = false;
  document.body.classList.add('with-player');
  byId('player').hidden = false;
  resume();
  show();
  media();
})();
