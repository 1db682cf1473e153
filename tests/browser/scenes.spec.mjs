// Thirty things that go wrong, or only otherwise, each with every tag: something true is seen, nothing is blank or false, nothing
// waits for ever, and the other widget of the page goes on.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { COMMUNES, open, until } from './kit.mjs';

const ROWS = 'annee;communes\n2021;35059\n2022;35049\n2023;35039\n';
const STORY = src => `# Le récit\n\nLe texte du récit.\n\n\`\`\`encart\nsrc: ${src}\nx: annee\ny: communes\nkind: line\ntitle: Communes\n\`\`\`\n`;

/** Every tag, with the data of the scene. */
const TAGS = {
  chart: src => `<encart-chart src="${src}" x="annee" y="communes" kind="line" title="Communes">`,
  figure: src => `<encart-figure src="${src}" value="communes" title="Communes">`,
  table: src => `<encart-table src="${src}" title="Communes">`,
  board: src => `<encart-board title="Le tableau"><encart-chart src="${src}" x="annee" y="communes" kind="line" title="Communes"></encart-chart>`,
  story: () => '<encart-story src="/scene/recit.md">',
};

const csv = body => route => route.fulfill({ body, contentType: 'text/csv', headers: { 'access-control-allow-origin': '*' } });
const policy = words => page => page.route('**/tests/browser/page.html', async route => {
  const response = await route.fetch();
  await route.fulfill({ response, headers: { ...response.headers(), 'content-security-policy': words } });
});
const missing = pattern => page => page.route(pattern, route => route.fulfill({ status: 404, body: '' }));

/** A scene: `data` answers for the data, `page` readies the page, `src` is the address, `isDrawn` says whether the data can be drawn. */
const SCENES = {
  'all is well': { isDrawn: true },
  'a file that is not there': { data: route => route.fulfill({ status: 404, body: '' }) },
  'a server that fails': { data: route => route.fulfill({ status: 500, body: '' }) },
  'a page in place of the data': { data: route => route.fulfill({ body: '<!doctype html><title>Connexion</title><p>Veuillez…', contentType: 'text/html' }) },
  'an empty file': { data: csv('') },
  'a header and no row': { data: csv('annee;communes\n') },
  'values that are all missing': { data: csv('annee;communes\n2021;n.d.\n2022;\n2023;secret\n') },
  'a network that is cut': { data: route => route.abort('connectionreset') },
  'dead, then alive': { data: (route, count) => (count === 1 ? route.fulfill({ status: 503, body: '' }) : csv(ROWS)(route)), isDrawn: true },
  'a host that lets nobody read': { src: 'http://127.0.0.1:9/x.csv' },
  'a host that the policy refuses': { src: 'http://127.0.0.1:9/x.csv', page: policy("connect-src 'self'") },
  'an address that is none': { src: 'ftp://x/y.csv' },
  'a hundred thousand rows': { data: csv(`annee;communes\n${Array.from({ length: 100_000 }, (_, idx) => `${1900 + (idx % 120)};${idx}`).join('\n')}\n`) },
  'hostile text': { data: csv('annee;communes\n<img src=x onerror=alert(1)>;1\n"=HYPERLINK(""x"")";2\n{{ 1 }};3\n') },
  'a column that is not there': { data: csv('an;n\n2021;1\n2022;2\n') },
  'no worker': { page: policy("worker-src 'none'"), isDrawn: true },
  'no storage': { page: page => page.addInitScript(() => ['caches', 'localStorage', 'sessionStorage'].forEach(name => Object.defineProperty(window, name, { get() { throw new DOMException('refused', 'SecurityError'); } }))), isDrawn: true },
  'no engine.wasm': { page: missing('**/engine.wasm*'), isDrawn: true },
  'no engine at all': { page: missing(/engine(-plain)?\.(wasm|js)/), isOtherLost: true },
  'no engine-later.wasm': { page: missing('**/engine-later.wasm*') },
  'no engine-apart.wasm': { page: missing('**/engine-apart.wasm*') },
  'no engine-meeting.wasm': { page: missing('**/engine-meeting.wasm*') },
  'no engine-story.wasm': { page: missing('**/engine-story.wasm*') },
  'no data engine': { page: missing('**/data-engine*') },
  'the script twice': { page: page => page.addInitScript(() => addEventListener('DOMContentLoaded', () => import('/encart/encart.js?2'))), isDrawn: true },
  'a clock of 1990': { page: page => page.clock.setFixedTime(new Date('1990-01-01')), isDrawn: true },
  'a clock of 2090': { page: page => page.clock.setFixedTime(new Date('2090-01-01')), isDrawn: true },
  'a zoom of 400 %': { options: { viewport: { width: 320, height: 256 } }, isDrawn: true },
  'forced colours': { options: { forcedColors: 'active' }, isDrawn: true },
  'less motion': { options: { reducedMotion: 'reduce' }, isDrawn: true },
  'on paper': { then: page => page.emulateMedia({ media: 'print' }), isDrawn: true },
  'another language': { page: page => page.addInitScript(() => addEventListener('DOMContentLoaded', () => (document.documentElement.lang = 'en'))), isDrawn: true },
};

/** What is seen of a tag: the words of what shows, in it and in its shadow. */
const seen = selector => {
  const words = [];
  const read = node => {
    if (node.nodeType === 3) words.push(node.data);
    if (node.nodeType !== 1 && node.nodeType !== 11) return;
    if (node.nodeType === 1) {
      if (['STYLE', 'SCRIPT', 'TEMPLATE'].includes(node.tagName)) return;
      const style = getComputedStyle(node);
      if (style.display === 'none' || style.visibility === 'hidden') return;
      if (node.tagName === 'SLOT') return node.assignedNodes().forEach(read);
    }
    (node.shadowRoot ?? node).childNodes.forEach(read);
  };
  read(document.querySelector(selector));
  return words.join(' ').replace(/\s+/g, ' ').trim();
};

const DRAWN = {
  chart: () => document.querySelector('#scene > encart-chart').shadowRoot.querySelector('.canvas svg') !== null,
  figure: () => document.querySelector('#scene > encart-figure').shadowRoot.querySelector('.value') !== null,
  table: () => document.querySelector('#scene > encart-table').shadowRoot.querySelectorAll('tbody tr').length > 2,
  board: () => document.querySelector('#scene encart-chart').shadowRoot.querySelector('.canvas svg') !== null,
  story: () => document.querySelector('#scene article [data-picture]')?.shadowRoot?.querySelector('.canvas svg') !== null,
};

for (const [scene, { src = '/scene/data.csv', data = csv(ROWS), page: prepare, options = {}, then, isDrawn, isOtherLost }] of Object.entries(SCENES)) {
  test(`${scene}: every tag shows something true`, async () => {
    for (const [tag, write] of Object.entries(TAGS)) {
      const counts = { n: 0 };
      const page = await open('/tests/browser/page.html', {
        ...options,
        route: async page => {
          await page.route('**/scene/data.csv', route => data(route, (counts.n += 1)));
          await page.route('**/scene/recit.md', route => route.fulfill({ body: STORY(src), contentType: 'text/markdown' }));
          await prepare?.(page);
        },
      });
      const other = Object.entries({ ...COMMUNES, title: 'Un autre' }).map(([name, value]) => `${name}="${value}"`).join(' ');
      await page.evaluate(html => (document.querySelector('#here').innerHTML = html), `<div id="scene">${write(src)}<figure><p>Le contenu fixe</p></figure></encart-${tag}></div><encart-chart id="other" ${other}><p>L’autre, fixe</p></encart-chart>`);
      await until(page, `document.querySelector('#other').shadowRoot.querySelector('${isOtherLost ? '[role=status]' : '.canvas svg'}')`);
      const isDone = `(() => { const shell = document.querySelector('#scene > *').shadowRoot.firstElementChild; return shell.tagName !== 'DIV' || /ready|failed/.test(shell.className); })()`;
      await until(page, isDone);
      if (isDrawn) await until(page, DRAWN[tag]);
      await then?.(page);
      const words = await page.evaluate(seen, '#scene');
      const name = `${tag}: ${words}`;
      assert.ok(words.length > 8, name);
      assert.doesNotMatch(words, /NaN|undefined|\[object|Infinity|Chargement des données|Loading the data/, name);
      if (isDrawn && tag !== 'story') assert.match(words, /Communes|communes/, name);
      assert.match(await page.evaluate(seen, '#other'), isOtherLost ? /L’autre, fixe/ : /Un autre/, tag);
      assert.deepEqual(page.said.errors.filter(text => !/Failed to load|CORS|net::ERR|Content Security Policy|preload/.test(text)), [], tag);
      await page.context().close();
    }
  });
}

test('without scripts every tag shows what is in it', async () => {
  for (const [tag, write] of Object.entries(TAGS)) {
    const body = `<!doctype html><title>Essai</title><div id="scene">${write('/scene/data.csv')}<figure><p>Le contenu fixe</p></figure></encart-${tag}></div>`;
    const page = await open('/tests/browser/page.html', { javaScriptEnabled: false, route: page => page.route('**/tests/browser/page.html', route => route.fulfill({ body, contentType: 'text/html; charset=utf-8' })) });
    assert.ok(await page.getByText('Le contenu fixe').isVisible(), tag);
  }
});

test('a tag that leaves while its data come leaves nothing behind', async () => {
  for (const [tag, write] of Object.entries(TAGS)) {
    const page = await open('/tests/browser/page.html', { route: page => page.route('**/scene/*', () => {}) });
    await page.evaluate(html => (document.querySelector('#here').innerHTML = html), `<div id="scene">${write('/scene/data.csv')}</encart-${tag}></div>`);
    await until(page, () => /waiting/.test(document.querySelector('#scene > *').shadowRoot.firstElementChild.className));
    await page.evaluate(() => document.querySelector('#scene').remove());
    await page.evaluate(attributes => {
      const tag = document.createElement('encart-chart');
      for (const [name, value] of Object.entries(attributes)) tag.setAttribute(name, value);
      const ready = new Promise(done => tag.addEventListener('encart-ready', done, { once: true }));
      document.querySelector('#here').append(tag);
      return ready;
    }, COMMUNES);
    assert.deepEqual(page.said.errors, [], tag);
  }
});
