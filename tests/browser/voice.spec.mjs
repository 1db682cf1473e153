// What a screen reader is given, and how a voice reads it: names, roles and values of the accessibility tree, and the sounds
// of espeak-ng, the voice of Linux.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { test } from 'node:test';
import { COMMUNES, heard, open, put, readThrough, until } from './kit.mjs';

/** The sounds of a text in the French voice, without stress and pauses; « (en) » says that some are English. */
const soundsOf = words => execFileSync('espeak-ng', ['-v', 'fr', '-q', '-x', words], { encoding: 'utf8' }).replace(/[\s',_!|:;]/g, '');

for (const [value, unit, words, sounds] of [
  ['5701', 'habitants', '5701 habitants', /sE~kmilsEtsA~W~abit/],
  ['1893703', 'habitants', '1893703 habitants', /W~miljO~yisA~katr@vE~trEzmilsEtsA~trwa/],
  ['-0,3', '%', 'moins 0,3 %', /mwE~zerovirgyltrwapursA~/],
  ['≈ 15', '%', 'environ 15 %', /A~virO~kE~zpursA~/],
  ['< 16', 'habitants', 'moins de 16', /mwE~d@-?sEz/],
  ['12 (p)', 'habitants', '12 habitants (provisoire)', /duzabitA~.*pr.vizwar/],
]) {
  test(`${value} ${unit} is heard as ${words}`, async () => {
    const page = await open();
    await put(page, { data: `lieu;v\nA;${value}\nB;20\nC;30\n`, kind: 'bar', x: 'lieu', y: 'v', unit, title: 'Valeurs' });
    await page.locator('encart-chart .picture').focus();
    const said = new Set();
    for (let presses = 0; presses < 3; presses += 1) {
      await page.keyboard.press('ArrowRight');
      said.add(await heard(page));
    }
    const own = [...said].find(line => line.startsWith('A : '));
    assert.equal(own.split('. ')[0], `A : ${words}`);
    assert.match(soundsOf(own), sounds);
    assert.doesNotMatch(soundsOf(own), /\(en\)/);
    assert.doesNotMatch(await page.locator('encart-chart .spoken').first().textContent(), /[\u202f\u2212≈<]/);
  });
}

/** The accessibility tree of a page, as Chromium gives it to screen readers. */
async function treeOf(page) {
  const client = await page.context().newCDPSession(page);
  const { nodes } = await client.send('Accessibility.getFullAXTree');
  return nodes.filter(({ ignored }) => !ignored).map(({ role, name, description, properties = [] }) => ({
    role: role.value,
    name: name?.value ?? '',
    value: properties.find(({ name }) => name === 'valuetext')?.value?.value,
    description: description?.value ?? '',
    level: properties.find(({ name }) => name === 'level')?.value?.value,
  }));
}

const ready = page => until(page, () => [...document.querySelectorAll('encart-board, encart-chart, encart-figure, encart-story, encart-table')].every(tag => /ready/.test(tag.shadowRoot.firstElementChild.className)));

for (const path of ['index.html', 'chiffres.html', 'tableaux.html', 'tableau-de-bord.html', 'recits/tournus.html', 'seance.html']) {
  test(`/${path}: pictures are controls that say what they are, tables have names, nothing is named twice`, async () => {
    const page = await open(`/${path}`);
    await readThrough(page);
    await ready(page);
    const tree = await treeOf(page);
    const of = role => tree.filter(node => node.role === role);
    for (const slider of of('slider')) {
      assert.match(slider.name, /, graphique$/);
      assert.match(slider.description, /^(Flèches|Gauche et droite|Haut et bas) : /);
      assert.match(String(slider.value), /^\d+ valeurs?$/);
    }
    assert.deepEqual(of('table').filter(({ name }) => !name), []);
    assert.deepEqual(of('application'), []);
    // a figure does not repeat the title that stands in it
    const headings = new Set(of('heading').map(({ name }) => name));
    assert.deepEqual(of('figure').filter(({ name }) => headings.has(name)), []);
  });
}

test('titles stand among the headings of the page, one level below what is above them', async () => {
  const page = await open();
  const levels = await page.evaluate(async attributes => {
    const here = document.querySelector('#here');
    const tag = (level, more) => `${level ? `<h${level}>Titre</h${level}>` : ''}<encart-chart ${Object.entries({ ...attributes, ...more }).map(([name, value]) => `${name}="${value}"`).join(' ')}></encart-chart>`;
    here.innerHTML = tag(2, {}) + tag(4, {}) + tag(6, {}) + tag(0, { heading: 2 });
    const tags = [...here.querySelectorAll('encart-chart')];
    await Promise.all(tags.map(tag => new Promise(done => tag.addEventListener('encart-ready', done, { once: true }))));
    return tags.map(tag => tag.shadowRoot.querySelector('.title').getAttribute('aria-level'));
  }, COMMUNES);
  assert.deepEqual(levels, ['3', '5', '6', '2']);
});

test('the page of a table that is turned is said', async () => {
  const page = await open();
  const rows = Array.from({ length: 60 }, (_, idx) => `lieu ${idx};${idx}`).join('\n');
  await page.evaluate(data => {
    const tag = document.createElement('encart-table');
    tag.setAttribute('data', data);
    tag.setAttribute('title', 'Lieux');
    document.querySelector('#here').append(tag);
    return new Promise(done => tag.addEventListener('encart-ready', done, { once: true }));
  }, `lieu;n\n${rows}\n`);
  await page.getByRole('button', { name: 'Suivante' }).click();
  await until(page, () => document.querySelector('encart-table').shadowRoot.querySelector('[data-live]').textContent === 'page 2 sur 3, lignes 26 à 50');
});

test('a territory that is chosen says what its first key figure is now', async () => {
  const page = await open('/tableau-de-bord.html');
  await ready(page);
  await page.locator('encart-board select[data-choose]').first().selectOption({ index: 2 });
  await until(page, () => /habitants/.test(document.querySelector('encart-board').shadowRoot.querySelector('[data-live]').textContent));
});
