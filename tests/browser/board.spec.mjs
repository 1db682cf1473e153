// Do the widgets of a board follow one choice, say it, ask for nothing more, and keep it?
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AXE, open } from './kit.mjs';

const FILE = '/data/populations-tournugeois-2019-2023.csv';
const SHARED = { src: FILE, territory: 'commune', period: 'annee', chosen: 'commune=Tournus', title: 'Les communes', unit: 'habitants', producer: 'INSEE', licence: 'lov2' };
const WIDGETS = [
  { tag: 'figure', value: 'population', since: 'premier', title: 'Habitants' },
  { tag: 'chart', kind: 'line', x: 'annee', y: 'population', title: 'Année par année' },
  { tag: 'chart', kind: 'bar', x: 'commune', y: 'habitants', title: 'La moyenne', steps: [{ group: { by: 'commune', habitants: 'mean(population)' } }], unit: '' },
  { tag: 'figure', value: 'milieu', places: 'commune', title: 'Médiane', steps: [{ group: { by: 'commune', milieu: 'median(population)' } }] },
  { tag: 'table', columns: 'annee, population', title: 'Les chiffres', wide: true },
];

/** Puts a board in the page and waits until all that it holds is ready. */
const put = (page, spec, inside = '') => page.evaluate(async ([spec, inside]) => {
  const board = document.createElement('encart-board');
  let n = 0;
  const ready = wanted => new Promise(resolve => {
    const hear = () => ++n >= wanted && resolve();
    for (const name of ['encart-ready', 'encart-error']) board.addEventListener(name, hear);
  });
  board.innerHTML = inside;
  const all = ready(1 + (spec.widgets?.length ?? board.querySelectorAll('*').length));
  board.spec = spec;
  document.querySelector('#here').append(board);
  board.scrollIntoView();
  const seen = new IntersectionObserver(() => {});
  seen.observe(board);
  board.style.setProperty('max-width', '100%');
  await all;
}, [spec, inside]);

const plain = text => text.replace(/[\u00a0\u202f]/g, ' ');
const board = (page, selector) => page.locator(`encart-board`).locator(selector);
const value = async page => plain(await page.locator('encart-figure').first().locator('.value').innerText());
const notes = async page => (await page.locator('encart-board > [data-encart] .notes').allInnerTexts()).map(plain);
const tall = { viewport: { width: 1200, height: 2600 } };

test('a board of data: one territory at a time, in all that it holds, and each says it', async () => {
  const page = await open('/tests/browser/page.html', tall);
  await put(page, { ...SHARED, widgets: WIDGETS });
  assert.equal(await value(page), '5 701 habitants en 2023');
  // a median is not made of medians: it is asked for each choice, of the file that is here
  const middle = page.locator('encart-figure').nth(1).locator('.value');
  assert.match(plain(await middle.innerText()), /^5 627/);
  assert.match(plain(await page.locator('encart-table tbody').innerText()), /2019\s+5 489/);
  for (const note of await notes(page)) assert.match(note, /commune : Tournus/);
  const requests = page.said.requests.length;
  await board(page, 'select[data-column=commune]').selectOption('Viré');
  assert.equal(await value(page), '1 225 habitants en 2023');
  await page.waitForFunction(() => document.querySelector('encart-table').shadowRoot.querySelector('tbody').innerText.includes('1\u202f189'));
  await page.waitForFunction(() => document.querySelectorAll('encart-figure')[1].shadowRoot.querySelector('.value').innerText.includes('1\u202f210'));
  for (const note of await notes(page)) assert.match(note, /commune : Viré/);
  // a choice asks for nothing
  assert.deepEqual(page.said.requests.slice(requests).map(({ pathname }) => pathname), []);
  assert.equal(page.said.requests.filter(({ pathname }) => pathname === FILE).length, 1);
  assert.deepEqual(page.said.errors, []);
});

test('a period is chosen from one end to the other; the start comes back', async () => {
  const page = await open('/tests/browser/page.html', tall);
  await put(page, { ...SHARED, widgets: WIDGETS });
  await board(page, 'select[data-choose=a]').selectOption('2021');
  await page.waitForFunction(() => document.querySelector('encart-figure').shadowRoot.querySelector('.value')?.innerText.includes('2021'));
  assert.match(plain(await page.locator('encart-figure').first().locator('.change').innerText()), /depuis 2019/);
  await board(page, 'select[data-choose=de]').selectOption('2020');
  assert.match(plain(await page.locator('encart-figure').first().locator('.change').innerText()), /depuis 2020/);
  assert.match(plain(await board(page, '.count').first().innerText()), /(^|; )2020 à 2021/);
  await board(page, 'button:has-text("Revenir au départ")').click();
  assert.equal(await value(page), '5 701 habitants en 2023');
  assert.equal(await board(page, 'select[data-choose=a]').inputValue(), '2023');
});

test('tags inside a board share what it says; several values of a filter add up as their rows do', async () => {
  const page = await open('/tests/browser/page.html', tall);
  const steps = JSON.stringify([{ group: { by: 'annee', habitants: 'sum(population)' } }]);
  await put(page, { src: FILE, filters: 'commune', producer: 'INSEE' }, `<encart-figure value="habitants" steps='${steps}' title="Ensemble"></encart-figure><encart-figure src="/data/nombre-de-communes-2021-2026.csv" value="communes" title="Ailleurs"></encart-figure>`);
  await board(page, '.any summary').focus();
  await page.keyboard.press('Enter');
  await board(page, '.any label:has-text("Tournus") input').focus();
  await page.keyboard.press('Space');
  const figure = page.locator('encart-figure').first();
  assert.match(plain(await figure.locator('.value').innerText()), /^5 701/);
  // the keyboard stays in the list
  assert.equal(await page.evaluate(() => document.querySelector('encart-board').shadowRoot.activeElement.getAttribute('data-value')), 'commune=Tournus');
  await board(page, '.any label:has-text("Viré") input').check();
  assert.match(plain(await figure.locator('.value').innerText()), /^6 926/);
  assert.match(plain(await figure.locator('.notes').innerText()), /commune : Tournus, Viré/);
  // data without that column are not changed, and say so
  const other = page.locator('encart-figure').nth(1);
  assert.match(plain(await other.locator('.value').innerText()), /^34 969/);
  assert.match(plain(await other.locator('.notes').innerText()), /n’ont pas de « commune »/);
});

test('charts of a board single out the same place; one that its author sets apart does not', async () => {
  const page = await open('/tests/browser/page.html', tall);
  const line = { tag: 'chart', kind: 'line', x: 'annee', y: 'population' };
  await put(page, { ...SHARED, widgets: [{ ...line, title: 'Une' }, { ...line, kind: 'bar', title: 'Deux' }, { ...line, group: 'seul', title: 'Trois' }] });
  await page.locator('encart-chart .picture').first().focus();
  await page.keyboard.press('End');
  const tips = page.locator('encart-chart .tip');
  await tips.nth(1).locator('.heading').waitFor();
  assert.equal(await tips.nth(1).locator('.heading').textContent(), '2023');
  assert.ok(await tips.nth(2).isHidden());
});

test('the index leads the keyboard to a widget', async () => {
  const page = await open('/tests/browser/page.html', tall);
  await put(page, { ...SHARED, widgets: WIDGETS });
  assert.deepEqual(await board(page, '.index button').allInnerTexts(), WIDGETS.map(({ title }) => title));
  await board(page, '.index button').nth(1).focus();
  await page.keyboard.press('Enter');
  assert.equal(await page.evaluate(() => document.activeElement.shadowRoot.querySelector('.title').innerText), 'Année par année');
});

test('the page’s address says what is chosen, and brings it back', async () => {
  const page = await open('/tests/browser/page.html', tall);
  const spec = { ...SHARED, link: 'communes', widgets: WIDGETS };
  await put(page, spec);
  await board(page, 'select[data-column=commune]').selectOption('Viré');
  await board(page, 'select[data-choose=de]').selectOption('2021');
  const asked = new URLSearchParams(new URL(page.url()).hash.slice(1));
  assert.deepEqual([...asked], [['encart', 'communes'], ['filtre', 'commune=Viré'], ['de', '2021']]);
  const again = await open(`/tests/browser/page.html${new URL(page.url()).hash}`, tall);
  await put(again, spec);
  await again.waitForFunction(() => document.querySelector('encart-figure').shadowRoot.querySelector('.value')?.innerText.includes('1\u202f225'));
  assert.equal(await board(again, 'select[data-column=commune]').inputValue(), 'commune=Viré');
});

for (const width of [320, 1920]) {
  test(`at ${width} px: nothing overflows, no fault for axe, large letters where it is seen from afar`, async () => {
    const page = await open('/tests/browser/page.html', { viewport: { width, height: 5000 } });
    await put(page, { ...SHARED, filters: 'code_insee', widgets: WIDGETS });
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    assert.ok(wide <= 0, `${wide} px`);
    const top = await page.evaluate(() => [...document.querySelectorAll('encart-board > *')].map(tag => tag.getBoundingClientRect().top));
    assert.equal(new Set(top).size < top.length, width === 1920);
    await page.addScriptTag({ path: AXE });
    const { violations } = await page.evaluate(() => window.axe.run('encart-board'));
    assert.deepEqual(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]), []);
  });
}

test('on paper a board says what is chosen and of when it is; choices are left out', async () => {
  const page = await open('/tests/browser/page.html', tall);
  await put(page, { ...SHARED, widgets: WIDGETS });
  await page.emulateMedia({ media: 'print' });
  await page.waitForFunction(() => /édité le/.test(document.querySelector('encart-board').shadowRoot.querySelector('.count')?.innerText));
  assert.match(plain(await board(page, '.count').first().innerText()), /commune : Tournus.*édité le \d+/);
  assert.equal(await page.evaluate(() => document.querySelector('encart-board').shadowRoot.querySelectorAll('select, .index').length), 0);
});

test('a board whose data are gone leaves what its tags hold', async () => {
  const page = await open();
  await put(page, { src: '/data/absent.csv', filters: 'commune' }, '<encart-chart kind="bar" x="a" y="b">contenu fixe</encart-chart>');
  assert.ok(await page.getByText('contenu fixe').isVisible());
});
