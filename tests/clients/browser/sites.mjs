// A page of this machine and pages of other sites, all of which ask the service for what they can: prints what each of them gets.
import { until, withBrowser } from './browser.mjs';

const [bundle] = process.argv.slice(2);

/** Runs in a page: what it gets of the service at `service`. */
async function tries(service) {
  const got = {};
  const names = value => value instanceof Error ? value.name : value;
  const ask = (name, path, options) =>
    fetch(service + path, options).then(answer => answer.type === 'opaque' ? 'nothing to read' : answer.text().then(() => answer.status)).catch(names).then(what => { got[name] = what; });
  await ask('reads', '/_local/state');
  await ask('reads with cookies', '/_local/health', { credentials: 'include' });
  await ask('runs the function', '/2015-03-31/functions/f/invocations', { method: 'POST', body: '{}' });
  // These are sent without asking first, and a page never learns what became of them.
  await ask('plans faults', '/_local/faults', { method: 'POST', mode: 'no-cors', body: '{"fault": "failure", "times": 0}' });
  await ask('advances', '/_local/clock', { method: 'POST', mode: 'no-cors', body: '{"advance": "48h"}' });
  await ask('makes', '/app-instances', { method: 'POST', mode: 'no-cors', body: '{"Name": "made by a page", "ClientRequestToken": "t"}' });
  got.listens = await new Promise(resolve => {
    const socket = new WebSocket(`${service.replace('http', 'ws')}/connect?sessionId=s&userArn=nobody`);
    socket.onopen = () => resolve('a session');
    socket.onerror = () => resolve('an error');
  });
  const client = window.chat;
  if (client) {
    client.connectTo(service);
    got.client = await client.house().then(({ ann }) => ann ? 'a chat' : 'nothing', names);
  }
  return got;
}

await withBrowser(bundle, async ({ open, service, page }) => {
  const health = () => fetch(new URL('/_local/health', service)).then(answer => answer.json());
  const done = async () => {
    const { 'ahead-seconds': ahead, 'app-instances': made, faults, sessions } = await health();
    return JSON.stringify({ ahead, made, faults, sessions });
  };
  const says = (who, got) => Object.entries(got).forEach(([what, came]) => console.log(`${who} ${what}: ${came}`));

  const evil = await open(`http://evil.example:${page}/`);
  says('evil', await evil.evaluate(tries, service.origin));
  // A frame in a sandbox has no origin of its own, wherever the page around it is from.
  const mine = await open();
  const sandboxed = await mine.evaluateHandle(() => {
    const frame = Object.assign(document.createElement('iframe'), { srcdoc: '<p>in a sandbox</p>' });
    frame.sandbox = 'allow-scripts';
    document.body.append(frame);
    return new Promise(resolve => frame.addEventListener('load', () => resolve(frame)));
  });
  says('sandboxed', await (await sandboxed.contentFrame()).evaluate(tries, service.origin));
  // A name that was made to lead to the service: to the browser, page and service are of one origin.
  const rebound = await open(`http://rebound.example:${service.port}/`);
  console.log(`rebound shows: ${JSON.parse(await rebound.evaluate(() => document.body.textContent)).Code}`);
  const own = await rebound.evaluate(() => Promise.all(['/_local/state', '/app-instances'].map(path => fetch(path).then(answer => answer.status))));
  console.log(`rebound reads: ${own}`);
  const link = await open(`http://evil.example:${page}/`);
  await link.evaluate(to => { location = to; }, `${service.origin}/`);
  await until('the page behind a link', () => link.evaluate(() => !!document.querySelector('#demo')).catch(() => false));
  console.log(`done for them: ${await done()}`);

  says('mine', await mine.evaluate(tries, service.origin));
  console.log(`done for mine: ${await done()}`);
});
