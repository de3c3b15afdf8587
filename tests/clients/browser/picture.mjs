// Writes the pictures of the README, `local-light.png` and `local-dark.png`, to a folder: the service's own page with a short chat.
import { join } from 'node:path';
import { withBrowser } from './browser.mjs';

const [folder] = process.argv.slice(2);
const CHAT = [
  ['Did anybody see the release notes?', 'SENT'], ['Yes. What the fυck happened to the dates?', 'SENT'],
  ['The staging deploy uses AKIATESTKEYNOTREAL23', 'DENIED'], ['Sorry, wrong window', 'SENT'],
];

await withBrowser(undefined, async ({ open, service }) => {
  const page = await open(service.origin);
  await page.setViewport({ width: 1000, height: 380, deviceScaleFactor: 1.5 });
  await page.click('#demo');
  await page.waitForFunction(() => document.querySelector('#channel').selectedOptions[0]?.textContent === 'general');
  for (const [text, status] of CHAT) {
    const before = await page.$$eval('.message', all => all.length);
    await page.type('#text', text);
    await page.click('#go');
    await page.waitForFunction((status, before) => {
      const all = [...document.querySelectorAll('.message')];
      return all.length > before && all.at(-1).classList.contains(status);
    }, {}, status, before);
  }
  // The page shows the trace of the newest message by itself: only then another one can be chosen for good.
  const traced = text => page.waitForFunction(text => {
    const trace = document.querySelector('#trace').textContent;
    return trace.includes('invocation ended') && trace.includes(text);
  }, {}, text);
  await traced('wrong window');
  await page.evaluate(() => document.querySelectorAll('.message')[1].click());
  await traced('happened to the dates');
  for (const scheme of ['light', 'dark']) {
    await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }]);
    await page.screenshot({ path: join(folder, `local-${scheme}.png`) });
  }
});
