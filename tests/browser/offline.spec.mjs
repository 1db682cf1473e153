// A page that is kept for a day without a network: what is kept, given, renewed and left; the rest of the site is never touched.
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { after, test } from 'node:test';
import { ADDRESS, OFF_LINE, open, until } from './kit.mjs';
import { workbook } from './portal.mjs';

const FILE = '/encart-hors-ligne.js';
const CHART = '<encart-chart src="/communes.csv" x="annee" y="communes" kind="line" title="Communes"></encart-chart>';
const CSV = 'annee;communes\n2021;35059\n2022;35049\n2023;35039\n';
const pageOf = (inside, rest = '') => ({
  type: 'text/html; charset=utf-8',
  body: `<!doctype html><html lang="fr"><title>Essai</title><script type="module" src="/encart/encart.js"></script><main><h1>Essai</h1>${inside}</main>${rest}</html>`,
});
const boardOf = (chart = CHART) => `<encart-board debug offline="${FILE}">${chart}</encart-board>`;
const NO_NETWORK = null;

/** A site of a council: its own answers by path, which a test may change; all else is encart's. `asked` is what it was asked for. */
async function site(answers) {
  const asked = [];
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url, ADDRESS);
    asked.push(request.url);
    let answer = answers[pathname];
    if (answer === NO_NETWORK || answers.all === NO_NETWORK) return request.socket.destroy();
    if (answer === undefined) {
      const given = await fetch(ADDRESS + request.url);
      answer = { status: given.status, type: given.headers.get('content-type'), body: Buffer.from(await given.arrayBuffer()) };
    }
    const { status = 200, type = 'text/csv', headers = {}, body } = answer;
    response.writeHead(status, { 'content-type': type, ...headers });
    response.end(body);
  });
  after(() => {
    server.closeAllConnections();
    server.close();
  });
  await new Promise(resolve => server.listen(0, '127.0.0.1', resolve));
  const home = `http://127.0.0.1:${server.address().port}`;
  const page = await open();
  return { answers, asked, page, home, visit: path => page.goto(home + path) };
}

/** What is kept, by path and words. */
const keptOf = page =>
  page.evaluate(async () => {
    if (!(await caches.has('encart-hors-ligne'))) return [];
    const requests = await (await caches.open('encart-hors-ligne')).keys();
    return requests.map(({ url }) => url.slice(location.origin.length));
  });
const isKept = async paths => {
  if (!navigator.serviceWorker.controller) return false;
  const copies = await caches.open('encart-hors-ligne');
  return (await Promise.all(paths.map(path => copies.match(path)))).every(Boolean);
};
/** Waits until these are kept, and what was asked of the worker until then is done. */
const kept = async (page, paths) => {
  while (!(await page.evaluate(isKept, paths))) await page.evaluate(() => new Promise(requestAnimationFrame));
  await page.evaluate(() => {
    const done = new Promise(resolve => navigator.serviceWorker.addEventListener('message', resolve, { once: true }));
    navigator.serviceWorker.controller.postMessage({ encart: [] });
    return done;
  });
};
async function isGone() {
  return !(await caches.has('encart-hors-ligne')) && (await navigator.serviceWorker.getRegistrations()).length === 0;
}

/** A page with a chart that is kept, visited. */
async function keptSite(answers = {}, path = '/essai.html') {
  const it = await site({ '/essai.html': pageOf(boardOf()), '/communes.csv': { body: CSV }, ...answers });
  await it.visit(path);
  await kept(it.page, ['/essai.html', '/communes.csv']);
  return it;
}

test('what a worker read is here too; what is said of the copy stays when something is chosen', async () => {
  const chart = '<encart-chart src="/communes.xlsx" x="commune" y="population" kind="bar" title="Habitants"></encart-chart>';
  const { page, visit, answers } = await site({ '/essai.html': pageOf(boardOf(chart)), '/communes.xlsx': { body: await workbook() } });
  await visit('/essai.html');
  await page.locator('encart-chart .canvas svg').waitFor();
  await kept(page, ['/essai.html', '/communes.xlsx']);
  const words = (await keptOf(page)).map(path => path.split('?')[0]);
  for (const file of ['data-engine.wasm', 'data-engine.js', 'sheet.wasm', 'sheet.js', 'data.js', 'engine-apart.wasm', 'engine-meeting.wasm']) {
    assert.ok(words.includes(`/encart/${file}`), file);
  }
  answers.all = NO_NETWORK;
  await page.context().setOffline(true);
  await page.addInitScript(OFF_LINE);
  await page.reload();
  await page.locator('encart-chart .canvas svg').waitFor();
  await page.locator('.kept', { hasText: /Sans réseau : copie du / }).waitFor();
  await page.setViewportSize({ width: 700, height: 800 });
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.waitForFunction(() => new Promise(requestAnimationFrame));
  assert.match(await page.locator('.kept').innerText(), /Sans réseau/);
});

test('a page that asks to be kept no more is left, with all its copies', async () => {
  const { page, visit, answers } = await keptSite();
  answers['/essai.html'] = pageOf(`<encart-board>${CHART}</encart-board>`);
  await visit('/essai.html');
  await page.locator('encart-chart .canvas svg').waitFor();
  await until(page, isGone);
});

test('other pages of the site under a policy show their images, and are not asked for by the worker', async () => {
  const image = await site({ '/photo.svg': { type: 'image/svg+xml', body: '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>' } });
  const headers = { 'content-security-policy': `default-src 'self' 'wasm-unsafe-eval' 'unsafe-inline'; img-src 'self' ${image.home}` };
  const file = await (await fetch(ADDRESS + FILE)).text();
  const { page, visit } = await keptSite({
    '/essai.html': { ...pageOf(boardOf()), headers },
    [FILE]: { type: 'text/javascript', headers, body: file },
    '/autre.html': { type: 'text/html', headers, body: `<!doctype html><title>Autre</title><img src="${image.home}/photo.svg" alt="">` },
  });
  for (let visits = 0; visits < 2; visits += 1) {
    await visit('/autre.html');
    assert.equal(await page.evaluate(() => navigator.serviceWorker.controller !== null), true);
    assert.equal(await page.evaluate(() => document.images[0].naturalWidth), 9);
  }
  assert.deepEqual(page.said.violations, []);
});

test('only what the page and its widgets show is kept, once, whatever their address says of the visitor', async () => {
  const scripts = `<script>fetch('/api/moi').then(answer => answer.text()); fetch('/compte?jeton=1')</script>
    <video src="/film.mp4"></video><img src="/mesure.gif?hasard=1" alt=""><img src="/blason.svg" alt="">`;
  const none = '<encart-chart src="/none.csv" cache="none" x="annee" y="communes" kind="bar" title="B"></encart-chart><encart-chart src="/prive.csv" x="annee" y="communes" kind="bar" title="C"></encart-chart>';
  const { page, visit, asked } = await keptSite({
    '/essai.html': pageOf(boardOf(CHART + none), scripts),
    '/api/moi': { type: 'application/json', headers: { 'cache-control': 'no-store' }, body: '{"iban":"FR76"}' },
    '/compte': { type: 'text/plain', body: '1' },
    '/film.mp4': { type: 'video/mp4', body: 'film' },
    '/mesure.gif': { type: 'image/gif', body: 'GIF89a' },
    '/blason.svg': { type: 'image/svg+xml', body: '<svg xmlns="http://www.w3.org/2000/svg"/>' },
    '/none.csv': { body: CSV },
    '/prive.csv': { headers: { 'cache-control': 'private, no-store' }, body: CSV },
  });
  for (const words of ['?utm_source=lettre', '?utm_source=a&utm_medium=b', '?fbclid=x', '']) {
    await visit(`/essai.html${words}`);
    await page.locator('encart-board encart-chart:last-child .canvas svg').waitFor();
    await kept(page, ['/essai.html', '/communes.csv', '/blason.svg']);
  }
  const own = (await keptOf(page)).filter(path => !path.startsWith('/encart/'));
  assert.deepEqual(own.sort(), ['/blason.svg', '/communes.csv', '/essai.html']);
  assert.equal(asked.filter(path => path === '/compte?jeton=1').length, 5, 'once a visit');
});

test('a page that its server lets nobody keep is not kept', async () => {
  const { page, visit } = await site({
    '/essai.html': { ...pageOf(boardOf()), headers: { 'cache-control': 'no-store, private' } },
    '/communes.csv': { body: CSV },
  });
  await visit('/essai.html');
  await kept(page, ['/communes.csv']);
  assert.ok(!(await keptOf(page)).includes('/essai.html'));
});

for (const [name, answer] of [
  ['a page of maintenance', { type: 'text/html', body: '<!doctype html><title>Maintenance</title><p>Le site revient bientôt.' }],
  ['an error of the server', { status: 502, type: 'text/html', body: 'Bad Gateway' }],
]) {
  test(`${name} does not take the place of the copy`, async () => {
    const { page, visit, answers } = await keptSite();
    answers['/essai.html'] = answer;
    answers['/communes.csv'] = answer;
    await visit('/essai.html');
    answers.all = NO_NETWORK;
    await page.context().setOffline(true);
    await visit('/essai.html');
    await page.locator('encart-chart .canvas svg').waitFor();
    await page.locator('.kept', { hasText: 'copie du' }).waitFor();
  });
}

test('a page that has shown no tag for a week is left', async () => {
  const { page, visit, answers } = await keptSite();
  answers['/essai.html'] = { type: 'text/html', body: '<!doctype html><title>Essai</title><h1>Sans graphique</h1>' };
  const since = () => page.evaluate(async () => (await (await caches.open('encart-hors-ligne')).match('/essai.html'))?.headers.get('encart-since'));
  await visit('/essai.html');
  await until(page, async () => (await (await caches.open('encart-hors-ligne')).match('/essai.html')).headers.has('encart-since'));
  assert.equal((await since()).slice(0, 10), new Date().toJSON().slice(0, 10));
  await page.evaluate(async () => {
    const copies = await caches.open('encart-hors-ligne');
    const copy = await copies.match('/essai.html');
    const headers = new Headers(copy.headers);
    headers.set('encart-since', new Date(Date.now() - 8 * 24 * 3600e3).toJSON());
    await copies.put('/essai.html', new Response(await copy.text(), { headers }));
  });
  await visit('/essai.html');
  await until(page, isGone);
});

for (const [name, answer] of [
  ['is taken from the site', { status: 404, type: 'text/plain', body: 'rien' }],
  ['is replaced by the line that ends it', { type: 'text/javascript', body: "caches.delete('encart-hors-ligne').then(() => registration.unregister());" }],
]) {
  test(`where ${FILE} ${name}, worker and copies go`, async () => {
    const { page, visit, answers } = await keptSite({ '/autre.html': { type: 'text/html', body: '<!doctype html><title>Autre</title>' } });
    answers[FILE] = answer;
    answers['/essai.html'] = { type: 'text/html', body: '<!doctype html><title>Essai</title>' };
    await visit('/essai.html');
    await until(page, isGone);
    await visit('/autre.html');
    assert.deepEqual(await keptOf(page), []);
  });
}

test('the worker that a site has already stays, even where it comes after the board', async () => {
  const own = { type: 'text/javascript', body: "addEventListener('fetch', () => {});" };
  const { page, visit, home } = await site({
    '/essai.html': pageOf(boardOf(), "<script>addEventListener('load', () => navigator.serviceWorker.register('/site.js'))</script>"),
    '/communes.csv': { body: CSV },
    '/site.js': own,
  });
  const warned = page.waitForEvent('console', message => message.text().includes('[offline.taken]'));
  await visit('/essai.html');
  await page.evaluate(() => navigator.serviceWorker.ready);
  await visit('/essai.html');
  await warned;
  assert.deepEqual(await page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).map(({ active }) => active.scriptURL)), [`${home}/site.js`]);
});
