// Looks at a page that renews itself while its book is rebuilt. Usage: live.mjs CHROMIUM PAGE
// Says a word on stdout when the next build may come; its last line is JSON: what was seen.
import { launch, openPage } from './browser.mjs';

const [chromium, url] = process.argv.slice(2);
const told = { errors: [] };
const browser = await launch(chromium);
const page = await openPage(browser, told.errors);
await page.setViewport({ width: 900, height: 700 });
// Where the sound was last sent: on a busy machine it plays far on before anybody looks.
await page.evaluateOnNewDocument(() => document.addEventListener('seeking', ({ target }) => {
  globalThis.sought = target.currentTime;
}, true));
const say = (word) => process.stdout.write(`${word}\n`);
// What the page shows, once it shows another build and has come to its place.
const renewed = async (before) => {
  await page.waitForFunction((old) => document.body.dataset.live && document.body.dataset.live !== old
    && document.getElementById('audio').readyState > 0 && document.getElementById('live-line').textContent
    && !document.getElementById('audio').seeking, {}, before);
  await new Promise((done) => setTimeout(done, 500)); // scrolling comes to rest
  return page.evaluate(() => {
    const audio = document.getElementById('audio');
    const heard = [...document.querySelectorAll('.s[data-t]')].filter((each) => Number(each.dataset.t) <= (globalThis.sought ?? audio.currentTime) + 0.05).at(-1);
    const box = heard?.getBoundingClientRect();
    return {
      build: document.body.dataset.live, paused: audio.paused, heard: heard?.textContent,
      seen: Boolean(box && box.top >= 0 && box.bottom <= innerHeight - document.getElementById('player').offsetHeight),
      fresh: [...document.querySelectorAll('.s.new')].map((each) => each.textContent),
      line: document.getElementById('live-line').textContent, offer: document.getElementById('live-new').textContent,
      chapters: document.querySelectorAll('.contents li').length,
    };
  });
};
const seek = (number, playing) => page.evaluate((at, on) => {
  const audio = document.getElementById('audio');
  audio.currentTime = Number(document.querySelectorAll('.s[data-t]')[at].dataset.t) + 0.2;
  audio.playbackRate = 0.0625; // a sentence lasts until the next build is there
  if (on) return audio.play();
  return null;
}, number, playing);

await page.goto(url);
await page.waitForFunction(() => document.getElementById('live-line').textContent);
told.empty = await page.evaluate(() => document.getElementById('live-line').textContent);
say('first');
told.first = await renewed('');
await seek(30, false);
say('second');
told.second = await renewed(told.first.build);
await seek(20, true);
say('third');
told.third = await renewed(told.second.build);
await page.evaluate(() => document.getElementById('audio').pause());
say('failure');
await page.waitForFunction(() => document.getElementById('live').dataset.kind === 'failed');
told.failure = await page.evaluate(() => ({
  line: document.getElementById('live-line').textContent,
  heading: document.querySelector('#live-told summary').textContent,
  told: [...document.querySelectorAll('#live-told li')].map((each) => each.textContent),
  build: document.body.dataset.live,
}));
say('end');
await page.waitForFunction(() => document.getElementById('live-line').textContent.includes('start it again'));
say(JSON.stringify(told));
await browser.close();
