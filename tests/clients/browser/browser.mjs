// A browser for tests: one of this machine, or the one that comes by npm. Its pages come from a server of their own, so what they ask of
// the local service is of another origin; AWS's own host names lead to the service, and of all certificates only the service's is let in.
// Names of other sites lead to this machine, whatever is listening there.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { accessSync, constants, mkdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { delimiter, join } from 'node:path';
import { connect } from 'node:tls';
import { fileURLToPath } from 'node:url';
import puppeteer from 'puppeteer-core';

const service = new URL(process.env.CHIMEFLOW_LOCAL);
const AWS = ['messaging-chime.us-east-1.amazonaws.com', 'identity-chime.us-east-1.amazonaws.com'];
// How this ends where no browser can be started, which is not the service's fault.
const NO_BROWSER = 77;
const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** A browser: where it is, and what its environment has to be. */
async function found() {
  for (const folder of process.env.PATH.split(delimiter)) {
    for (const name of NAMES) {
      try {
        accessSync(join(folder, name), constants.X_OK);
        return { executablePath: join(folder, name), env: process.env, from: 'this machine' };
      } catch { /* It is not there. */ }
    }
  }
  // It unpacks itself into the folder for temporary files, so it is given one of its own. The options that it proposes are not taken:
  // among them is one that lets every origin in.
  process.env.TMPDIR = join(import.meta.dirname, 'browser');
  mkdirSync(process.env.TMPDIR, { recursive: true });
  const { default: chromium, inflate } = await import('@sparticuz/chromium');
  const executablePath = await chromium.executablePath();
  const env = { ...process.env };
  if (execFileSync('ldd', [executablePath], { encoding: 'utf8' }).includes('not found')) {
    const libraries = fileURLToPath(import.meta.resolve('@sparticuz/chromium')).replace(/build\/.*/, 'bin/al2023.tar.br');
    env.LD_LIBRARY_PATH = join(await inflate(libraries), 'lib');
  }
  return { executablePath, env, from: 'npm' };
}

/** The hash of the service's public key, as browsers want to know whom to trust. */
function key() {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: '127.0.0.1', port: service.port, rejectUnauthorized: false }, () => {
      const spki = socket.getPeerX509Certificate().publicKey.export({ type: 'spki', format: 'der' });
      socket.destroy();
      resolve(createHash('sha256').update(spki).digest('base64'));
    });
    socket.on('error', reject);
  });
}

/** Serves `script` in an empty page. */
async function pages(script) {
  const html = '<!doctype html><meta charset="utf-8"><title>A chat</title><link rel="icon" href="data:,"><body><div id="root"></div><script src="/page.js"></script>';
  const server = createServer((request, response) => {
    const asked = request.url === '/page.js';
    response.setHeader('content-type', asked ? 'text/javascript; charset=utf-8' : 'text/html; charset=utf-8');
    response.end(asked ? readFileSync(script) : html);
  });
  await new Promise(resolve => server.listen(0, '127.0.0.1', resolve));
  return server;
}

/**
 * Runs `use({ open, service, page })` with a browser; `open(address)` gives a page, whose errors end the run. Without an address it is the one
 * with `script`; `page` is the port of that.
 */
export async function withBrowser(script, use) {
  const { executablePath, env, from } = await found();
  const server = script ? await pages(script) : undefined;
  const rules = [...AWS.map(name => `MAP ${name}:443 127.0.0.1:${service.port}`), 'MAP *.example 127.0.0.1'].join(', ');
  const launched = puppeteer.launch({
    executablePath, env, headless: from === 'npm' ? 'shell' : true,
    args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', `--host-resolver-rules=${rules}`, `--ignore-certificate-errors-spki-list=${await key()}`],
  });
  const browser = await launched.catch(error => {
    console.error(`no browser: ${executablePath} of ${from} does not start: ${error.message}`);
    process.exit(NO_BROWSER);
  });
  console.log(`browser ${await browser.version()} of ${from}`);
  const broken = [];
  const open = async address => {
    // Pages that are not in front must not be slowed down.
    const page = await (await browser.createBrowserContext()).newPage();
    page.on('pageerror', error => broken.push(error.message));
    page.on('console', said => said.type() === 'error' && broken.push(`${said.text()} ${said.location().url ?? ''}`));
    await page.goto(address ?? `http://localhost:${server.address().port}/`);
    return page;
  };
  try {
    await use({ open, service, page: server?.address().port });
    broken.forEach(error => console.log(`error ${error}`));
  } catch (error) {
    throw new Error(`${error.message}\n${broken.join('\n')}`, { cause: error });
  } finally {
    await browser.close();
    server?.close();
  }
}

/** Waits until `done()` gives something; `what` says what was waited for. */
export async function until(what, done) {
  for (const end = Date.now() + 15_000; Date.now() < end;) {
    const given = await done();
    if (given) return given;
    await new Promise(resolve => setTimeout(resolve, 20));
  }
  throw new Error(`waited for ${what} in vain`);
}
