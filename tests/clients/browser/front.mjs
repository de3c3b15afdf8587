// The front end in `front.jsx`, with two people; then the service's own page. Prints what stands on the pages.
import { join } from 'node:path';
import { until, withBrowser } from './browser.mjs';

const [bundle, pictures] = process.argv.slice(2);

await withBrowser(bundle, async ({ open, service }) => {
  // The service's own page makes a chat.
  const page = await open(service.origin);
  await page.setViewport({ width: 1200, height: 760 });
  await page.click('#demo');
  await page.waitForFunction(() => document.querySelector('#channel').selectedOptions[0]?.textContent === 'general');
  // The page empties the field once the message is sent.
  const say = async (text, status) => {
    const before = await page.$$eval('.message', all => all.length);
    await page.type('#text', text);
    await page.click('#go');
    await page.waitForFunction((status, before) => {
      const all = [...document.querySelectorAll('.message')];
      return all.length > before && all.at(-1).classList.contains(status) && !document.querySelector('#text').value;
    }, {}, status, before);
  };
  await say('hello', 'SENT');
  await say('what the fuck', 'SENT');
  await say('use AKIATESTKEYNOTREAL23', 'DENIED');
  await page.click('#hold');
  await say('wait for me', 'PENDING');
  await page.waitForSelector('#pass');
  await page.screenshot({ path: join(pictures, 'held.png') });
  await page.click('#pass');
  await page.waitForFunction(() => !document.querySelector('.message.PENDING') && /delivered/.test(document.querySelector('#trace').textContent));
  for (const line of await page.$$eval('.step .what', all => all.map(one => one.textContent))) console.log(`held ${line}`);
  await page.evaluate(() => [...document.querySelectorAll('.message.DENIED')].at(-1).click());
  await page.waitForFunction(() => /DENIED/.test(document.querySelector('#trace').textContent));
  for (const line of await page.$$eval('.message', all => all.map(one => `${one.className.split(' ')[1]} ${one.textContent}`))) console.log(`page ${line}`);
  for (const line of await page.$$eval('.step .what', all => all.map(one => one.textContent))) console.log(`trace ${line}`);
  await page.screenshot({ path: join(pictures, 'page.png') });

  // The same chat in the front end.
  const people = { ann: await open(), bob: await open() };
  for (const [name, front] of Object.entries(people)) {
    await front.evaluate((exchange, name) => window.enter(exchange, name), new URL('/_local/creds', service).href, name);
    const channel = await front.waitForSelector('li button, li [role="button"], ul li');
    await channel.click();
    await front.waitForSelector('#about');
  }
  const said = name => people[name].$$eval('.said', all => all.map(one => one.textContent));
  const shows = (name, text) => until(`\`${text}\` at ${name}`, async () => (await said(name)).includes(text));
  for (const [content, ann, bob] of [['shit & so on', '**** & so on', '**** & so on'], ['use AKIATESTKEYNOTREAL45', 'use AKIATESTKEYNOTREAL45 (DENIED)', undefined], ['über uns?', 'über uns?', 'über uns?']]) {
    await people.ann.evaluate(content => window.send(content), content);
    await shows('ann', ann);
    if (bob) await shows('bob', bob);
  }
  for (const name of ['ann', 'bob']) {
    console.log(`${name} ${await people[name].$eval('#about', one => one.textContent)}`);
    (await said(name)).forEach(text => console.log(`${name} reads ${text}`));
    await people[name].screenshot({ path: join(pictures, `front-${name}.png`) });
  }
});
