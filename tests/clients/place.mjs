// Listens as people do and tells what became of their place. Usage: place.mjs CHROMIUM PAGE OLD-EDITION
// Prints JSON: each case's places, and the faults of fifty random visits.
import { launch, openPage } from './browser.mjs';

const [chromium, url, old] = process.argv.slice(2);
const told = { errors: [] };
const browser = await launch(chromium);
const blank = new URL('../subscribe.html', url).href; // of the same site, with no player

const ready = (page) => page.waitForFunction(() => {
  const audio = document.getElementById('audio');
  return audio?.readyState > 0 && !audio.seeking;
});
const tab = async () => {
  const page = await openPage(browser, told.errors);
  await page.setViewport({ width: 900, height: 700 });
  // Where sound was when a page was left: by then it may have played on, far on a busy machine.
  await page.evaluateOnNewDocument(() => addEventListener('pagehide', () => {
    const audio = document.getElementById('audio');
    if (audio) sessionStorage.left = audio.currentTime;
  }));
  return page;
};
// A visit, of which a hash alone would make none.
const visit = async (page, address = url) => {
  await page.goto(blank);
  await page.goto(address);
  await ready(page);
  return page;
};
const now = (page) => page.evaluate(() => document.getElementById('audio').currentTime);
const kept = (page) => page.evaluate(() => {
  const name = Object.keys(localStorage).find((each) => /^hautevoix:[0-9a-f-]{36}$/.test(each));
  const all = name ? JSON.parse(localStorage[name]) : {};
  return { place: all.place?.time ?? null, history: (all.history || []).map((each) => each.time), name };
});
// The bar, dragged: nothing is heard by that.
const seek = async (page, time) => {
  await page.evaluate((when) => {
    const bar = document.getElementById('seek');
    bar.value = when;
    bar.dispatchEvent(new Event('input', { bubbles: true }));
    bar.dispatchEvent(new Event('change', { bubbles: true }));
  }, time);
  await ready(page);
};
// Hears some seconds, fast, and stops (or not).
const hear = async (page, seconds = 1.5, stop = true) => {
  const from = await now(page);
  await page.evaluate(() => {
    const audio = document.getElementById('audio');
    audio.playbackRate = 4;
    if (audio.paused) document.getElementById('play').click();
  });
  await page.waitForFunction((end) => document.getElementById('audio').currentTime >= end, {}, from + seconds);
  if (stop) await page.evaluate(() => document.getElementById('audio').pause());
  await new Promise((done) => setTimeout(done, 30));
  return now(page);
};
// A place to begin with: heard at ``time``, nothing else known.
const begin = async (page, time, address = url) => {
  await page.goto(blank);
  await page.evaluate(() => localStorage.clear());
  await visit(page, address);
  await seek(page, time);
  return hear(page);
};

const page = await tab();
await page.goto(blank);
await page.evaluate(() => localStorage.clear());
await visit(page);
await page.select('#rate', '1.25');
await page.goto(blank);
told.nothing = await kept(page);
await visit(page);
await seek(page, 100);
await page.goto(blank);
told.unheard = await kept(page);

told.heardAt = await begin(page, 100);
told.drift = [];
for (let times = 0; times < 4; times += 1) {
  await visit(page);
  if (times % 2) await hear(page, 0.6);
  told.drift.push((await kept(page)).place);
}
await visit(page);
told.sight = await page.evaluate(() => {
  const box = document.querySelector('.lit').getBoundingClientRect();
  return { top: box.top, bottom: box.bottom, floor: innerHeight - document.getElementById('player').offsetHeight };
});
await visit(page, `${url}#t=20`);
told.link = { ...(await kept(page)), time: await now(page), offer: await page.$eval('#return', (each) => each.textContent) };
await hear(page);
told.linkHeard = await kept(page);
await page.reload();
await ready(page);
told.reloaded = await now(page);
await page.click('#return');
await ready(page);
told.returned = await now(page);

await begin(page, 100);
await visit(page, `${url}#t=20,22`);
await page.waitForFunction(() => document.getElementById('audio').currentTime > 21.5);
await page.waitForFunction(() => document.getElementById('audio').paused);
told.passage = { ...(await kept(page)), time: await now(page) };
await visit(page, `${url}#c4`);
await page.waitForFunction(() => !document.getElementById('audio').paused);
told.chapter = { time: await now(page), start: await page.$eval('#c4', (each) => Number(each.dataset.t)), title: await page.$eval('#c4', (each) => each.dataset.title) };

await begin(page, 60);
const other = await visit(await tab());
await seek(other, 150);
await hear(other, 1.5, false);
await page.bringToFront();
told.twoTabs = { offer: await page.$eval('#return', (each) => each.textContent), ...(await kept(page)) };
await hear(page, 1, false);
await other.waitForFunction(() => document.getElementById('audio').paused); // one is heard at a time
await page.evaluate(() => document.getElementById('audio').pause());
told.twoTabsHeard = await kept(page);
await other.close();
told.twoTabsClosed = await kept(page);

await begin(page, 50);
const doomed = await visit(await tab());
await seek(doomed, 120);
await hear(doomed, 12, false);
told.killedAt = await now(doomed);
(await doomed.createCDPSession()).send('Page.crash').catch(() => {});
await new Promise((done) => setTimeout(done, 200));
told.killed = await kept(page);
await doomed.close().catch(() => {});

await begin(page, 90, old);
told.oldWords = await page.$eval('.lit', (each) => each.textContent);
await visit(page, url);
told.newTime = await now(page);
told.newWords = (await page.evaluate(() => [...document.querySelectorAll('.s')]
  .filter((each) => Number(each.dataset.t) >= document.getElementById('audio').currentTime - 0.1).slice(0, 6).map((each) => each.textContent)));
told.editionKept = await kept(page);

// Chapters: ticked when heard, not when jumped over; « précédemment » after a week.
await begin(page, 60);
await seek(page, 79);
await hear(page, 0.6);
told.ticked = await page.$$eval('.contents .done', (rows) => rows.length);
const length = await page.$eval('#c1', (each) => Number(each.dataset.e));
await seek(page, 0);
await page.evaluate(() => { document.getElementById('audio').playbackRate = 16; });
await hear(page, length + 0.5);
told.tickedHeard = await page.$$eval('.contents .done', (rows) => rows.length);
await page.evaluate(() => {
  const name = Object.keys(localStorage).find((each) => /^hautevoix:[0-9a-f-]{36}$/.test(each));
  const all = JSON.parse(localStorage[name]);
  all.place.when -= 8 * 24 * 3600e3;
  localStorage[name] = JSON.stringify(all);
});
await visit(page);
told.recap = await page.$eval('#recap', (each) => !each.hidden);

// Fifty visits at random, always the same: after each, the place is where sound was last heard, and
// what a jump left is in the history.
let seed = 12345;
const random = () => { seed = (seed * 1103515245 + 12345) % 2147483648; return seed / 2147483648; };
told.faults = [];
let place = await begin(page, 70);
let tabs = [page];
for (let count = 0; count < 50; count += 1) {
  const what = [];
  const at = Math.floor(random() * 200) + 10;
  const how = ['', '', `#t=${at}`, `#c${1 + Math.floor(random() * 5)}`, `#t=${at},${at + 1}`][Math.floor(random() * 5)];
  if (tabs.length < 3 && random() < 0.2) tabs.push(await tab());
  const here = tabs[Math.floor(random() * tabs.length)];
  await here.bringToFront();
  await visit(here, url + how);
  what.push(how || 'open');
  await here.evaluate(() => document.getElementById('audio').pause());
  const before = await kept(here);
  const quiet = how.startsWith('#c') ? Infinity : 0.5; // a chapter plays as it opens, and may be heard
  if (quiet === 0.5 && Math.abs(before.place - place) > 0.5) told.faults.push(`${count} ${what}: opened ${place} -> ${before.place}`);
  place = before.place;
  let passage = how.includes(',');
  let rewind = how ? null : place;
  if (random() < 0.5) { await seek(here, at); what.push('seek'); passage = false; rewind = null; }
  let killed = false;
  if (random() < 0.6 && !passage) {
    let end = await hear(here, 1 + random() * 2, random() < 0.5);
    const left = place;
    killed = random() < 0.2 && here !== page;
    if (killed) {
      what.push('kill');
      (await here.createCDPSession()).send('Page.crash').catch(() => {});
      await new Promise((done) => setTimeout(done, 100));
      await here.close().catch(() => {});
      tabs = tabs.filter((each) => each !== here);
    } else {
      await here.goto(blank);
      end = await here.evaluate(() => Number(sessionStorage.left));
    }
    what.push(`hear ${end.toFixed(1)}`);
    if (rewind === null || end > rewind) place = end;
    if (Math.abs(place - left) > 36) what.push(`left ${left}`);
    const after = await kept(killed ? page : here);
    // A killed tab may lose two seconds, at four times the speed, and play on until it is killed;
    // if it kept nothing yet, the old place is still kept.
    const near = Math.abs(after.place - place) < (killed ? 16 : 1.5) || (killed && Math.abs(after.place - left) < 1.5);
    // The first five seconds are no place to go back to.
    const remembered = left < 5 || [after.place, ...after.history].some((each) => Math.abs(each - left) < 36);
    if (!near || !remembered) told.faults.push(`${count} ${what}: ${JSON.stringify({ place, left, after })}`);
    place = after.place;
  } else {
    await here.goto(blank);
    const after = await kept(here);
    if (Math.abs(after.place - place) > 0.5) told.faults.push(`${count} ${what}: ${JSON.stringify({ place, after })}`);
  }
}
await browser.close();
console.log(JSON.stringify(told));
