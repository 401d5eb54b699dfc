'use strict';
const report = JSON.parse(document.getElementById('report').textContent);
const audio = document.getElementById('audio');
const list = document.getElementById('list');
const lines = document.getElementById('lines');
const told = document.getElementById('told');
const LEAD = 0.15; // seconds before a sentence, so that its onset is heard
let end = null; // where what is playing stops
let now = -1;

const made = (name, text, attributes = {}) => {
  const element = document.createElement(name);
  if (text) element.textContent = text;
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  return element;
};
const clock = (seconds) => {
  const [hours, minutes, rest] = [seconds / 3600, (seconds / 60) % 60, seconds % 60].map(Math.floor);
  const two = (number) => String(number).padStart(2, '0');
  return hours ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
};
// A text in the reader's language, with what its braces name.
const filled = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
const quoted = (text) => JSON.stringify(text); // TOML's basic strings are written as JSON's

// Words with those that differ marked; what follows a mark may be marked too.
const marked = (words) => {
  const side = document.createElement('span');
  words.forEach(([word, differs], index) => {
    if (index) side.append(' ');
    side.append(differs ? made('mark', word) : word);
  });
  return side;
};

const play = (row) => {
  if (!audio.paused && end === row.end) { audio.pause(); return; }
  end = row.end;
  audio.currentTime = Math.max(0, row.start - LEAD);
  audio.play();
};
audio.addEventListener('timeupdate', () => {
  if (end !== null && audio.currentTime >= end) { audio.pause(); end = null; }
});
audio.addEventListener('seeking', () => {
  const row = report.suspect.find((each) => each.end === end);
  if (row && (audio.currentTime < row.start - 1 || audio.currentTime > row.end)) end = null;
});

// Adds a line to its table among those collected, which may have been edited meanwhile.
const collect = (table, line) => {
  const all = lines.value.split('\n');
  const head = all.indexOf(`[${table}]`);
  if (all.includes(line)) { told.textContent = '[[It is there already.]]'; return; }
  if (head < 0) lines.value = `${lines.value}${lines.value ? '\n' : ''}[${table}]\n${line}\n`;
  else { all.splice(head + 1, 0, line); lines.value = all.join('\n'); }
  told.textContent = filled('[[Added to {table}.]]', { table: `[${table}]` });
};
// The word of the written text that was said otherwise, as it is written.
const wrongWord = (row) => {
  const plain = (text) => text.normalize('NFC').toLowerCase();
  const wrong = row.words_said.filter(([, differs]) => differs).map(([word]) => plain(word));
  const written = row.written.match(/[\p{L}\p{N}][\p{L}\p{N}'’-]*/gu) || [];
  return written.find((word) => wrong.includes(plain(word))) || written[0] || row.written;
};
const actions = (row) => [
  ['[[Lexicon]]', '[[how the word is said]]', () => collect('lexicon', `${quoted(wrongWord(row))} = ${quoted(wrongWord(row))}`)],
  ['[[Correction]]', '[[what should be written]]', () => collect('corrections', `${quoted(row.written)} = ${quoted(row.written)}`)],
  ['[[Voice]]', filled('[[the voice of {role}]]', row), () => collect('voices', `${row.role} = ${quoted(row.voice.split('/').slice(1).join('/'))}`)],
];

const focus = (index) => {
  if (!list.children.length) return;
  now = Math.min(Math.max(index, 0), list.children.length - 1);
  for (const item of list.children) item.classList.toggle('now', item === list.children[now]);
  list.children[now].querySelector('button').focus();
  list.children[now].scrollIntoView({ block: 'nearest' });
};

report.suspect.forEach((row, index) => {
  const item = made('li', '', { id: `s${row.index}` });
  item.append(made('p', `${clock(row.start)} · ${row.chapter} · ${row.role}, ${row.voice}`, { class: 'place' }));
  item.append(made('p', row.reasons.join('; '), { class: 'why' }));
  const sides = document.createElement('dl');
  const side = (name, content) => {
    const value = made('dd', '', { lang: 'fr' });
    value.append(content);
    sides.append(made('dt', name), value);
  };
  side('[[written]]', row.written);
  side('[[spoken]]', row.words_said.length ? marked(row.words_said) : row.spoken);
  if (row.heard !== null) side('[[heard]]', row.words_heard.length ? marked(row.words_heard) : row.heard || '[[(nothing)]]');
  item.append(sides);
  const button = (name, label, does) => {
    const element = made('button', name, { type: 'button', 'aria-label': `${name}: ${label}` });
    element.addEventListener('click', does);
    element.addEventListener('focus', () => { now = index; });
    return element;
  };
  item.append(button('[[Play]]', filled('[[sentence at {time}]]', { time: clock(row.start) }), () => play(row)));
  for (const [name, label, does] of actions(row)) item.append(button(name, label, does));
  list.append(item);
});

const count = report.suspect.length;
document.getElementById('summary').textContent =
  filled('[[{right} of {sentences} sentences right, {count} suspect]]', { ...report, count })
  + (report.unheard ? filled('[[, {unheard} not heard]]', report) : '')
  + filled('[[. The listener: {model}.]]', report.listener);
if (!count) {
  document.getElementById('suspects').textContent = '[[No sentence is suspect.]]';
  document.querySelectorAll('.keys, .lines').forEach((part) => { part.hidden = true; }); // nothing to decide
}
audio.src = encodeURIComponent(report.audio);

document.addEventListener('keydown', (event) => {
  if (event.target === lines || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === 'j') focus(now + 1);
  else if (event.key === 'k') focus(now - 1);
  else if (event.key === 'p' && now >= 0) play(report.suspect[now]);
});
document.getElementById('copy').addEventListener('click', async () => {
  lines.select();
  try {
    await navigator.clipboard.writeText(lines.value);
    told.textContent = '[[Copied.]]';
  } catch {
    told.textContent = document.execCommand('copy') ? '[[Copied.]]' : '[[Selected: copy it with your keyboard.]]';
  }
});
