// Drives proof.html in Chromium; prints what happened as JSON. Usage: drive-proof.mjs CHROMIUM URL BASE
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { launch, openPage } from './browser.mjs';

const [chromium, url, base] = process.argv.slice(2);
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const told = { strangers: [], errors: [], axe: [], overflow: [] };
const browser = await launch(chromium);
const page = await openPage(browser, told.errors);
page.on('request', (request) => {
  if (!request.url().startsWith(base) && !request.url().startsWith('data:')) told.strangers.push(request.url());
});
page.on('console', (message) => { if (['error', 'warn'].includes(message.type())) told.errors.push(message.text()); });
const look = () => page.evaluate(() => ({
  time: document.getElementById('audio').currentTime,
  paused: document.getElementById('audio').paused,
  focused: document.activeElement.getAttribute('aria-label'),
  now: document.querySelector('.now')?.id ?? null,
}));
const wait = (ms) => new Promise((done) => setTimeout(done, ms));
const press = async (key) => { await page.keyboard.press(key); await wait(150); return look(); };

for (const scheme of ['light', 'dark']) {
  for (const width of [1280, 360]) {
    await page.setViewport({ width, height: 844 });
    await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }]);
    await page.goto(url);
    await page.waitForFunction(() => document.getElementById('audio').readyState > 0);
    await page.evaluate(axe);
    const found = await page.evaluate(() => axe.run());
    for (const each of found.violations) told.axe.push(`${scheme} ${width}: ${each.id}: ${each.nodes[0].html}`);
    if (await page.evaluate(() => document.documentElement.scrollWidth > innerWidth)) told.overflow.push(`${scheme} ${width}`);
  }
}
told.rows = await page.evaluate(() => [...document.querySelectorAll('#list > li')].map((item) => ({
  id: item.id,
  marks: [...item.querySelectorAll('mark')].map((mark) => mark.textContent),
  text: item.textContent,
})));
told.summary = await page.evaluate(() => document.getElementById('summary').textContent);
told.next = await press('j');
// Slowly: a busy machine looks late.
await page.evaluate(() => { document.getElementById('audio').playbackRate = 0.25; });
told.playing = await press('p');
await page.waitForFunction(() => document.getElementById('audio').paused);
told.stopped = await look();
told.second = await press('j');
told.back = await press('k');
for (const name of ['Lexicon', 'Correction', 'Voice', 'Lexicon']) {
  await page.evaluate((label) => {
    document.querySelector(`#list > li button[aria-label^="${label}"]`).click();
  }, name);
}
told.lines = await page.evaluate(() => document.getElementById('lines').value);
told.told = await page.evaluate(() => document.getElementById('told').textContent);
await page.evaluate(() => document.getElementById('copy').click());
await wait(200);
told.copied = await page.evaluate(() => document.getElementById('told').textContent);
await browser.close();
console.log(JSON.stringify(told));
