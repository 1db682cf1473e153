// Can rows be found, ordered, added up and taken away, by all who come?
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { test } from 'node:test';
import { AXE, open } from './kit.mjs';

const FOLDER = new URL('../tables/', import.meta.url);
const TABLES = Object.fromEntries(readdirSync(FOLDER).map(name => {
  const spec = JSON.parse(readFileSync(new URL(name, FOLDER)));
  return [name, { ...spec, src: spec.src?.replace('../../www', '') }];
}));

/** Puts a table in the page and waits for its first event. */
const put = (page, spec, inside = '') => page.evaluate(([spec, inside]) => {
  const tag = document.createElement('encart-table');
  const said = new Promise(resolve => {
    for (const name of ['encart-ready', 'encart-error']) tag.addEventListener(name, event => resolve({ name, ...event.detail }), { once: true });
  });
  tag.spec = spec;
  tag.innerHTML = inside;
  document.querySelector('#here').append(tag);
  tag.scrollIntoView();
  return said;
}, [spec, inside]);

const plain = text => text.replace(/[\u00a0\u202f]/g, ' ');
const inside = (page, selector) => page.locator(`encart-table ${selector}`);
const texts = async (page, selector) => (await inside(page, selector).allInnerTexts()).map(plain);
const count = async page => plain(await inside(page, '.count').innerText()).replace(/\s*Tout revoir/, '');
/** What names the rows, as it is read. */
const names = page => texts(page, 'tbody tr:not(.group) th');
const foot = async page => (await texts(page, 'tfoot tr')).map(row => row.split('\t').filter(Boolean));

for (const [name, spec] of Object.entries(TABLES)) {
  for (const width of [280, 1920]) {
    test(`${name} at ${width} px: seen whole, no fault for axe, no error`, async () => {
      const page = await open('/tests/browser/page.html', { viewport: { width: width + 40, height: 900 } });
      const said = await put(page, spec);
      assert.equal(said.name, 'encart-ready');
      assert.deepEqual(said.notices.filter(({ level }) => level === 'error'), []);
      assert.ok((await names(page)).length > 3);
      const wide = await page.evaluate(() => { const shell = document.querySelector('encart-table').shadowRoot.querySelector('.encart'); return shell.scrollWidth - shell.clientWidth; });
      assert.ok(wide <= 0, `${wide} px`);
      const sizes = await page.evaluate(() => [...document.querySelector('encart-table').shadowRoot.querySelectorAll('.lead label, .count, .rows th, .rows td')].filter(part => part.innerText).map(part => parseFloat(getComputedStyle(part).fontSize)));
      assert.ok(sizes.every(size => size >= (width === 1920 ? 28 : 13)), sizes.join(' '));
      await page.addScriptTag({ path: AXE });
      const { violations } = await page.evaluate(() => window.axe.run('encart-table'));
      assert.deepEqual(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]), []);
      assert.deepEqual(page.said.errors, []);
    });
  }
}

test('the keyboard orders the rows; what is missing stays last, either way; the keyboard keeps its place', async () => {
  const page = await open();
  await put(page, { ...TABLES['essai-marques.json'], group: '', header: 'commune' });
  const press = async label => { await inside(page, `thead button:has-text("${label}")`).focus(); await page.keyboard.press('Enter'); };
  const sorted = () => page.evaluate(() => document.querySelector('encart-table').shadowRoot.activeElement.closest('th').getAttribute('aria-sort'));
  await press('commune');
  // accents and capitals do not decide, numbers in words do: Lot 2 is before Lot 10
  assert.deepEqual(await names(page), ['ecueil', 'Étréchy', 'Lot 2', 'Lot 10', 'Zonza']);
  assert.equal(await sorted(), 'ascending');
  await page.keyboard.press('Enter');
  assert.deepEqual(await names(page), ['Zonza', 'Lot 10', 'Lot 2', 'Étréchy', 'ecueil']);
  assert.equal(await sorted(), 'descending');
  await press('taux');
  assert.deepEqual((await names(page)).slice(0, 3), ['Étréchy', 'Zonza', 'Lot 2']);
  await page.keyboard.press('Enter');
  assert.deepEqual((await names(page)).slice(0, 3), ['Lot 2', 'Zonza', 'Étréchy']);
  await press('date');
  assert.deepEqual(await names(page), ['Lot 10', 'Étréchy', 'ecueil', 'Zonza', 'Lot 2']);
  // a code is read letter by letter
  await press('code');
  assert.deepEqual(await texts(page, 'tbody td[data-head=code]'), ['01004', '05061', '29019', '2A004', '30007']);
  assert.deepEqual(page.said.errors, []);
});

test('rows are found without accents or capitals, counted and said; all come back', async () => {
  const page = await open();
  await put(page, TABLES['departements.json']);
  assert.equal(await count(page), '100 lignes ; ici 1 à 10');
  const search = inside(page, 'input[type=search]');
  await search.pressSequentially("COTE-D'OR");
  assert.deepEqual(await names(page), ["Côte-d'Or"]);
  assert.equal(await count(page), '1 ligne trouvée sur 100');
  await inside(page, '[data-live]:has-text("1 ligne trouvée sur 100")').waitFor({ state: 'attached' });
  assert.ok(await search.evaluate(field => field.getRootNode().activeElement === field));
  await search.fill('xyzzy');
  assert.equal(await count(page), 'aucune ligne trouvée sur 100');
  await inside(page, 'button:has-text("Tout revoir")').click();
  assert.equal(await count(page), '100 lignes ; ici 1 à 10');
  assert.equal(await search.inputValue(), '');
  await inside(page, 'select[data-choose=filtre]').selectOption('Bretagne');
  assert.deepEqual(await names(page), ['Ille-et-Vilaine', 'Finistère', 'Morbihan', "Côtes-d'Armor"]);
  // what is found is what is downloaded
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    inside(page, '[data-do=download]').click().then(() => inside(page, '[data-do=plain]').click()),
  ]);
  const lines = readFileSync(await file.path(), 'utf8').trim().split('\r\n');
  assert.equal(lines.length, 5);
  assert.match(lines[1], /^35,Ille-et-Vilaine,/);
  assert.equal(await inside(page, '[data-do=png]').count(), 0);
});

test('pages are turned by keyboard; where there is no next page the keyboard is not lost', async () => {
  const page = await open();
  await put(page, { ...TABLES['departements.json'], page_rows: 40 });
  await inside(page, 'button:has-text("Suivante")').focus();
  await page.keyboard.press('Enter');
  assert.equal(await count(page), '100 lignes ; ici 41 à 80');
  await page.keyboard.press('Enter');
  assert.equal(await count(page), '100 lignes ; ici 81 à 100');
  assert.equal(await page.evaluate(() => document.querySelector('encart-table').shadowRoot.activeElement.textContent), 'Suivante');
  await page.keyboard.press('Enter');
  assert.equal(await count(page), '100 lignes ; ici 81 à 100');
});

test('groups say their sums and what these lack; a printed total stands beside the sum, with why it differs', async () => {
  const page = await open();
  await put(page, TABLES['essai-marques.json']);
  assert.deepEqual(await texts(page, '.group th'), ['École – 2 lignes', 'Voirie – 2 lignes', 'non renseigné – 1 ligne']);
  assert.deepEqual(await foot(page), [['Somme des lignes', '≈ 1 920,50, sans 1 valeur'], ['Total imprimé', '1 930,00']]);
  assert.match(plain(await inside(page, '.notes').innerText()), /le total imprimé est 1 930,00 €, la somme des lignes 1 920,50 €\. Une de ces lignes n’a pas de valeur/);
  // of a part nobody printed a total
  await inside(page, 'select[data-column=service]').selectOption('Voirie');
  assert.deepEqual(await foot(page), [['Total des lignes trouvées', '900,50']]);
  assert.equal(await inside(page, '.rows a').getAttribute('href'), 'https://exemple.fr/un/chemin/assez/long/pour/etre/coupe');
});

test('an address that runs a script is words, not a link', async () => {
  const page = await open();
  await put(page, TABLES['essai-marques.json']);
  assert.equal(await inside(page, '.rows a[href^=javascript]').count(), 0);
});

test('on a phone rows are cards, and still a table for a screen reader', async () => {
  const page = await open('/tests/browser/page.html', { viewport: { width: 360, height: 800 } });
  await put(page, TABLES['plateforme.json']);
  assert.equal(await inside(page, 'tbody td').first().evaluate(cell => getComputedStyle(cell, '::before').content), '"Habitants (2023)"');
  const tree = await page.locator('encart-table table').ariaSnapshot();
  for (const said of ['columnheader "Participation (€)', 'rowheader "Chelles"', 'cell']) assert.ok(tree.includes(said), tree.slice(0, 600));
  await inside(page, 'summary').first().click();
  await inside(page, 'select[data-choose=tri]').selectOption({ label: 'Participation (€), croissant' });
  assert.equal((await names(page))[0], 'Croissy-Beaubourg');
});

test('a link brings back what was found, in its order', async () => {
  const page = await open(`/tests/browser/page.html#${new URLSearchParams([['encart', 'deps'], ['cherche', 'loire'], ['tri', 'departement'], ['filtre', 'region=Pays de la Loire']])}`);
  await put(page, { ...TABLES['departements.json'], columns: '', link: 'deps' });
  assert.deepEqual(await names(page), ['Loire-Atlantique', 'Maine-et-Loire', 'Mayenne', 'Sarthe', 'Vendée']);
  assert.equal(await inside(page, 'input[type=search]').inputValue(), 'loire');
  assert.equal(await inside(page, 'select[data-choose=filtre]').inputValue(), 'region=Pays de la Loire');
});

test('on paper all rows are there, without what only a screen answers', async () => {
  const page = await open();
  await put(page, TABLES['departements.json']);
  await page.emulateMedia({ media: 'print' });
  await page.waitForFunction(() => document.querySelector('encart-table').shadowRoot.querySelectorAll('tbody tr').length === 100);
  assert.equal(await inside(page, '.lead [data-choose], .rows button').count(), 0);
  await page.emulateMedia({ media: 'screen' });
  await page.waitForFunction(() => document.querySelector('encart-table').shadowRoot.querySelectorAll('tbody tr').length === 10);
});

test('a column that is not there is said, and the rest is shown; no data leaves the static content', async () => {
  const page = await open();
  const said = await put(page, { ...TABLES['departements.json'], sum: 'populaton' });
  assert.match(said.notices.find(({ code }) => code === 'spec.unknown-column').message, /vouliez-vous dire « population »/);
  assert.equal((await names(page)).length, 10);
  const none = await open();
  assert.equal((await put(none, { src: '/data/absent.csv' }, '<table><tr><td>contenu fixe</td></tr></table>')).name, 'encart-error');
  assert.ok(await none.getByText('contenu fixe').isVisible());
});

test('a hundred thousand rows are found and ordered', async () => {
  const page = await open();
  const rows = Array.from({ length: 100_000 }, (_, idx) => `${idx};${['Âge', 'eau', 'École', 'zone'][idx % 4]} ${idx};${(idx * 7919) % 100_003}`);
  const said = await put(page, { data: `code;nom;valeur\n${rows.join('\n')}\n`, sort: '-valeur', sum: 'valeur' });
  assert.equal(said.name, 'encart-ready');
  assert.equal(await count(page), '100 000 lignes ; ici 1 à 25');
  await inside(page, 'input[type=search]').fill('ecole');
  assert.match(await count(page), /^25 000 lignes trouvées sur 100 000/);
  await inside(page, 'thead button:has-text("nom")').click();
  assert.equal((await texts(page, 'tbody tr:first-child td[data-head=nom]'))[0], 'École 2');
});
