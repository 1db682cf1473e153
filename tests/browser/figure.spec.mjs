// Does a key figure say its value, its change, its target and how it was computed, to all who come?
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { test } from 'node:test';
import { AXE, open } from './kit.mjs';

const FOLDER = new URL('../figures/', import.meta.url);
const FIGURES = Object.fromEntries(readdirSync(FOLDER).map(name => {
  const spec = JSON.parse(readFileSync(new URL(name, FOLDER)));
  return [name, { ...spec, src: spec.src?.replace('../../www', '') }];
}));

/** Puts a key figure in the page and waits for its first event. */
const put = (page, spec, inside = '') => page.evaluate(([spec, inside]) => {
  const tag = document.createElement('encart-figure');
  const said = new Promise(resolve => {
    for (const name of ['encart-ready', 'encart-error']) tag.addEventListener(name, event => resolve({ name, ...event.detail }), { once: true });
  });
  tag.spec = spec;
  tag.innerHTML = inside;
  document.querySelector('#here').append(tag);
  tag.scrollIntoView();
  return said;
}, [spec, inside]);

const lead = page => page.evaluate(() => document.querySelector('encart-figure').shadowRoot.querySelector('.lead')?.innerText.replace(/[\u00a0\u202f]/g, ' '));

for (const [name, spec] of Object.entries(FIGURES)) {
  for (const width of [280, 1920]) {
    test(`${name} at ${width} px: seen whole, no fault for axe, no error`, async () => {
      const page = await open('/tests/browser/page.html', { viewport: { width: width + 40, height: 900 } });
      const said = await put(page, spec);
      assert.equal(said.name, 'encart-ready');
      assert.deepEqual(said.notices.filter(({ level }) => level === 'error'), []);
      assert.ok((await lead(page)).length > 5);
      const wide = await page.evaluate(() => { const shell = document.querySelector('encart-figure').shadowRoot.querySelector('.encart'); return shell.scrollWidth - shell.clientWidth; });
      assert.ok(wide <= 0, `${wide} px`);
      const sizes = await page.evaluate(() => [...document.querySelector('encart-figure').shadowRoot.querySelectorAll('.lead p, .lead li, .lead summary')].map(part => parseFloat(getComputedStyle(part).fontSize)));
      assert.ok(sizes.every(size => size >= (width === 1920 ? 28 : 14)), sizes.join(' '));
      await page.addScriptTag({ path: AXE });
      const { violations } = await page.evaluate(() => window.axe.run('encart-figure'));
      assert.deepEqual(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]), []);
      assert.deepEqual(page.said.errors, []);
    });
  }
}

test('the value, its change and its standing are words; the keyboard opens how they were computed', async () => {
  const page = await open();
  await put(page, FIGURES['essai-trajectoire.json']);
  const words = await lead(page);
  for (const said of ['90', 'en 2024', 'provisoire', '−25 % (provisoire) depuis 2015', 'dans le sens souhaité', 'en retard', '60 t', 'un petit effectif']) assert.ok(words.includes(said), `${said}: ${words}`);
  const summary = page.locator('encart-figure .how summary');
  await summary.focus();
  await page.keyboard.press('Enter');
  assert.match(await page.locator('encart-figure .how ul').innerText(), /ligne droite jusqu’à/);
  // the table twin is that of the line
  await page.locator('encart-figure [data-do=table]').focus();
  await page.keyboard.press('Enter');
  assert.match(await page.locator('encart-figure .panel table').innerText(), /2018/);
});

test('new data change the words', async () => {
  const page = await open();
  const spec = FIGURES['essai-trajectoire.json'];
  await put(page, spec);
  await page.evaluate(spec => { document.querySelector('encart-figure').spec = spec; }, { ...spec, data: spec.data.replace('90 (p)', '55') });
  await page.waitForFunction(() => document.querySelector('encart-figure').shadowRoot.querySelector('.standing')?.innerText.includes('objectif atteint'));
});

test('a value that cannot be computed leaves the static content, and says why', async () => {
  const page = await open();
  const said = await put(page, { ...FIGURES['communes.json'], value: 'comunes' }, '<p>34 969 communes</p>');
  assert.equal(said.name, 'encart-error');
  assert.match(said.message, /Vouliez-vous dire « communes »/);
  assert.ok(await page.getByText('34 969 communes').isVisible());
});

test('a page of charts does not load what key figures need', async () => {
  const page = await open('/index.html');
  await page.waitForFunction(() => document.querySelector('encart-chart')?.shadowRoot.querySelector('.canvas svg'));
  assert.ok(!page.said.requests.some(({ pathname }) => pathname.includes('engine-apart')));
});

test('a key figure is printed', async () => {
  const page = await open();
  await put(page, FIGURES['communes.json']);
  await page.emulateMedia({ media: 'print' });
  assert.match(await lead(page), /34 969/);
});

test('where the policy refuses WebAssembly a key figure shows too', async () => {
  const page = await open('/host-sans-wasm.html');
  await page.evaluate(() => { document.querySelector('main').id = 'here'; });
  assert.equal((await put(page, FIGURES['rgpd.json'])).name, 'encart-ready');
  assert.match(await lead(page), /\+9 points depuis 2022/);
});
