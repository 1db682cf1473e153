// Does a widget show what it should, whatever the portal and whatever its day?
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { open, put, until } from './kit.mjs';
import { COMMUNES, DAYS, PORTALS, play } from './portal.mjs';

/** What a widget says on each day: it draws, or it gives this cause. */
const CAUSES = {
  good: null,
  down: 'fetch.down',
  gone: 'fetch.not-found',
  'too many, for a second': null,
  'too many, until tomorrow': 'fetch.too-many',
  cut: /^fetch\.(cut|unreachable)$/,
  // a request tried again was once given the broken answer of the first
  'cut, then whole': null,
  'a page in its place': /^(portal\.not-json|file\.html|fetch\.unreachable)$/,
  'no leave for other sites': 'fetch.unreachable',
  slow: null,
  'dead, then alive': null,
  'off the line': 'fetch.unreachable',
};

/** Of the causes of a failed request, the one that it is. */
const WORDS = { 'no leave for other sites': /Access-Control-Allow-Origin: \*/, 'off the line': /ne répond pas : réseau coupé, ou adresse fausse\.$/ };

const tag = (portal, host) => ({ src: portal.src(host), kind: 'bar', x: 'commune', y: 'population', title: 'Population des communes', cache: 'none', ...portal.channels });

for (const [name, portal] of Object.entries(PORTALS)) {
  test(`${name}: good days and bad ones`, async () => {
    const page = await open();
    for (const day of Object.keys(DAYS)) {
      const { host } = await play(portal, day);
      await page.evaluate(() => document.querySelector('#here').replaceChildren());
      const said = await put(page, tag(portal, host), '<figure>Le contenu fixe</figure>');
      const cause = CAUSES[day];
      if (!cause) {
        assert.equal(said.name, 'encart-ready', `${day}: ${said.message}`);
        const shown = page.locator('encart-chart');
        await shown.getByRole('button', { name: 'Tableau' }).click();
        assert.equal(await shown.locator('tbody tr').count(), COMMUNES.length, day);
        const footer = await shown.locator('.source').innerText();
        for (const fact of portal.facts) assert.ok(footer.includes(fact), `${day}: ${footer}`);
      } else {
        assert.equal(said.name, 'encart-error', day);
        assert.match(said.code, cause instanceof RegExp ? cause : new RegExp(`^${cause}$`), `${day}: ${said.message}`);
        assert.match(said.message, WORDS[day] ?? /.{40}/);
        assert.ok(await page.getByText('Le contenu fixe').isVisible(), day);
      }
    }
    assert.deepEqual(page.said.errors.filter(error => /link element resource at '(?!https?:)/.test(error) || !/Failed to load resource|CORS policy|net::ERR/.test(error)), []);
  });
}

test('the last good copy is shown with its date when the source fails, and not when it may not be kept', async () => {
  const portal = PORTALS.Opendatasoft;
  const { host, state } = await play(portal, 'good');
  const page = await open();
  const draw = cache => page.evaluate(() => document.querySelector('#here').replaceChildren()).then(() => put(page, { ...tag(portal, host), cache }));
  assert.equal((await draw('auto')).name, 'encart-ready');
  await until(page, async () => (await (await caches.open('encart')).keys()).length > 1);
  state.day = 'down';
  const said = await draw('auto');
  assert.equal(said.name, 'encart-ready', said.message);
  const notice = said.notices.find(({ code }) => code === 'copy.shown');
  assert.match(notice?.message ?? '', /copie du \d+(er)? \S+ \d{4}, car la source ne répond pas\.$/);
  // why it does not answer is for the webmaster
  assert.ok(said.notices.some(({ code, level }) => code === 'fetch.down' && level === 'warning'));
  assert.match(await page.locator('encart-chart .notes').innerText(), /Attention\u00a0: copie du/);
  assert.equal((await draw('none')).code, 'fetch.down');
});

test('twelve widgets over three addresses make three downloads', async () => {
  const file = PORTALS['a file by gzip'];
  const servers = await Promise.all([play(file, 'good'), play(file, 'good'), play(file, 'slow')]);
  const page = await open();
  const said = await Promise.all(Array.from({ length: 12 }, (_, idx) => {
    const steps = [{ limit: 3 + (idx % 4) }];
    return put(page, { ...tag(file, servers[idx % 3].host), steps });
  }));
  assert.deepEqual(said.map(({ name }) => name), Array(12).fill('encart-ready'));
  assert.deepEqual(servers.map(({ state }) => state.count), [1, 1, 1]);
});

test('a request that nobody waits for is given up, and the newest specification wins', async () => {
  const slow = await play(PORTALS.Opendatasoft, 'silent');
  const quick = await play(PORTALS.Grist, 'good');
  const page = await open();
  const common = { kind: 'bar', x: 'commune', y: 'population', cache: 'none' };
  await page.evaluate(spec => document.querySelector('#here').appendChild(document.createElement('encart-chart')).spec = spec, { ...common, src: PORTALS.Opendatasoft.src(slow.host), title: 'lente' });
  await slow.state.asked;
  await page.evaluate(spec => {
    const tag = document.querySelector('encart-chart');
    const ready = new Promise(resolve => tag.addEventListener('encart-ready', resolve, { once: true }));
    tag.spec = spec;
    return ready.then(() => {});
  }, { ...common, src: PORTALS.Grist.src(quick.host), title: 'rapide' });
  await slow.state.givenUp;
  assert.equal(slow.state.count, 1, 'what was given up asks nothing more');
  assert.equal(await page.locator('encart-chart .title').first().textContent(), 'rapide');

  const leaving = await play(PORTALS.Opendatasoft, 'silent');
  await page.evaluate(spec => document.querySelector('#here').appendChild(document.createElement('encart-chart')).spec = spec, { ...common, src: PORTALS.Opendatasoft.src(leaving.host), title: 'partie' });
  await leaving.state.asked;
  await page.evaluate(() => document.querySelector('#here').replaceChildren());
  await leaving.state.givenUp;
});

test('the report of a load goes to the page and to the visitor', async () => {
  const { host } = await play({ answer: () => ({ body: 'commune;n\nTournus;12\nBoyer;s\nLacrost;< 11\nUchizy;n.d.\nRatenelle;14\nPréty;9\n', type: 'text/csv' }) }, 'good');
  const page = await open();
  await page.evaluate(() => document.addEventListener('encart-notices', ({ detail }) => (window.report = detail)));
  for (const steps of [[], [{ distinct: ['commune'] }]]) {
    // read in the page, then by the data engine
    await page.evaluate(() => document.querySelector('#here').replaceChildren());
    const said = await put(page, { src: `http://${host}/n.csv`, kind: 'bar', x: 'commune', y: 'n', title: 'N', steps, cache: 'none' });
    assert.equal(said.name, 'encart-ready', said.message);
    const { report, notices, version } = await page.evaluate(() => window.report);
    const facts = Object.fromEntries(report);
    assert.equal(facts.n_rows_read, '6');
    assert.ok(Number(facts.n_bytes) > 60 && /^\d/.test(version));
    assert.equal(facts['missing.fr'], '1 (secret statistique), 1 (une borne seulement), 1 (non disponible)');
    assert.ok(notices.some(({ code, line }) => code === 'cell.missing' && line === 3));
    const widget = page.locator('encart-chart');
    await widget.getByRole('button', { name: 'Données et méthode' }).click();
    const panel = await widget.locator('.panel').innerText();
    for (const words of ['6 lignes lus', 'Cases sans valeur', 'secret statistique', 'Pour vérifier', 'ligne 3']) assert.ok(panel.includes(words), panel);
    await widget.getByRole('button', { name: 'Tableau' }).click();
    assert.match(await widget.locator('table').innerText(), /Lacrost\s+< 11/);
  }
});

test('one source that fails takes no other widget down (dsfr-data BUG-027 and BUG-036)', async () => {
  const [good, bad] = [await play(PORTALS.Opendatasoft, 'good'), await play(PORTALS.CKAN, 'gone')];
  const page = await open();
  const said = await Promise.all([
    put(page, tag(PORTALS.CKAN, bad.host)),
    put(page, tag(PORTALS.Opendatasoft, good.host)),
    put(page, { ...tag(PORTALS.Opendatasoft, good.host), steps: [{ filter: 'populaton > 1' }] }),
  ]);
  assert.deepEqual(said.map(({ name }) => name), ['encart-error', 'encart-ready', 'encart-error']);
  assert.equal(said[2].code, 'column.unknown');
});

test('a server of data is not told the page’s whole address, even where the page would', async () => {
  const page = await open('/tests/browser/page.html?jeton=secret');
  await page.evaluate(() => document.head.insertAdjacentHTML('beforeend', '<meta name="referrer" content="unsafe-url">'));
  const files = {
    '/a.csv': 'commune;n\nTournus;1\nViré;2\n',
    '/a.json': '[{"commune":"Tournus","n":1},{"commune":"Viré","n":2}]',
    '/recit.md': '# Un récit\n\nDes mots.\n',
  };
  const { host, state } = await play({ answer: path => files[path] && { body: files[path], type: 'text/plain' } }, 'good');
  for (const file of ['a.csv', 'a.json']) {
    const said = await put(page, { src: `http://${host}/${file}`, kind: 'bar', x: 'commune', y: 'n', title: 'Deux communes' });
    assert.equal(said.name, 'encart-ready', said.message);
  }
  await page.evaluate(src => {
    document.querySelector('#here').insertAdjacentHTML('beforeend', `<encart-story src="${src}"></encart-story>`);
    document.querySelector('encart-story').scrollIntoView();
  }, `http://${host}/recit.md`);
  await page.getByRole('heading', { name: 'Un récit' }).waitFor();
  assert.deepEqual([...new Set(state.requests.map(({ path }) => path))].sort(), Object.keys(files));
  assert.deepEqual(state.requests.filter(({ referer }) => referer?.includes('secret')), []);
});
