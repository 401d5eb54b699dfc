// Drives a listening page in Chromium; prints what happened as JSON. Usage: drive.mjs CHROMIUM URL BASE SHOTS
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { launch, openPage } from './browser.mjs';

const [chromium, url, base, shots] = process.argv.slice(2);
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const told = { strangers: [], errors: [], axe: [], overflow: [] };
const browser = await launch(chromium);

const open = async (address, { width = 1280, scheme = 'light', script = true } = {}) => {
  const page = await openPage(browser, told.errors);
  page.on('request', (request) => {
    if (!request.url().startsWith(base) && !request.url().startsWith('data:')) told.strangers.push(request.url());
  });
  page.on('console', (message) => { if (['error', 'warn'].includes(message.type())) told.errors.push(message.text()); });
  await page.setJavaScriptEnabled(script);
  await page.setViewport({ width, height: 844 });
  await page.emulateMediaFeatures([
    { name: 'prefers-color-scheme', value: scheme }, { name: 'prefers-reduced-motion', value: 'reduce' },
  ]);
  await page.goto(address);
  if (script) await page.waitForFunction(() => document.getElementById('audio')?.readyState > 0 || !document.getElementById('audio'));
  return page;
};
const look = (page) => page.evaluate(() => {
  const audio = document.getElementById('audio');
  const lit = document.querySelector('.lit');
  return {
    time: audio.currentTime, paused: audio.paused, rate: audio.playbackRate, lit: lit && lit.id,
    visible: lit ? lit.getBoundingClientRect().top >= 0 && lit.getBoundingClientRect().bottom <= innerHeight : null,
    follow: document.getElementById('follow').getAttribute('aria-pressed'),
    card: !document.getElementById('note-card').hidden,
  };
});
const settled = async (page, ms = 250) => { await new Promise((done) => setTimeout(done, ms)); return look(page); };
const put = (page, time) => page.evaluate(async (when) => {
  const audio = document.getElementById('audio');
  await new Promise((done) => { audio.addEventListener('seeked', done, { once: true }); audio.currentTime = when; });
}, time);
// Slowly, what plays is still near where it began when a busy machine looks.
const paced = (page, rate) => page.evaluate((at) => { document.getElementById('audio').playbackRate = at; }, rate);
const silent = async (page) => { await page.waitForFunction(() => document.getElementById('audio').paused); return look(page); };
const press = async (page, key) => { await page.keyboard.press(key); return settled(page); };
const violations = async (page, name) => {
  await page.evaluate(axe);
  const found = await page.evaluate(() => axe.run());
  for (const each of found.violations) told.axe.push(`${name}: ${each.id}: ${each.nodes[0].html}`);
  if (await page.evaluate(() => document.documentElement.scrollWidth > innerWidth)) told.overflow.push(name);
  if (shots) await page.screenshot({ path: `${shots}/${name}.png` });
};

const page = await open(url);
told.times = await page.evaluate(() => Object.fromEntries(
  [...document.querySelectorAll('.s')].map((each) => [each.id, [Number(each.dataset.t), Number(each.dataset.e)]])));
told.chapters = await page.evaluate(() => [...document.querySelectorAll('.chapter[data-t]')].map((each) => Number(each.dataset.t)));
told.start = await look(page);
await paced(page, 0.25);
await page.evaluate(() => document.getElementById('s9').click());
told.clicked = await settled(page, 150);
told.space = await press(page, ' ');
await paced(page, 1);
told.faster = await press(page, '>');
told.slower = await press(page, '<');
const before = await look(page);
told.right = { from: before.time, ...(await press(page, 'ArrowRight')) };
told.next = await press(page, 'n');
told.previous = await press(page, 'p');
await page.focus('#seek');
const at = await look(page);
told.slider = { from: at.time, ...(await press(page, 'ArrowRight')) };
await page.evaluate(() => document.activeElement.blur());
await page.evaluate(() => document.querySelectorAll('.contents a')[1].click());
told.contents = await settled(page);
await put(page, told.times.s12[0] - 0.15);
await paced(page, 0.25);
await page.keyboard.press('k');
await page.waitForFunction(() => document.querySelector('.lit').id === 's12');
told.followed = await settled(page);
told.unfollow = await press(page, 'f');
told.again = await press(page, 'f');
await page.keyboard.press('k');
await page.evaluate(() => document.querySelector('a.call').click());
told.note = await settled(page);
told.noteStart = await page.evaluate(() => Number(document.querySelector(document.querySelector('a.call').getAttribute('href')).querySelector('.s').dataset.t));
const from = await look(page);
await page.evaluate(() => document.getElementById('note-hear').click());
told.hearing = await settled(page, 300);
const end = await page.evaluate(() => Number([...document.querySelector(document.querySelector('a.call').getAttribute('href')).querySelectorAll('.s')].pop().dataset.e));
await put(page, end - 0.1);
told.heard = { from: from.time, ...(await silent(page)) };
await page.keyboard.press('Escape');
told.closed = await settled(page);
await page.select('#sleep', 'chapter');
await put(page, told.chapters[1] - 0.6);
await page.evaluate(() => document.activeElement.blur());
await page.keyboard.press('k');
told.asleep = await silent(page);
await paced(page, 1);
await put(page, 100);
await page.keyboard.press('k'); // only what was heard is a place
await page.waitForFunction(() => document.getElementById('audio').currentTime > 101);
await page.keyboard.press('k');
await page.reload();
await page.waitForFunction(() => {
  const audio = document.getElementById('audio');
  return audio.readyState > 0 && audio.currentTime > 0 && !audio.seeking;
});
told.resumed = await settled(page, 400);
await violations(page, 'light');
await page.goto(`${url}#t=33.5`);
told.linked = await settled(page, 400);
await page.evaluate(() => { location.hash = 's5'; });
told.sentenceLink = await settled(page, 400);
await page.close();

for (const [name, how] of Object.entries({ dark: { scheme: 'dark' }, narrow: { width: 360 }, 'narrow-dark': { width: 320, scheme: 'dark' } })) {
  const other = await open(url, how);
  await other.evaluate(() => document.getElementById('s9').click());
  await settled(other, 400);
  await violations(other, name);
  if (how.width) {
    told.row ??= await other.$eval('.options', (row) => row.getBoundingClientRect().height);
    await other.$eval('h1', (title) => { title.textContent = 'Anticonstitutionnellement'.repeat(3); });
    if (await other.evaluate(() => document.documentElement.scrollWidth > innerWidth)) told.overflow.push(`${name}, a long word`);
  }
  await other.close();
}
const plain = await open(url, { script: false });
told.plain = {
  text: (await plain.$eval('main', (main) => main.textContent)).length,
  controls: await plain.$eval('audio', (audio) => audio.getBoundingClientRect().height),
  player: await plain.$eval('#player', (player) => player.getBoundingClientRect().height),
};
await plain.close();
const index = await open(url.replace(/[^/]+\/index\.html$/, 'index.html'));
await violations(index, 'index');
await browser.close();
console.log(JSON.stringify(told));
