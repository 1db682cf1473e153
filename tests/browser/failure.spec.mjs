// What does a citizen see, and a webmaster learn, when something fails?
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ADDRESS, COMMUNES, POPULATION, drawn, open, put, trap, until } from './kit.mjs';
import { PORTALS, play } from './portal.mjs';

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
  const page = await open('/tests/browser/page.html', { route: page => page.route('**/engine-later.wasm*', route => (isCut ? route.abort() : route.continue())) });
  const said = await put(page, COMMUNES, STATIC);
  assert.equal(said.name, 'encart-ready');
  assert.ok(said.notices.some(({ code }) => code === 'engine.later'));
  assert.ok(page.said.notices.some(text => text.startsWith('encart [engine.later]')));
  const tag = page.locator('encart-chart');
  assert.ok(await tag.locator('.canvas svg').isVisible());
  // the words and the table of what is inside are there meanwhile
  assert.ok(await page.getByText('Le contenu fixe').isVisible());
  isCut = false;
  await Promise.all([page.waitForResponse('**/engine-later.wasm*'), tag.getByRole('button', { name: 'Tableau' }).click()]);
  await page.waitForFunction(() => {
    document.querySelector('encart-chart').shadowRoot.querySelector('[data-do=table][aria-expanded=false]')?.click();
    return document.querySelector('encart-chart').shadowRoot.querySelector('tbody');
  });
  assert.ok(await page.getByText('Le contenu fixe').isHidden());
});

for (const [name, answer] of [
  ['missing', { status: 404 }],
  ['a page in its place', { body: '<!doctype html><title>404</title>', contentType: 'text/html' }],
  ['of another build', { body: Buffer.from([0, 97, 115, 109, 1, 0, 0, 0]), contentType: 'application/wasm' }],
]) {
  test(`engine.wasm ${name}: the engine without WebAssembly draws, and the console says so`, async () => {
    const page = await open('/tests/browser/page.html', { route: page => page.route('**/engine.wasm*', route => route.fulfill(answer)) });
    const warned = page.waitForEvent('console', message => message.text().includes('[engine.plain] engine-plain.js'));
    assert.equal((await put(page, COMMUNES, STATIC)).name, 'encart-ready');
    await warned;
  });
}

test('an engine that is not there leaves the static content, and says so', async () => {
  const page = await open('/tests/browser/page.html', { route: page => page.route(/engine(-plain)?\.(wasm|js)/, route => route.fulfill({ status: 404 })) });
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

test('what a page or another library throws ends no widget; a trap gives every tag its static content back, and is said once a tag', async () => {
  const page = await open('/tests/browser/page.html', { route: page => page.route('**/vendor/engine.js', route => route.fulfill({ body: 'null.x', contentType: 'text/javascript' })) });
  await page.evaluate(() => {
    for (const name of ['encart-ready', 'encart-notices', 'encart-error']) addEventListener(name, () => null.x);
    window.errors = 0;
    addEventListener('encart-error', () => (window.errors += 1));
  });
  await put(page, COMMUNES, STATIC);
  await put(page, POPULATION, STATIC);
  await page.addScriptTag({ url: '/vendor/engine.js' });
  await page.evaluate(() => document.querySelector('encart-chart').setAttribute('kind', 'bar'));
  await page.locator('encart-chart').first().locator('.canvas svg rect').first().waitFor();
  assert.equal(await page.locator('encart-chart .canvas svg').count(), 2);
  await page.evaluate(trap);
  assert.equal(await page.getByText('Le contenu fixe').nth(1).isVisible(), true);
  assert.deepEqual(await page.locator('encart-chart [role=status]').allInnerTexts(), Array(2).fill('Le graphique interactif n’a pas pu être chargé.'));
  assert.equal(await page.evaluate(() => window.errors), 2);
});

const JSON_DATA = { kind: 'bar', x: 'annee', y: 'communes', title: 'Nombre de communes' };
const ROWS = '[{"annee":2021,"communes":1},{"annee":2022,"communes":3}]';

test('a worker that dies is replaced: what it had under way is answered', async () => {
  let answer;
  const asked = new Promise(resolve => (answer = resolve));
  const held = [];
  const page = await open('/tests/browser/page.html', { route: page => page.route('**/lent.json*', route => { held.push(route); if (held.length === 2) answer(); }) });
  const said = Promise.all([1, 2].map(n => put(page, { ...JSON_DATA, src: `rest:${ADDRESS}/lent.json?${n}` }, STATIC)));
  await asked;
  await page.unroute('**/lent.json*');
  await page.route('**/lent.json*', route => route.fulfill({ body: ROWS, contentType: 'application/json' }));
  await page.workers()[0].evaluate(() => void setTimeout(() => { throw new Error('gone'); }));
  assert.deepEqual((await said).map(({ name }) => name), ['encart-ready', 'encart-ready']);
});

/** A data engine that ends, as a trap ends it, at each order that says « fatal ». */
const FATAL = `
  import * as real from './data-engine.js?real';
  let hear;
  export const onTrap = listener => real.onTrap(hear = listener);
  export default real.default;
  export const run = (order, ...rest) => order.includes('fatal') ? (hear(new WebAssembly.RuntimeError('unreachable')), new Promise(() => {})) : real.run(order, ...rest);
`;

for (const [name, policy] of [['in a worker', ''], ['in the page, where no worker may start', "worker-src 'none'"]]) {
  test(`data that end the data engine, ${name}: their widget keeps its static content and says why, the others draw`, async () => {
    const route = async page => {
      await page.route(/data-engine\.js\?v/, route => route.fulfill({ body: FATAL, contentType: 'text/javascript' }));
      await page.route('**/*.json', route => route.fulfill({ body: ROWS, contentType: 'application/json' }));
      if (policy) await page.route('**/tests/browser/page.html', async route => {
        const response = await route.fetch();
        await route.fulfill({ response, headers: { ...response.headers(), 'content-security-policy': policy } });
      });
    };
    const page = await open('/tests/browser/page.html', { route });
    const sources = policy ? ['/fatal.json'] : ['/bon.json', '/fatal.json'];
    const said = await Promise.all(sources.map(src => put(page, { ...JSON_DATA, src }, STATIC)));
    assert.deepEqual(said.map(({ code, name }) => code ?? name), policy ? ['engine.broken'] : ['encart-ready', 'engine.broken']);
    assert.match(said.at(-1).message, /trop de mémoire ou de temps/);
    assert.ok(await page.getByText('Le contenu fixe').last().isVisible());
    if (!policy) assert.equal((await put(page, { ...JSON_DATA, src: '/suivant.json' })).name, 'encart-ready');
  });
}

test('a host that the policy of the page refuses is named with the directive to write', async () => {
  const { host } = await play(PORTALS.Opendatasoft, 'good');
  const route = page => page.route('**/tests/browser/page.html', async route => {
    const response = await route.fetch();
    await route.fulfill({ response, headers: { ...response.headers(), 'content-security-policy': "connect-src 'self'; worker-src 'none'" } });
  });
  const said = await put(await open('/tests/browser/page.html', { route }), { ...JSON_DATA, src: `http://${host}/x.json` }, STATIC);
  assert.equal(said.code, 'fetch.unreachable');
  assert.match(said.message, /est refusé par la politique de sécurité de la page : ajoutez cet hôte à connect-src\.$/);
});

test('in a sandboxed frame, where nothing may be kept, the chart draws', async () => {
  const page = await open();
  const attributes = Object.entries({ ...COMMUNES, src: ADDRESS + COMMUNES.src }).map(([name, value]) => `${name}="${value}"`).join(' ');
  const frame = (attributes, address) => Object.assign(document.createElement('iframe'), { sandbox: 'allow-scripts', width: 700, height: 700, srcdoc: `<!doctype html><script type="module" src="${address}/encart/encart.js"></script><encart-chart ${attributes}></encart-chart>` });
  await page.evaluate(`document.body.append((${frame})(${JSON.stringify(attributes)}, ${JSON.stringify(ADDRESS)}))`);
  await page.frameLocator('iframe').locator('encart-chart .canvas svg').waitFor();
});

test('names of the page that hide the document’s own hide nothing of encart', async () => {
  const page = await open();
  await page.evaluate(() => document.body.insertAdjacentHTML('beforeend', '<img name="createElement">'));
  await page.evaluate(attributes => {
    const holder = document.querySelector('#here');
    holder.innerHTML = `<encart-chart ${Object.entries(attributes).map(([name, value]) => `${name}="${value}"`).join(' ')}></encart-chart>`;
  }, COMMUNES);
  await page.locator('encart-chart .canvas svg').waitFor();
});

/** What is kept of an address. */
const copy = (page, path) => page.evaluate(async path => (await (await caches.open('encart')).match(path))?.text(), path);

test('a copy is kept once its data were read, and left where author or server want none', async () => {
  let answer = { body: 'annee;communes\n2021;1\n2022;3\n', contentType: 'text/csv' };
  const page = await open('/tests/browser/page.html', { route: page => page.route('**/vif.*', route => route.fulfill(answer)) });
  for (const path of ['/vif.csv', '/vif.json']) {
    const draw = async more => {
      const said = await put(page, { ...JSON_DATA, src: path, ...more });
      await page.evaluate(() => document.querySelector('encart-chart').remove());
      return said;
    };
    answer = { body: path.endsWith('csv') ? 'annee;communes\n2021;1\n2022;3\n' : ROWS, contentType: 'text/plain' };
    const good = answer.body;
    await draw();
    await until(page, `caches.open('encart').then(copies => copies.match('${path}'))`);
    // a good day's copy outlives a page of maintenance
    answer = { body: '<!doctype html><title>Maintenance</title>', contentType: 'text/html' };
    assert.equal((await draw()).code, 'file.html');
    assert.equal(await copy(page, path), good);
    answer = { status: 503 };
    const { notices } = await draw();
    assert.ok(notices.some(({ code }) => code === 'copy.shown'), JSON.stringify(notices));
    // a server that wants none is obeyed, and so is an author
    for (const [headers, more] of [[{ 'cache-control': 'private, no-store' }, {}], [{}, { cache: 'none' }]]) {
      answer = { body: good, contentType: 'text/csv' };
      await draw();
      await until(page, `caches.open('encart').then(copies => copies.match('${path}'))`);
      answer = { body: good, contentType: 'text/csv', headers };
      await draw(more);
      await until(page, `caches.open('encart').then(copies => copies.match('${path}')).then(copy => !copy)`);
    }
  }
});

test('without scripts the static content is all there is', async () => {
  const page = await open('/host.html', { javaScriptEnabled: false });
  assert.ok(await page.getByText('Chelles paie près du quart').first().isVisible());
  assert.ok(ADDRESS);
});
