// Can someone without eyes or mouse read every value?
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { COMMUNES, heard, open, put } from './kit.mjs';

const TWO = { data: 'annee;poste;montant\n2020;École;10\n2020;Voirie;20\n2021;École;n.d.\n2021;Voirie;22\n', kind: 'bar', x: 'annee', y: 'montant', color: 'poste', layout: 'grouped', unit: 'k€', title: 'Deux postes' };

async function focused(attributes) {
  const page = await open();
  await put(page, attributes);
  await page.locator('encart-chart .picture').focus();
  const spoken = () => heard(page);
  return { page, spoken };
}

test('one tab stop for the picture, then its actions', async () => {
  const page = await open();
  await put(page, COMMUNES);
  await page.locator('h1').click();
  const stops = [];
  for (let idx = 0; idx < 7; idx++) {
    await page.keyboard.press('Tab');
    stops.push(await page.evaluate(() => {
      const active = document.activeElement?.shadowRoot?.activeElement;
      return active?.className || active?.textContent;
    }));
  }
  assert.deepEqual(stops, ['picture', 'Fichier complet', 'Tableau', 'Données et méthode', 'Explorer', 'Télécharger', 'Plein écran']);
});

test('arrows walk data and series, and each value is spoken as the tooltip writes it', async () => {
  const { page, spoken } = await focused(TWO);
  for (const [key, words] of [
    ['ArrowRight', '2020, École : 10 milliers d’euros. 1 sur 2.'],
    ['ArrowRight', '2021, École : non disponible. 2 sur 2.'],
    ['ArrowRight', '2021, École : non disponible. 2 sur 2.'],
    ['ArrowLeft', '2020, École : 10 milliers d’euros. 1 sur 2.'],
    ['ArrowRight', '2021, École : non disponible. 2 sur 2.'],
    ['ArrowDown', '2021, Voirie : 22 milliers d’euros. 2 sur 2.'],
    ['Home', '2020, Voirie : 20 milliers d’euros. 1 sur 2.'],
    ['ArrowUp', '2020, École : 10 milliers d’euros. 1 sur 2.'],
    ['End', '2021, École : non disponible. 2 sur 2.'],
  ]) {
    await page.keyboard.press(key);
    assert.equal(await spoken(), words, key);
  }
  assert.equal(await page.locator('encart-chart .tip .current b').textContent(), 'non disponible');
  assert.ok(await page.locator('encart-chart .ring').isVisible());
});

test('a mouse that moves beside the picture does not take the keyboard’s place', async () => {
  const { page } = await focused(COMMUNES);
  await page.keyboard.press('End');
  await page.locator('encart-chart .title').hover();
  assert.ok(await page.locator('encart-chart .ring').isVisible());
  await page.locator('encart-chart .picture').hover();
  await page.locator('encart-chart .title').hover();
  await page.locator('encart-chart .ring').waitFor({ state: 'hidden' });
});

test('Escape closes the open table and gives the keyboard back to its button', async () => {
  const page = await open();
  await put(page, COMMUNES);
  const button = page.getByRole('button', { name: 'Tableau' });
  await button.click();
  await page.getByRole('group', { name: 'Tableau' }).focus();
  await page.keyboard.press('Escape');
  await page.locator('encart-chart .panel').waitFor({ state: 'hidden' });
  assert.equal(await button.evaluate(button => button.getRootNode().activeElement === button), true);
});

test('the ring of focus is seen on its four sides', async () => {
  const { page } = await focused(COMMUNES);
  await page.keyboard.press('Home');
  const clipped = await page.evaluate(() => {
    const picture = document.querySelector('encart-chart').shadowRoot.querySelector('.picture');
    for (let box = picture.parentElement; box; box = box.parentElement) if (getComputedStyle(box).overflowX !== 'visible') return box.className;
    return getComputedStyle(picture).boxShadow === 'none' ? 'no ring' : '';
  });
  assert.equal(clipped, '');
});

test('Escape closes, and other keys stay the page’s', async () => {
  const { page, spoken } = await focused(COMMUNES);
  await page.keyboard.press('End');
  assert.match(await spoken(), /^2026 : 34969\. 6 sur 6\.$/);
  await page.keyboard.press('Escape');
  assert.equal(await spoken(), '6 valeurs');
  assert.ok(await page.locator('encart-chart .tip').isHidden());
  const prevented = await page.evaluate(() => new Promise(resolve => {
    addEventListener('keydown', event => resolve(event.defaultPrevented), { once: true });
    const picture = document.querySelector('encart-chart').shadowRoot.querySelector('.picture');
    picture.dispatchEvent(new KeyboardEvent('keydown', { key: 'PageDown', bubbles: true, composed: true, cancelable: true }));
  }));
  assert.equal(prevented, false);
});

test('the pointer finds the nearest value; the words stay beside it and inside the widget', async () => {
  // without motion: the ring glides to its place otherwise, and would be measured on the way
  const page = await open('/tests/browser/page.html', { reducedMotion: 'reduce' });
  await put(page, COMMUNES);
  const picture = page.locator('encart-chart .picture');
  const box = await picture.boundingBox();
  for (const part of [0.05, 0.5, 0.99]) {
    await page.mouse.move(box.x + box.width * part, box.y + box.height / 2);
    const tip = await page.locator('encart-chart .tip').boundingBox();
    const ring = await page.locator('encart-chart .ring').boundingBox();
    assert.ok(tip.x >= box.x - 1 && tip.x + tip.width <= box.x + box.width + 1, 'inside');
    assert.ok(tip.x >= ring.x + ring.width || tip.x + tip.width <= ring.x, 'beside');
  }
});

test('a finger gets the words in a strip under the plot', async () => {
  const page = await open('/tests/browser/page.html', { viewport: { width: 360, height: 700 }, hasTouch: true });
  await put(page, COMMUNES);
  await page.locator('encart-chart .picture').tap();
  const [canvas, tip] = await Promise.all([page.locator('encart-chart .canvas').boundingBox(), page.locator('encart-chart .tip').boundingBox()]);
  assert.ok(tip.y >= canvas.y + canvas.height);
});

test('a series is left out, taken in, isolated and singled out from its name', async () => {
  const page = await open();
  await put(page, { ...TWO, data: TWO.data.replace('n.d.', '11') });
  const shown = () => page.locator('encart-chart').evaluate(tag => new Set([...tag.shadowRoot.querySelectorAll('.canvas rect')].map(rect => rect.getAttribute('fill')).filter(fill => /^#(084860|e96872)$/.test(fill))).size);
  const [first, second] = [page.getByRole('button', { name: 'École' }), page.getByRole('button', { name: 'Voirie' })];
  assert.deepEqual([await first.getAttribute('aria-pressed'), await shown()], ['true', 2]);
  await second.focus();
  await page.keyboard.press('Enter');
  await page.locator('encart-chart [data-name="Voirie"][aria-pressed=false]').waitFor({ state: 'attached' });
  assert.equal(await page.locator('encart-chart [data-live]').textContent(), 'Voirie : masqué');
  // the keyboard keeps its place, and the table is whole
  assert.equal(await second.evaluate(button => button.getRootNode().activeElement === button), true);
  assert.equal(await shown(), 1);
  await page.getByRole('button', { name: 'Tableau' }).click();
  assert.equal(await page.locator('encart-chart tbody td').count(), 4);
  await second.click();
  await page.locator('encart-chart [data-name="Voirie"][aria-pressed=true]').waitFor({ state: 'attached' });
  await first.click({ modifiers: ['Shift'] });
  await page.locator('encart-chart [data-name="Voirie"][aria-pressed=false]').waitFor({ state: 'attached' });
  await first.click({ modifiers: ['Shift'] });
  await page.locator('encart-chart [data-name="Voirie"][aria-pressed=true]').waitFor({ state: 'attached' });
  await page.mouse.move(1, 1);
  // what comes back appears out of the ground
  await page.waitForFunction(() => ['#084860', '#e96872'].every(fill => document.querySelector('encart-chart').shadowRoot.querySelectorAll(`.canvas rect[fill="${fill}"]`).length > 1));
  assert.equal(await shown(), 2);
  await first.hover();
  // the other is pale: of its own colour only its name’s square is not
  await page.waitForFunction(() => ![...document.querySelector('encart-chart').shadowRoot.querySelectorAll('.canvas rect')].some(rect => rect.getAttribute('fill') === '#e96872'));
  assert.deepEqual(page.said.errors, []);
});
