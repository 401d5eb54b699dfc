// Notes: a card over the text; heard on demand, then the reading goes on where it was.
let card = null;
// Shows a note's text without its own names, which are in the page already.
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
// The focus goes back to the call that it came from.
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
  leave();
  interlude = { from, playing, end: card.end + 0.15 };
  seek(card.start);
  play();
});
