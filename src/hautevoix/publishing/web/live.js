// While a text is being written: asks for news, says what the last build told, renews the page.
(() => {
  const EVERY = 700; // milliseconds between two questions
  const at = (id) => document.getElementById(id);
  const banner = at('live');
  const tell = (line, kind) => {
    if (at('live-line').textContent !== line) at('live-line').textContent = line;
    banner.dataset.kind = kind;
  };
  let listed = '';
  const list = ({ told, heading }) => {
    if (listed === told.join('\n')) return;
    listed = told.join('\n');
    at('live-told').hidden = !told.length;
    at('live-told').querySelector('summary').textContent = heading;
    at('live-told').querySelector('ul').replaceChildren(...told.map((line) => {
      const row = document.createElement('li');
      row.textContent = line;
      return row;
    }));
  };
  const offer = ({ changed, changes }) => {
    const button = at('live-new');
    button.hidden = !changed.length;
    button.textContent = `${changes} · ${banner.dataset.hear}`;
    button.onclick = () => { led(changed[0]); play(); };
  };
  let arrived = false;
  const show = (state) => {
    tell(state.line, state.failed ? 'failed' : state.working ? 'working' : 'done');
    list(state);
    if (state.build !== facts.live) { depart(); location.reload(); return true; }
    if (!arrived && state.build) { arrived = true; offer(state); arrive(state.changed); }
    return false;
  };
  const ask = async () => {
    let leaving = false;
    try {
      const answer = await fetch('state.json', { cache: 'no-store' });
      leaving = show(await answer.json());
    } catch { tell(banner.dataset.gone, 'failed'); }
    if (!leaving) setTimeout(ask, EVERY);
  };
  ask();
})();
