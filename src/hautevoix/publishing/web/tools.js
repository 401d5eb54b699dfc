// What is at hand in « Outils »: marks, search, quotations, how the text looks.
const tools = byId('tools');
// A row of a list: a button that leads to a moment, with what is read there.
const rowTo = (start, text) => {
  const row = document.createElement('li');
  const button = document.createElement('button');
  button.type = 'button';
  button.textContent = `${clock(start)}  ${text}`;
  button.addEventListener('click', () => {
    tools.close();
    jump(start);
    goTo(sentences[sentenceAt(start)].element);
  });
  row.append(button);
  return row;
};

// Bookmarks, each with its sentence, found again by words in another edition.
const bookmarks = () => { const list = recall().bookmarks; return Array.isArray(list) ? list : []; };
const listBookmarks = () => {
  byId('marks').replaceChildren(...bookmarks().map((mark) => {
    const row = rowTo(located(mark), mark.text || '');
    const remove = document.createElement('button');
    remove.type = 'button';
    remove.textContent = 'Ôter';
    remove.setAttribute('aria-label', `Ôter le signet à ${clock(located(mark))}`);
    remove.addEventListener('click', () => {
      keep({ bookmarks: bookmarks().filter((each) => each.when !== mark.when) });
      listBookmarks();
      byId('mark').focus();
    });
    row.append(remove);
    return row;
  }));
};
const bookmark = () => {
  const sentence = sentences[sentenceAt(time())];
  if (!sentence) return;
  const mark = { ...markAt(sentence.start), text: wordsOf(sentence).slice(0, 200) };
  const others = bookmarks().filter((each) => Math.abs(located(each) - mark.time) > 0.5);
  keep({ bookmarks: [...others, mark].sort((a, b) => located(a) - located(b)) });
  listBookmarks();
  say(`Signet posé à ${clock(mark.time)}.`);
};

// Search: letters alone count, so « ete » finds « été »; the first fifty are enough to narrow it.
const search = () => {
  const asked = plain(byId('search').value);
  const hits = asked.length < 2 ? [] : sentences.filter((each) => plain(wordsOf(each)).includes(asked));
  byId('hits').replaceChildren(...hits.slice(0, 50).map((each) => rowTo(each.start, wordsOf(each).slice(0, 200))));
  const count = hits.length > 50 ? `${hits.length} phrases, dont voici 50` : hits.length > 1 ? `${hits.length} phrases` : hits.length ? 'Une phrase' : 'Rien';
  byId('hit-count').textContent = asked.length < 2 ? '' : count;
};
let typing = 0;
byId('search').addEventListener('input', () => { clearTimeout(typing); typing = setTimeout(search, 150); });

// The look is the reader's, for all books of this site.
const LOOK = 'hautevoix:look';
const look = { size: '1', theme: '', face: '' };
try { Object.assign(look, JSON.parse(localStorage.getItem(LOOK))); } catch { /* as it was made */ }
const showLook = () => {
  const root = document.documentElement;
  root.style.setProperty('--size', Number(look.size) || 1);
  for (const name of ['theme', 'face']) if (look[name]) root.dataset[name] = look[name]; else delete root.dataset[name];
  for (const name of Object.keys(look)) byId(`look-${name}`).value = look[name];
};
for (const name of Object.keys(look)) {
  byId(`look-${name}`).addEventListener('change', (event) => {
    look[name] = event.target.value;
    try { localStorage.setItem(LOOK, JSON.stringify(look)); } catch { /* for this visit */ }
    showLook();
    if (lit) goTo(lit.element);
  });
}
showLook();

const openTools = (focus) => {
  listBookmarks();
  showKept();
  tools.showModal();
  if (focus) byId(focus).focus();
};
byId('more').addEventListener('click', () => openTools());
byId('tools-close').addEventListener('click', () => tools.close());
byId('mark').addEventListener('click', bookmark);
byId('quote').addEventListener('click', shareQuote);
byId('link').addEventListener('click', () => copy(addressOf(time()), 'Lien copié.'));
byId('help').addEventListener('click', () => { tools.close(); byId('keys').showModal(); });
byId('keys-close').addEventListener('click', () => byId('keys').close());
