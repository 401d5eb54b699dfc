// Addresses that lead to a moment: #t=95 (or 1:35), a passage #t=95,120, a chapter #c4, a sentence #s9.
const seconds = (text) => text.split(':').reduce((sum, part) => sum * 60 + Number(part), 0);
const TIME = String.raw`\d+(?::\d+){0,2}(?:\.\d+)?`;
const MOMENT = new RegExp(`^#t=(?:npt:)?(${TIME})?(?:,(${TIME}))?$`);

// Goes where the address says; tells whether it says anything. A passage and a chapter play.
const goToAddress = () => {
  const moment = MOMENT.exec(location.hash);
  const element = /^#[cs]\d+$/.test(location.hash) && byId(location.hash.slice(1));
  if (moment && (moment[1] || moment[2])) {
    jump(seconds(moment[1] || '0'));
    const end = moment[2] && seconds(moment[2]);
    if (end > time()) { passage = { end }; play(); }
  } else if (element && element.dataset.t) {
    jump(number(element, 't'));
    if (element.classList.contains('chapter')) play();
  } else return false;
  linked = true;
  if (sentences.length) goTo(sentences[sentenceAt(time())].element);
  return true;
};
// Once it was heard the address is done with: a reload goes on from the place.
const forgetAddress = () => {
  try { globalThis.history.replaceState(null, '', location.pathname + location.search); } catch { /* stays */ }
};
addEventListener('hashchange', goToAddress);

// Puts a text where it can be pasted from; says so, or gives it to be copied by hand.
const copy = (text, done) => {
  const shown = () => { prompt('À copier :', text); };
  if (navigator.clipboard) navigator.clipboard.writeText(text).then(() => say(done), shown); else shown();
};
const addressOf = (from, to) => `${location.href.split('#')[0]}#t=${from.toFixed(1)}${to ? `,${to.toFixed(1)}` : ''}`;
// What to quote: the sentences that are selected, or the one that is heard.
const quoted = () => {
  const chosen = getSelection();
  const inside = chosen.isCollapsed ? [] : sentences.filter((each) => chosen.containsNode(each.element, true));
  const told = inside.length ? inside : [sentences[sentenceAt(time())]].filter(Boolean);
  return told.length ? { text: told.map(wordsOf).join(' '), from: told[0].start, to: told[told.length - 1].end } : null;
};
const shareQuote = () => {
  const quote = quoted();
  if (!quote) return;
  const text = `« ${quote.text.replace(/^«\s*|\s*»$/gu, '')} »\n${[facts.author, facts.title].filter(Boolean).join(', ')}`;
  const url = addressOf(quote.from, quote.to);
  const copied = () => copy(`${text}\n${url}`, 'Citation et lien copiés.');
  if (navigator.share) navigator.share({ title: facts.title, text, url }).catch((error) => { if (error.name !== 'AbortError') copied(); });
  else copied();
};
