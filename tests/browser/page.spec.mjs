// Is the widget a good guest: policy, accessibility, layout, print?
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { AXE, COMMUNES, POPULATION, drawn, open, put, readThrough } from './kit.mjs';

test('a strict policy has nothing to refuse, the script being there twice', async () => {
  const page = await open('/host.html');
  await readThrough(page);
  await drawn(page);
  await page.locator('encart-chart .picture').first().focus();
  await page.keyboard.press('ArrowDown');
  await page.getByRole('button', { name: 'Tableau' }).first().click();
  assert.deepEqual(page.said.violations, []);
  assert.deepEqual(page.said.errors, []);
  const hosts = new Set(page.said.requests.map(({ host }) => host));
  assert.equal(hosts.size, 1);
});

const KINDS = JSON.parse(readFileSync(new URL('../../www/galerie.json', import.meta.url))).map(({ kind }) => `/galerie/${kind}.html`);

for (const width of [360, 1280]) {
  for (const path of ['/index.html', '/host.html', '/galerie.html', ...(width === 360 ? KINDS : ['/galerie/bar.html'])]) {
    test(`${path} at ${width} px: no overflow, no error`, async () => {
      const page = await open(path, { viewport: { width, height: 800 } });
      await readThrough(page);
      await drawn(page);
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      assert.ok(overflow <= 0, `${overflow} px`);
      const wide = await page.evaluate(() => [...document.querySelectorAll('encart-chart')].map(tag => tag.shadowRoot.querySelector('.encart')).filter(shell => shell.scrollWidth > shell.clientWidth).length);
      assert.equal(wide, 0, 'a widget scrolls sideways');
      const outside = await page.evaluate(() => [...document.querySelectorAll('encart-chart')].flatMap(tag => {
        const picture = tag.shadowRoot.querySelector('.canvas svg').getBoundingClientRect();
        const texts = [...tag.shadowRoot.querySelectorAll('.canvas text')];
        return texts.filter(text => { const box = text.getBoundingClientRect(); return box.left < picture.left - 1 || box.right > picture.right + 1; }).map(text => text.textContent);
      }));
      assert.deepEqual(outside, []);
      assert.deepEqual(page.said.errors, []);
    });
  }
  test(`nothing moves when charts take the place of static content, at ${width} px`, async () => {
    const page = await open('/host.html', { viewport: { width, height: 800 } });
    await drawn(page).catch(() => {});
    await readThrough(page);
    await drawn(page);
    await page.evaluate(() => new Promise(resolve => requestAnimationFrame(() => requestAnimationFrame(resolve))));
    assert.equal(await page.evaluate(() => window.shift), 0);
  });
}

test('nothing moves when the tag has a size', async () => {
  const page = await open();
  await page.evaluate(() => document.querySelector('#here').insertAdjacentHTML('afterend', '<p>Après</p>'));
  await put(page, POPULATION, '', 'height: 420px');
  await put(page, COMMUNES, '', 'height: 420px');
  await page.evaluate(() => new Promise(resolve => requestAnimationFrame(() => requestAnimationFrame(resolve))));
  const heights = await page.evaluate(() => [...document.querySelectorAll('encart-chart')].map(tag => tag.shadowRoot.querySelector('.encart').getBoundingClientRect().height));
  assert.deepEqual(heights, [420, 420]);
});

for (const options of [{}, { colorScheme: 'dark' }, { forcedColors: 'active' }, { viewport: { width: 360, height: 740 } }]) {
  test(`axe finds nothing: ${JSON.stringify(options)}`, async () => {
    const page = await open('/index.html', options);
    await readThrough(page);
    await drawn(page);
    await page.getByRole('button', { name: 'Tableau' }).first().click();
    await page.getByRole('button', { name: 'Données et méthode' }).nth(1).click();
    await page.addScriptTag({ path: AXE });
    const violations = await page.evaluate(async () => (await window.axe.run()).violations.map(({ id, nodes }) => `${id}: ${nodes[0].html}`));
    assert.deepEqual(violations, []);
  });
}

test('dark: the chart follows the page’s ground, not the visitor’s wish alone', async () => {
  const dark = await open('/index.html', { colorScheme: 'dark' });
  await drawn(dark.mainFrame().page()).catch(() => {});
  await readThrough(dark);
  await drawn(dark);
  assert.equal(await dark.locator('encart-chart .canvas rect').first().getAttribute('fill'), '#16d1c9');
  const old = await open('/host.html', { colorScheme: 'dark' });
  await readThrough(old);
  await drawn(old);
  assert.equal(await old.locator('encart-chart .canvas rect').first().getAttribute('fill'), '#084860');
});

test('on paper a chart is patterned, with its static content or without', async () => {
  const page = await open();
  await put(page, COMMUNES, '<figure><p>Le contenu fixe</p></figure>');
  await put(page, { ...POPULATION, color: 'code_insee', layout: 'stacked' });
  assert.ok(await page.getByText('Le contenu fixe').isHidden());
  await page.emulateMedia({ media: 'print' });
  assert.ok(await page.getByText('Le contenu fixe').isHidden());
  const [first, second] = await page.locator('encart-chart').all();
  assert.ok(await first.locator('.canvas').isVisible());
  assert.ok(await second.locator('.canvas').isVisible());
  await second.locator('.canvas path[stroke-width="1.5"]').first().waitFor({ state: 'attached' });
  assert.ok(await second.getByRole('button', { name: 'Tableau' }).isHidden());
});

// The README's own example once cut the chart to the height of one line.
test('a line of words inside the tag gives way to the whole chart', async () => {
  const page = await open();
  await put(page, COMMUNES, '<figure>Ce qui est ici s’affiche tant que le graphique n’est pas prêt.</figure>');
  const [shell, figure] = await Promise.all(['.encart', 'figure'].map(part => page.locator(`encart-chart ${part}`).last().boundingBox()));
  assert.ok(figure.height > 300 && shell.height >= figure.height, `${shell.height} for ${figure.height}`);
});

test('full screen draws at the size of the screen, with the keyboard on the picture', async () => {
  const page = await open('/tests/browser/page.html', { viewport: { width: 1600, height: 900 } });
  await put(page, COMMUNES, '', 'width: 500px');
  await page.getByRole('button', { name: 'Plein écran' }).click();
  await page.waitForFunction(() => document.querySelector('encart-chart').shadowRoot.querySelector('.canvas svg').getAttribute('width') > 1000);
  await page.getByRole('button', { name: 'Quitter le plein écran' }).waitFor();
  await page.keyboard.press('End');
  assert.match(await page.locator('encart-chart [data-live]').textContent(), /^2026 : /);
  const [ring, canvas] = await Promise.all([page.locator('encart-chart .ring').boundingBox(), page.locator('encart-chart .canvas').boundingBox()]);
  assert.ok(ring.x > canvas.x + canvas.width * 0.9, 'the ring is on the last point');
});

test('wide letters of the page are neither cut nor laid over each other', async () => {
  for (const family of ['sans-serif', 'monospace']) {
    const page = await open();
    await page.addStyleTag({ content: `#here { font-family: ${family} }` });
    for (const name of ['tournugeois', 'courbe', 'surfaces', 'points', 'secteurs']) {
      await page.evaluate(() => document.querySelector('#here').replaceChildren());
      await put(page, { spec: `/tests/specs/${name}.json` }, '', 'width: 340px');
      const bad = await page.evaluate(() => {
        const svg = document.querySelector('encart-chart').shadowRoot.querySelector('.canvas svg');
        const frame = svg.getBoundingClientRect();
        const texts = [...svg.querySelectorAll('text')].map(text => ({ words: text.textContent, box: text.getBoundingClientRect() }));
        const isOut = ({ box }) => box.left < frame.left - 2 || box.right > frame.right + 2;
        const overlaps = (one, other) => one.left < other.right - 1 && other.left < one.right - 1 && one.top < other.bottom - 6 && other.top < one.bottom - 6;
        return [
          ...texts.filter(isOut).map(({ words }) => `out: ${words}`),
          ...texts.flatMap((one, idx) => texts.slice(idx + 1).filter(other => overlaps(one.box, other.box)).map(other => `over: ${one.words} / ${other.words}`)),
        ];
      });
      assert.deepEqual(bad, [], `${family} ${name}`);
    }
  }
});
