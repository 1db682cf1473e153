// Does the tag live as a webmaster expects: attributes, JSON, objects, near the screen, gone without a trace?
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { COMMUNES, POPULATION, drawn, open, put } from './kit.mjs';

test('a tag becomes a chart with words, a table and a source', async () => {
  const page = await open();
  const said = await put(page, { ...POPULATION, producer: 'INSEE', licence: 'lov2', updated: '2019', frequency: 'annual' });
  assert.equal(said.name, 'encart-ready');
  const tag = page.locator('encart-chart');
  assert.equal(await tag.locator('.canvas rect').count(), 24);
  assert.match(await tag.locator('.spoken:not([data-live])').textContent(), /^Diagramme en barres : population selon commune, 24 catégories\. De 5701 \(Tournus\) à 27 \(Grevilly\)\.$/);
  assert.match(await tag.locator('.source').textContent(), /^Source : INSEE\s· Licence Ouverte 2\.0\s· Données de 2019\s· mise à jour annuelle\s· Fichier complet\s· ◷ en retard : les données ont \d ans$/);
  await tag.getByRole('button', { name: 'Tableau' }).click();
  assert.equal(await tag.locator('tbody tr').count(), 24);
  assert.equal(await tag.locator('tbody tr').first().textContent(), 'Tournus5\u202f701');
  assert.deepEqual(page.said.errors, []);
});

test('attributes, a file, inline JSON and an object are one specification', async () => {
  const page = await open('/tests/browser/page.html', { viewport: { width: 1000, height: 4000 } });
  const title = index => page.locator('encart-chart').nth(index).locator('.title').textContent();
  await put(page, COMMUNES);
  await put(page, { spec: '/tests/specs/nombre-de-communes.json', title: 'L’attribut l’emporte' });
  await put(page, {}, `<script type="application/json">${JSON.stringify({ ...COMMUNES, title: 'Dans la balise' })}</script>`);
  await page.evaluate(spec => {
    const tag = document.createElement('encart-chart');
    tag.spec = spec;
    const ready = new Promise(resolve => tag.addEventListener('encart-ready', resolve, { once: true }));
    document.querySelector('#here').append(tag);
    return ready.then(() => true);
  }, { ...COMMUNES, title: 'Par un objet' });
  assert.deepEqual([await title(0), await title(1), await title(2), await title(3)], ['Nombre de communes', 'L’attribut l’emporte', 'Dans la balise', 'Par un objet']);
});

test('a theme changes type and colours: large for a projector, greys with patterns for print', async () => {
  const page = await open('/tests/browser/page.html', { viewport: { width: 1000, height: 4000 } });
  await put(page, { ...POPULATION, theme: 'projecteur' });
  await put(page, { ...POPULATION, theme: 'sobre' });
  const [large, grey] = [page.locator('encart-chart').nth(0), page.locator('encart-chart').nth(1)];
  const sizes = await large.locator('.canvas text').evaluateAll(texts => texts.map(text => Number(text.getAttribute('font-size'))));
  assert.ok(Math.min(...sizes) >= 18, String(sizes));
  assert.equal(await large.locator('.title').evaluate(title => getComputedStyle(title).fontSize), '30px');
  const fills = await grey.locator('.canvas rect').evaluateAll(rects => [...new Set(rects.map(rect => rect.getAttribute('fill')))]);
  assert.ok(fills.every(fill => /^#(..)\1\1$/.test(fill)), String(fills));
});

test('a misspelt key is said with the one meant, and the chart draws', async () => {
  const page = await open();
  const said = await put(page, { ...COMMUNES, tilte: 'x' });
  assert.equal(said.name, 'encart-ready');
  const notice = said.notices.find(({ code }) => code === 'spec.unknown-key');
  assert.match(notice.message, /« tilte ».*« title »/);
});

test('a changed attribute draws again', async () => {
  const page = await open();
  await put(page, COMMUNES);
  await page.evaluate(() => document.querySelector('encart-chart').setAttribute('kind', 'bar'));
  await page.locator('encart-chart .canvas rect').nth(5).waitFor();
});

test('two tags with one address fetch it once', async () => {
  const page = await open();
  await Promise.all([put(page, COMMUNES), put(page, { ...COMMUNES, kind: 'bar' })]);
  await drawn(page);
  assert.equal(page.said.requests.filter(({ pathname }) => pathname === COMMUNES.src).length, 1);
});

test('nothing is fetched before a tag comes near the screen', async () => {
  const page = await open();
  const ready = put(page, COMMUNES, '', 'margin-top: 3000px');
  await page.evaluate(() => new Promise(resolve => requestAnimationFrame(() => requestAnimationFrame(resolve))));
  const early = page.said.requests.map(({ pathname }) => pathname);
  assert.ok(!early.some(path => path.includes('engine') || path === COMMUNES.src), early.join(' '));
  await page.evaluate(() => scrollTo(0, 2600));
  assert.equal((await ready).name, 'encart-ready');
});

test('five hundred mounts and removals leave nothing behind', async () => {
  const page = await open();
  const cycle = count => page.evaluate(async ([count, spec]) => {
    for (let idx = 0; idx < count; idx++) {
      const tag = document.createElement('encart-chart');
      for (const [name, value] of Object.entries(spec)) tag.setAttribute(name, value);
      const ready = new Promise(resolve => tag.addEventListener('encart-ready', resolve, { once: true }));
      document.querySelector('#here').append(tag);
      await ready;
      tag.remove();
    }
  }, [count, { ...COMMUNES, src: '', data: 'annee;communes\n2021;35059\n2022;35049\n2023;35039\n' }]);
  const client = await page.context().newCDPSession(page);
  await client.send('Performance.enable');
  const measure = async () => {
    await page.evaluate(async () => { for (let idx = 0; idx < 4; idx++) { globalThis.gc(); await new Promise(requestAnimationFrame); } });
    const { metrics } = await client.send('Performance.getMetrics');
    const metric = name => metrics.find(metric => metric.name === name).value;
    const wasm = await page.evaluate(async () => {
      const { name } = performance.getEntriesByType('resource').find(({ name }) => name.includes('/engine.js'));
      return (await (await import(name)).default()).memory.buffer.byteLength;
    });
    return { nodes: metric('Nodes'), listeners: metric('JSEventListeners'), heap: metric('JSHeapUsedSize'), wasm };
  };
  await cycle(50);
  const before = await measure();
  await cycle(500);
  const after = await measure();
  assert.ok(after.nodes - before.nodes < 100, `nodes ${before.nodes} → ${after.nodes}`);
  assert.ok(after.listeners - before.listeners < 20, `listeners ${before.listeners} → ${after.listeners}`);
  assert.ok(after.heap - before.heap < 1_000_000, `heap ${before.heap} → ${after.heap}`);
  assert.equal(after.wasm, before.wasm);
});
