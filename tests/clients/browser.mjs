// A browser whose pages may take minutes, as a busy machine does, before they count as hung.
import puppeteer from 'puppeteer-core';

const PATIENCE = 300000; // milliseconds
export const launch = (executablePath) => puppeteer.launch({
  executablePath, timeout: PATIENCE, protocolTimeout: PATIENCE,
  args: ['--no-sandbox', '--mute-audio', '--autoplay-policy=no-user-gesture-required'],
});
// A page of it; what goes wrong in its scripts is added to ``errors``.
export const openPage = async (browser, errors) => {
  const page = await browser.newPage();
  page.setDefaultTimeout(PATIENCE);
  page.on('pageerror', (error) => errors.push(error.message));
  return page;
};
