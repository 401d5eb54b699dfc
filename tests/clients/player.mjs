// Uses the page's tools, goes offline, turns the phone; prints JSON. Usage: player.mjs CHROMIUM PAGE SHOTS
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { launch, openPage } from './browser.mjs';

const [chromium, url, shots] = process.argv.slice(2);
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const told = { errors: [], axe: [], overflow: [] };
const browser = await launch(chromium);
const page = await openPage(browser, told.errors);
await page.setViewport({ width: 390, height: 844 });
await page.emulateMediaFeatures([{ name: 'prefers-reduced-motion', value: 'reduce' }]);
const ready = () => page.waitForFunction(() => {
  const audio = document.getElementById('audio');
  return audio?.readyState > 0 && !audio.seeking;
});
const text = (selector) => page.$eval(selector, (each) => each.textContent);
const now = () => page.evaluate(() => document.getElementById('audio').currentTime);
const paused = () => page.evaluate(() => document.getElementById('audio').paused);
const until = (condition) => page.waitForFunction(condition);
const look = async (name) => {
  await page.evaluate(axe);
  const found = await page.evaluate(() => axe.run());
  for (const each of found.violations) told.axe.push(`${name}: ${each.id}: ${each.nodes[0].html}`);
  if (await page.evaluate(() => document.documentElement.scrollWidth > innerWidth)) told.overflow.push(name);
  if (shots) await page.screenshot({ path: `${shots}/player-${name}.png` });
};
// Where it can't be reached it is no control: its middle must be its own.
const reach = (...ids) => page.evaluate((all) => all.filter((id) => {
  const box = document.getElementById(id).getBoundingClientRect();
  const there = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
  return box.width >= 24 && box.height >= 24 && there?.closest(`#${id}`);
}), ids);

await page.goto(url);
await ready();
// Between the moment in which the sound is ready and the event that says so, a jump is made.
told.early = await page.evaluate(() => {
  const audio = document.getElementById('audio');
  Object.defineProperty(audio, 'readyState', { value: 0, configurable: true });
  const forward = () => document.getElementById('forward-30').click();
  forward();
  delete audio.readyState;
  forward();
  audio.dispatchEvent(new Event('loadedmetadata'));
  const reached = audio.currentTime;
  audio.currentTime = 0;
  return reached;
});
await ready();
await look('top');
told.meta = await page.$$eval('meta[property]', (all) => Object.fromEntries(all.map((each) => [each.getAttribute('property'), each.content])));
await page.keyboard.press('Tab');
told.skip = await page.evaluate(() => document.activeElement.textContent);

// Clicked, a button leaves Space to the player; the keyboard's focus keeps it to itself.
await page.click('#forward-30');
await ready();
told.thirty = await now();
await page.keyboard.press('Space');
await until(() => document.getElementById('audio').currentTime > 31);
await page.keyboard.press('Space');
told.space = { time: await now(), paused: await paused() };
await page.focus('#play');
await page.keyboard.press('Space');
told.focused = await paused();
await page.keyboard.press('Space');
await page.evaluate(() => document.activeElement.blur());
told.left = await text('#left');
told.rates = await page.$$eval('#rate option', (all) => [all.length, all[0].value, all[1].value, all.at(-1).value]);

// The sentence under the pointer, word by word.
await page.evaluate(() => { document.getElementById('s12').dataset.w = '0-555'; });
await page.evaluate(() => document.getElementById('s12').scrollIntoView({ block: 'center' }));
const box = await (await page.$('#s12')).boundingBox();
await page.mouse.move(box.x + 20, box.y + 10);
await page.keyboard.press('e');
await until(() => !document.getElementById('audio').paused);
told.pointed = { lit: await page.$eval('.lit', (each) => each.id) };
await until(() => CSS.highlights.get('word')?.size);
told.words = await page.evaluate(() => [...(CSS.highlights.get('word') || [])].map(String));

// Sleep stands still while nothing is heard, and fades before it ends.
await page.select('#sleep', '5');
await page.evaluate(() => { globalThis.before = performance.now; const from = performance.now(); performance.now = () => from + (globalThis.before.call(performance) - from) * 60; });
await until(() => document.getElementById('audio').volume < 0.9);
await page.evaluate(() => document.getElementById('audio').pause());
told.standing = [await text('#sleep-left')];
await new Promise((done) => setTimeout(done, 300));
told.standing.push(await text('#sleep-left'));
await page.evaluate(() => { performance.now = globalThis.before; document.getElementById('sleep').value = ''; document.getElementById('sleep').dispatchEvent(new Event('change')); });

// Tools: a mark, a search, the look.
await page.keyboard.press('b');
await page.keyboard.press('/');
await page.keyboard.type('PHRASE 100');
await until(() => document.querySelectorAll('#hits li').length);
told.hits = await page.$$eval('#hits li', (rows) => rows.map((row) => row.textContent));
told.marks = await page.$$eval('#marks li button:first-child', (rows) => rows.map((row) => row.textContent));
await look('tools');
await page.select('#look-theme', 'dark');
await page.select('#look-face', 'spaced');
await page.select('#look-size', '1.45');
await page.click('#hits button');
await ready();
told.found = { lit: await page.$eval('.lit', (each) => each.textContent), time: await now() };
await look('spaced-dark');
await page.reload();
await ready();
told.look = await page.evaluate(() => ({ ...document.documentElement.dataset, size: getComputedStyle(document.documentElement).getPropertyValue('--size') }));
await page.evaluate(() => { document.getElementById('look-face').value = ''; document.getElementById('look-face').dispatchEvent(new Event('change')); });

// Quotations: the selected sentences, as words and an address that plays them.
await page.evaluate(() => {
  navigator.clipboard.writeText = async (what) => { globalThis.copied = what; };
  Object.defineProperty(navigator, 'share', { value: undefined });
  getSelection().setBaseAndExtent(document.getElementById('s12').firstChild, 0, document.getElementById('s13').firstChild, 5);
});
await page.evaluate(() => document.getElementById('quote').click());
told.quote = await page.evaluate(() => globalThis.copied);
await page.evaluate(() => getSelection().removeAllRanges());

// The phone on its side, and a small one.
await page.setViewport({ width: 740, height: 360 });
told.landscape = { reached: await reach('play', 'back', 'forward', 'seek-chapter', 'rate', 'more'), height: await page.$eval('#player', (each) => each.offsetHeight) };
await look('landscape');
await page.setViewport({ width: 320, height: 568 });
told.small = await reach('play', 'back', 'forward', 'back-30', 'forward-30', 'seek', 'seek-chapter', 'rate', 'sleep', 'follow', 'more');
await look('small');
await page.setViewport({ width: 1280, height: 800 });
await look('desktop');

// Offline: the chapter that was kept, and the page.
await page.evaluate(() => navigator.serviceWorker.ready);
await page.reload();
await until(() => navigator.serviceWorker.controller);
await page.evaluate(() => document.getElementById('keep-chapter').click());
await until(() => /gardé/.test(document.getElementById('kept').textContent));
told.kept = await text('#kept');
const worker = await browser.waitForTarget((each) => each.type() === 'service_worker');
for (const target of [await page.createCDPSession(), await worker.createCDPSession()]) {
  await target.send('Network.enable');
  await target.send('Network.emulateNetworkConditions', { offline: true, latency: 0, downloadThroughput: 0, uploadThroughput: 0 });
}
await page.reload();
await ready();
const from = await now();
await page.evaluate(() => document.getElementById('audio').play());
await until(() => document.getElementById('audio').currentTime > 1);
await page.waitForFunction((time) => document.getElementById('audio').currentTime > time + 0.5, {}, from);
told.offline = { online: await page.evaluate(() => fetch('../feed.xml').then(() => true, () => false)), from, now: await now() };
await page.goto(blankOf('index.html'));
told.resume = await text('.resume');
await look('index');
function blankOf(name) { return new URL(`../${name}`, url).href; }
await browser.close();

// Online again: the shelf leads from a book to the next, the feed has a page for people.
const second = await launch(chromium);
const other = await openPage(second, told.errors);
await other.goto(blankOf('index.html#apres-livre'));
await other.waitForFunction(() => location.pathname.includes('/suite/'));
told.next = other.url();
await other.goto(blankOf('subscribe.html'));
await other.evaluate(axe);
told.axe.push(...(await other.evaluate(() => axe.run())).violations.map((each) => `subscribe: ${each.id}: ${each.nodes[0].html}`));
told.apps = await other.$$eval('.apps a', (all) => all.map((each) => each.href));
told.address = await other.$eval('#address', (each) => each.textContent);
told.qr = await other.$eval('svg.qr', (each) => each.getBoundingClientRect().width);
if (shots) await other.screenshot({ path: `${shots}/subscribe.png` });
await second.close();
console.log(JSON.stringify(told));
