// Can a visitor choose what to see, and take it away?
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { COMMUNES, POPULATION, open, put } from './kit.mjs';

const tagOf = page => page.locator('encart-chart').first();
const press = (page, name) => tagOf(page).getByRole('button', { name, exact: true }).click();

test('data, picture and table leave the page whole', async () => {
  const page = await open();
  await put(page, { ...COMMUNES, producer: 'INSEE' });
  await press(page, 'Télécharger');
  const taken = async name => {
    const [file] = await Promise.all([page.waitForEvent('download'), press(page, name)]);
    return [file.suggestedFilename(), await readFile(await file.path())];
  };
  for (const [button, name, text] of [
    ['Tableur (CSV)', 'nombre-de-communes.csv', '\ufeffannee;communes\r\n2021;35059\r\n2022;35049\r\n2023;35039\r\n2024;35029\r\n2025;34969\r\n2026;34969\r\n'],
    ['Programme (CSV)', 'nombre-de-communes.csv', 'annee,communes\r\n2021,35059\r\n2022,35049\r\n2023,35039\r\n2024,35029\r\n2025,34969\r\n2026,34969\r\n'],
  ]) {
    const [found, bytes] = await taken(button);
    assert.deepEqual([found, bytes.toString()], [name, text]);
  }
  const [, json] = await taken('JSON');
  assert.deepEqual(JSON.parse(json)[0], { annee: '2021', communes: 35059 });
  const [svgName, svg] = await taken('Image (SVG)');
  assert.equal(svgName, 'nombre-de-communes.svg');
  assert.match(svg.toString(), /<text[^>]*>Nombre de communes<[\s\S]*INSEE/);
  const [pngName, png] = await taken('Image (PNG)');
  assert.equal(pngName, 'nombre-de-communes.png');
  assert.equal(png.toString('latin1', 1, 4), 'PNG');
  const width = await tagOf(page).locator('.canvas svg').evaluate(svg => svg.viewBox.baseVal.width);
  assert.equal(png.readUInt32BE(16), 2 * (width + 48), 'two dots a pixel');
  assert.deepEqual(page.said.errors, []);
});

test('table and citation are copied, and it is said', async () => {
  const page = await open();
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await put(page, { ...COMMUNES, producer: 'INSEE', page: 'https://exemple.fr/jeu' });
  await press(page, 'Télécharger');
  const pasted = () => page.evaluate(() => navigator.clipboard.readText());
  await press(page, 'Copier le tableau');
  await tagOf(page).getByText('tableau copié', { exact: true }).waitFor();
  assert.match(await pasted(), /^annee\tcommunes\r?\n2021\t35059/);
  await press(page, 'Copier la citation');
  await page.waitForFunction(() => navigator.clipboard.readText().then(text => text.startsWith('INSEE, « Nombre de communes »')));
  assert.match(await pasted(), /https:\/\/exemple\.fr\/jeu \(consulté le .* \d{4}\)$/);
});

test('categories are put in another order, and back', async () => {
  const page = await open();
  await put(page, POPULATION);
  await press(page, 'Explorer');
  const first = () => tagOf(page).locator('.canvas text').first().textContent();
  assert.equal(await first(), 'Tournus');
  await tagOf(page).getByLabel('Ordre').selectOption('alphabétique');
  assert.equal(await first(), 'Bissy-la-Mâconnaise');
  // the panel keeps its place and its choice
  assert.equal(await tagOf(page).getByLabel('Ordre').inputValue(), 'name');
  await press(page, 'Tout revoir');
  assert.equal(await first(), 'Tournus');
});

test('a place is found by some of its letters', async () => {
  const page = await open();
  await put(page, POPULATION);
  await press(page, 'Explorer');
  await tagOf(page).getByLabel('Chercher').fill('lacro');
  assert.match(await tagOf(page).locator('[data-live]').textContent(), /^Lacrost/);
  assert.ok(await tagOf(page).locator('.ring').isVisible());
  await tagOf(page).getByLabel('Chercher').fill('qzx');
  assert.equal(await tagOf(page).locator('[data-live]').textContent(), 'aucun résultat');
  assert.ok(await tagOf(page).locator('.ring').isHidden());
});

test('a part of the periods is seen, is said to be a part, and the table stays whole', async () => {
  const page = await open();
  await put(page, COMMUNES);
  const points = () => tagOf(page).locator('.canvas circle').count();
  const all = await points();
  await press(page, 'Explorer');
  await tagOf(page).getByRole('combobox', { name: 'De' }).selectOption('2024');
  assert.ok(await points() < all);
  assert.match(await tagOf(page).locator('.notes').textContent(), /Vous voyez une partie des données.: de 2024 à 2026\./);
  await press(page, 'Tableau');
  assert.equal(await tagOf(page).locator('tbody tr').count(), 6);
  await tagOf(page).locator('.picture').dblclick();
  assert.equal(await points(), all);
});

test('the open fields say what is seen, whatever chose it', async () => {
  const page = await open();
  await put(page, COMMUNES);
  await press(page, 'Explorer');
  const field = name => tagOf(page).getByRole('combobox', { name });
  const chosen = async () => Promise.all(['De', 'à'].map(name => field(name).evaluate(field => field.selectedOptions[0]?.text)));
  assert.deepEqual(await chosen(), ['2021', '2026']);
  await field('à').selectOption('2023');
  // beyond the last: one period remains
  await field('De').selectOption('2025');
  assert.deepEqual(await chosen(), ['2025', '2025']);
  await press(page, 'Tout revoir');
  assert.deepEqual(await chosen(), ['2021', '2026']);
  const { x, y, width, height } = await tagOf(page).locator('.picture').boundingBox();
  await page.mouse.move(x + width * 0.35, y + height / 2);
  await page.mouse.down();
  await page.mouse.move(x + width * 0.7, y + height / 2, { steps: 5 });
  await page.mouse.up();
  const [from, to] = await chosen();
  const said = await tagOf(page).locator('.notes').textContent();
  assert.ok(from > '2021' && to < '2026' && said.includes(`de ${from} à ${to}`), `${from} ${to} ${said}`);
});

test('a mouse drawn across the picture chooses the periods under it', async () => {
  const page = await open();
  await put(page, COMMUNES);
  const { x, y, width, height } = await tagOf(page).locator('.picture').boundingBox();
  await page.mouse.move(x + width * 0.35, y + height / 2);
  await page.mouse.down();
  await page.mouse.move(x + width * 0.6, y + height / 2, { steps: 4 });
  await page.mouse.move(x + width * 0.7, y + height / 2);
  assert.ok((await tagOf(page).locator('.ring').boundingBox()).width > width * 0.1, 'the band is seen');
  await page.mouse.up();
  assert.match(await tagOf(page).locator('[data-live]').textContent(), /^20\d\d à 20\d\d$/);
  assert.match(await tagOf(page).locator('.notes').textContent(), /Vous voyez une partie des données/);
});

test('charts of a group single out the same place, whoever is pointed at', async () => {
  const page = await open('/tests/browser/page.html', { viewport: { width: 1000, height: 4000 } });
  await put(page, { ...COMMUNES, group: 'a' });
  await put(page, { ...COMMUNES, kind: 'bar', group: 'a' });
  await put(page, { ...COMMUNES, group: 'b' });
  await page.locator('encart-chart .picture').first().focus();
  await page.keyboard.press('End');
  const tips = page.locator('encart-chart .tip');
  await tips.nth(1).locator('.heading').waitFor();
  assert.equal(await tips.nth(1).locator('.heading').textContent(), await tips.nth(0).locator('.heading').textContent());
  assert.ok(await tips.nth(2).isHidden());
});

test('a hundred thousand points are painted, walked and found', async () => {
  const page = await open();
  const rows = Array.from({ length: 100_000 }, (_, idx) => `${idx};${(idx * 7919) % 10_007}`).join('\n');
  await put(page, { data: `a;b\n${rows}\n`, kind: 'scatter', x: 'a', y: 'b', title: 'Cent mille' });
  const tag = tagOf(page);
  const ink = () => tag.locator('.canvas canvas').evaluate(canvas => {
    const { data } = canvas.getContext('2d').getImageData(canvas.width / 2, canvas.height / 2, 40, 40);
    return new Set(data).size;
  });
  assert.ok(await ink() > 3, 'something is painted');
  await tag.locator('.picture').focus();
  await page.keyboard.press('Home');
  assert.match(await tag.locator('.picture').getAttribute('aria-valuetext'), /1 sur 100000/);
  await press(page, 'Tableau');
  // what a page can hold, with what it leaves out said
  assert.equal(await tag.locator('tbody tr').count(), 2_000);
  assert.match(await tag.locator('caption').textContent(), /2.000 premières lignes sur 100.000/);
});

test('a picture turns into the next, at once for those who ask for less motion', async () => {
  for (const [reducedMotion, isTurning] of [['no-preference', true], ['reduce', false]]) {
    const page = await open();
    await page.emulateMedia({ reducedMotion });
    await put(page, POPULATION);
    const written = () => page.evaluate(() => window.pictures.length);
    const last = await page.evaluate(() => window.pictures.at(-1));
    await press(page, 'Explorer');
    const before = await written();
    await tagOf(page).getByLabel('Ordre').selectOption('alphabétique');
    // the order of the names is there at once; the bars arrive
    assert.equal(await tagOf(page).locator('.canvas text').first().textContent(), 'Bissy-la-Mâconnaise');
    await page.waitForFunction(() => {
      const bars = [...document.querySelector('encart-chart').shadowRoot.querySelectorAll('.canvas rect')].map(bar => Number(bar.getAttribute('y')));
      return bars.every((y, idx) => idx === 0 || y > bars[idx - 1]);
    });
    assert.equal(await written() - before > 1, isTurning, reducedMotion);
    // and back, interrupted on its way: the last picture is the one that is asked for
    await tagOf(page).getByLabel('Ordre').selectOption('plus petites valeurs d’abord');
    await tagOf(page).getByLabel('Ordre').selectOption('celui du graphique');
    await page.waitForFunction(picture => window.pictures.at(-1) === picture, last);
    assert.deepEqual(page.said.errors, []);
  }
});

test('a group of surfaces is seen alone, then all again', async () => {
  const page = await open();
  await put(page, { spec: '/tests/specs/surfaces.json' });
  const tag = tagOf(page);
  const tiles = () => tag.locator('.canvas rect').count();
  const all = await tiles();
  await tag.locator('.picture').focus();
  await page.keyboard.press('Home');
  await page.keyboard.press('Enter');
  const some = await tiles();
  assert.ok(some < all / 2 + 3, `${some} of ${all}`);
  assert.match(await tag.locator('[data-live]').textContent(), / : montré seul$/);
  // a name in the key takes another group in
  await tag.getByRole('button', { name: 'Grand Est' }).click();
  assert.ok(await tiles() > some);
  await tag.getByRole('button', { name: 'Grand Est' }).click();
  const { x, y, width, height } = await tag.locator('.picture').boundingBox();
  await page.mouse.move(x + width / 2, y + height * 0.7);
  await page.mouse.click(x + width / 2, y + height * 0.7);
  assert.equal(await tiles(), all);
});

test('a link brings back what was seen, and a link of the page changes it', async () => {
  const page = await open();
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  const series = { data: 'an;femmes;hommes\n2018;1;4\n2019;2;3\n2020;3;5\n2021;3;4\n2022;4;5\n2023;5;4\n', kind: 'line', x: 'an', y: 'femmes, hommes', title: 'Effectifs' };
  await put(page, { ...series, link: 'effectifs' });
  const notes = () => tagOf(page).locator('.notes').textContent();
  await press(page, 'Explorer');
  await tagOf(page).getByRole('combobox', { name: 'De' }).selectOption('2020');
  await tagOf(page).getByRole('button', { name: 'hommes' }).click();
  await press(page, 'Télécharger');
  await press(page, 'Copier le lien de cette vue');
  await page.waitForFunction(() => navigator.clipboard.readText().then(text => text.includes('#encart=effectifs')));
  const link = await page.evaluate(() => navigator.clipboard.readText());
  assert.match(link, /#encart=effectifs&sans=hommes&de=2020&a=2023$/);
  // the address of the page stays as it was
  assert.ok(!page.url().includes('#'));

  await page.goto(link);
  await page.reload();
  await put(page, { ...series, link: 'effectifs' });
  await put(page, { ...series, link: 'autres' });
  assert.match(await notes(), /de 2020 à 2023/);
  assert.equal(await tagOf(page).getByRole('button', { name: 'hommes' }).getAttribute('aria-pressed'), 'false');
  assert.ok(!/Vous voyez une partie/.test(await page.locator('encart-chart').nth(1).locator('.notes').textContent()));

  await page.evaluate(() => { location.hash = 'encart=effectifs&de=2018&a=2019&sans=personne'; });
  await tagOf(page).locator('.notes', { hasText: 'de 2018 à 2019' }).waitFor();
  await press(page, 'Données et méthode');
  assert.match(await tagOf(page).locator('.panel').textContent(), /sans=personne/);
  // a better link takes it back
  await page.evaluate(() => { location.hash = 'encart=effectifs&de=2018&a=2020'; });
  await tagOf(page).locator('.notes', { hasText: 'de 2018 à 2020' }).waitFor();
  await press(page, 'Données et méthode');
  await press(page, 'Données et méthode');
  assert.doesNotMatch(await tagOf(page).locator('.panel').textContent(), /sans=personne/);
});

test('a link reaches a chart far down the page', async () => {
  const page = await open('/tests/browser/page.html#encart=loin&sans=hommes');
  const series = { data: 'an;femmes;hommes\n2020;3;5\n2021;3;4\n2022;4;5\n', kind: 'line', x: 'an', y: 'femmes, hommes', title: 'Effectifs' };
  await put(page, { ...series, link: 'loin' }, '', 'margin-top: 4000px');
  await page.waitForFunction(() => { const { top } = document.querySelector('encart-chart').getBoundingClientRect(); return top > -50 && top < innerHeight; });
  assert.match(await tagOf(page).locator('.notes').textContent(), /sans hommes\./);
});

test('of nothing there is no picture: hiding the last series brings all back', async () => {
  const page = await open();
  await put(page, { data: 'an;femmes;hommes\n2020;3;5\n2021;3;4\n2022;4;5\n', kind: 'line', x: 'an', y: 'femmes, hommes', title: 'Effectifs' });
  for (const [name, said] of [['femmes', 'femmes : masqué'], ['hommes', 'tout est montré']]) {
    await tagOf(page).getByRole('button', { name }).click();
    assert.equal(await tagOf(page).locator('[data-live]').textContent(), said);
  }
  for (const name of ['femmes', 'hommes']) assert.equal(await tagOf(page).getByRole('button', { name }).getAttribute('aria-pressed'), 'true');
});

test('without a name there is no link', async () => {
  const page = await open();
  await put(page, COMMUNES);
  await press(page, 'Télécharger');
  assert.equal(await tagOf(page).getByText('Copier le lien').count(), 0);
});

test('a browser that gives noise for a picture saves none, and says what to take', async () => {
  const page = await open();
  await page.evaluate(() => {
    CanvasRenderingContext2D.prototype.getImageData = (x, y, width, height) => new ImageData(new Uint8ClampedArray(width * height * 4).map((_, idx) => idx * 89), width, height);
  });
  await put(page, { ...COMMUNES, producer: 'INSEE' });
  await press(page, 'Télécharger');
  await press(page, 'Image (PNG)');
  await tagOf(page).getByText('image refusée par ce navigateur : prenez le SVG').waitFor({ state: 'attached' });
});
