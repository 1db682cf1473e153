// What does a citizen see, and a webmaster learn, when something fails?
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ADDRESS, COMMUNES, drawn, open, put } from './kit.mjs';

const STATIC = '<figure><p>Le contenu fixe</p></figure>';

const WRONG = { 'column.unknown': { y: 'habitants' }, 'expr.syntax': { steps: '[{"filter":"annee de naissance > 3"}]' }, 'spec.json': { steps: '[{"limit": 3' } };

for (const [name, src, code] of [
  ['a file that is not there', '/panne/404.csv', 'fetch.not-found'],
  ['a server that fails', '/panne/500.csv', 'fetch.down'],
  ['a page in place of a file', '/panne/page.csv', 'file.html'],
  ['an empty file', '/panne/vide.csv', 'file.empty'],
  ['a file cut on its way', '/panne/coupe.csv', 'fetch.cut'],
  ['a host that does not answer', 'http://127.0.0.1:9/x.csv', 'fetch.unreachable'],
  ['an address that is none', 'ftp://x/y', 'fetch.address'],
  ['a column that is not there', '/data/nombre-de-communes-2021-2026.csv?2', 'column.unknown'],
  ['a step that cannot be read', '/data/nombre-de-communes-2021-2026.csv?3', 'expr.syntax'],
  ['steps that are no JSON', '/data/nombre-de-communes-2021-2026.csv?4', 'spec.json'],
]) {
  test(`${name}: the static content stays, with one calm sentence`, async () => {
    const page = await open();
    const said = await put(page, { ...COMMUNES, src, ...WRONG[code] }, STATIC);
    assert.equal(said.name, 'encart-error');
    assert.equal(said.code, code, said.message);
    assert.ok(said.notices.some(notice => notice.code === code), 'the cause is among the notices');
    assert.ok(said.message.length > 40, said.message);
    assert.ok(await page.getByText('Le contenu fixe').isVisible());
    assert.match(await page.locator('encart-chart .calm').textContent(), /^Les données à jour n’ont pas pu être affichées/);
  });
}

test('with debug the page says the cause, and a colour that is none is said', async () => {
  const page = await open();
  await put(page, { ...COMMUNES, src: '/panne/404.csv', debug: '' });
  assert.match(await page.locator('encart-chart .calm').last().textContent(), /404\.csv répond 404/);
  const said = await put(page, COMMUNES, '', '--encart-brand-1: bleu');
  assert.ok(said.notices.some(({ code, column }) => code === 'theme.unread' && column === '--encart-brand-1'));
});

test('a policy that asks for trusted types: allowed, the chart draws; else the static content stays, and the cause is said', async () => {
  const policy = allowed => ({ route: page => page.route('**/tests/browser/page.html', async route => {
    const response = await route.fetch();
    await route.fulfill({ response, headers: { ...response.headers(), 'content-security-policy': `require-trusted-types-for 'script'; trusted-types ${allowed}` } });
  }) });
  const put = (page, attributes) => page.evaluate(attributes => {
    const tag = document.createElement('encart-chart');
    for (const [name, value] of Object.entries(attributes)) tag.setAttribute(name, value);
    tag.append('Le contenu fixe');
    const said = new Promise(resolve => ['encart-ready', 'encart-error'].forEach(name => tag.addEventListener(name, event => resolve({ name, ...event.detail }), { once: true })));
    document.querySelector('#here').append(tag);
    return said;
  }, attributes);
  assert.equal((await put(await open('/tests/browser/page.html', policy('encart')), COMMUNES)).name, 'encart-ready');
  const page = await open('/tests/browser/page.html', policy("'none'"));
  assert.equal((await put(page, COMMUNES)).code, 'page.trusted-types');
  assert.ok(await page.getByText('Le contenu fixe').isVisible());
  assert.match(await page.locator('encart-chart .encart').textContent(), /^Les données à jour n’ont pas pu être affichées/);
});

// Once the panel kept what was open before the failure, and the first click did nothing that could be seen.
test('after a failure and its mending the first click on the table opens it', async () => {
  const page = await open();
  await put(page, COMMUNES);
  const tag = page.locator('encart-chart');
  await tag.getByRole('button', { name: 'Tableau' }).click();
  await tag.evaluate(tag => tag.setAttribute('src', '/panne/404.csv'));
  await tag.locator('.calm').waitFor();
  await tag.evaluate((tag, src) => tag.setAttribute('src', src), COMMUNES.src);
  await drawn(page);
  await tag.getByRole('button', { name: 'Tableau' }).click();
  assert.equal(await tag.locator('tbody tr').count(), 6);
});

for (const [name, make] of [['a cycle', 'const cycle = {}; cycle.cycle = cycle; return cycle'], ['a list', 'return [1]'], ['a text', 'return "{}"']]) {
  test(`a specification that is ${name} is said, and the attributes draw`, async () => {
    const page = await open();
    const codes = await page.evaluate(([attributes, make]) => {
      const tag = document.createElement('encart-chart');
      for (const [name, value] of Object.entries(attributes)) tag.setAttribute(name, value);
      tag.spec = new Function(make)();
      const said = new Promise(resolve => tag.addEventListener('encart-ready', event => resolve(event.detail.notices.map(({ code }) => code)), { once: true }));
      document.querySelector('#here').append(tag);
      return said;
    }, [COMMUNES, make]);
    assert.ok(codes.includes('spec.not-object'), codes.join(' '));
  });
}

test('trying again after the network came back draws the chart', async () => {
  const page = await open();
  let isDown = true;
  await page.route('**/panne/revient.csv', route => (isDown ? route.abort() : route.fulfill({ body: 'annee;communes\n2021;1\n2022;2\n', contentType: 'text/csv' })));
  await put(page, { ...COMMUNES, src: '/panne/revient.csv' }, STATIC);
  isDown = false;
  await page.getByRole('button', { name: 'Réessayer' }).click();
  await drawn(page);
});

test('where the second half of the engine does not come the picture stays, and the next visit of a button asks for it again', async () => {
  let isCut = true;
  const page = await open('/tests/browser/page.html', { route: page => page.route('**/engine-later.wasm', route => (isCut ? route.abort() : route.continue())) });
  const said = await put(page, COMMUNES);
  assert.equal(said.name, 'encart-ready');
  assert.ok(said.notices.some(({ code }) => code === 'engine.later'));
  const tag = page.locator('encart-chart');
  assert.ok(await tag.locator('.canvas svg').isVisible());
  isCut = false;
  await Promise.all([page.waitForResponse('**/engine-later.wasm'), tag.getByRole('button', { name: 'Tableau' }).click()]);
  await page.waitForFunction(() => {
    document.querySelector('encart-chart').shadowRoot.querySelector('[data-do=table][aria-expanded=false]')?.click();
    return document.querySelector('encart-chart').shadowRoot.querySelector('tbody');
  });
});

test('an engine that is not there leaves the static content, and says so', async () => {
  const page = await open('/tests/browser/page.html', { route: page => page.route('**/engine.wasm', route => route.fulfill({ status: 404 })) });
  const said = await put(page, COMMUNES, STATIC);
  assert.deepEqual([said.name, said.code], ['encart-error', 'engine']);
  assert.ok(await page.getByText('Le contenu fixe').isVisible());
  assert.match(await page.locator('encart-chart [role=status]').textContent(), /^Le graphique interactif/);
});

test('where WebAssembly is refused, the plain JavaScript engine draws the same picture', async () => {
  const [strict, refused] = [await open('/host.html'), await open('/host-sans-wasm.html')];
  const first = page => page.waitForFunction(() => window.pictures.find(svg => svg.includes('Chelles'))).then(handle => handle.jsonValue());
  assert.equal(await first(refused), await first(strict));
  const loaded = page => page.said.requests.map(({ pathname }) => pathname).filter(path => path.includes('engine'));
  assert.deepEqual(loaded(refused), ['/encart/engine-plain.js']);
});

test('without scripts the static content is all there is', async () => {
  const page = await open('/host.html', { javaScriptEnabled: false });
  assert.ok(await page.getByText('Chelles paie près du quart').first().isVisible());
  assert.ok(ADDRESS);
});
