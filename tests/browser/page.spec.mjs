// Is the widget a good guest: policy, accessibility, layout, print?
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { test } from 'node:test';
import { AXE, COMMUNES, POPULATION, drawn, heard, open, put, readThrough, until } from './kit.mjs';

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

const WWW = new URL('../../www/', import.meta.url);
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

for (const [name, style, least] of [
  ['a flex row', 'display: flex', 300],
  ['a flex column that is centred', 'display: flex; flex-direction: column; align-items: center', 300],
  ['a float', 'float: left', 300],
  ['an inline block', 'display: inline-block', 300],
  ['a width that fits', 'width: fit-content', 300],
  ['a cell of a table', 'display: table-cell', 300],
  ['a grid of its contents', 'display: grid; grid-template-columns: max-content', 300],
]) {
  for (const width of [360, 1000]) {
    test(`in ${name}, at ${width} px, a widget has a width, and the page none too many`, async () => {
      const page = await open('/tests/browser/page.html', { viewport: { width, height: 800 } });
      await page.evaluate(style => (document.querySelector('#here').style.cssText = style), style);
      await put(page, COMMUNES);
      const [seen, overflow] = await page.evaluate(() => [document.querySelector('encart-chart').shadowRoot.querySelector('.encart').getBoundingClientRect().width, document.documentElement.scrollWidth - innerWidth]);
      assert.ok(seen >= least && overflow <= 0, `${seen} px, ${overflow} px too wide`);
    });
  }
}

test('what a theme says of its own text changes nothing in a widget', async () => {
  const words = async style => {
    const page = await open();
    await page.evaluate(style => (document.querySelector('#here').style.cssText = style), style);
    await put(page, COMMUNES);
    return page.locator('encart-chart').evaluate(tag => [...tag.shadowRoot.querySelectorAll('.title, .source, .canvas text')].map(element => {
      const { x, y, width, height } = element.getBoundingClientRect();
      return [element.textContent, x, y, width, height].join(' ');
    }));
  };
  const theme = 'text-transform: uppercase; letter-spacing: 3px; word-spacing: 9px; text-indent: 3em; white-space: pre-wrap; direction: rtl; font-variant: small-caps';
  assert.deepEqual(await words(theme), await words(''));
});

test('a tag with a height of its own keeps to it, whatever the width and whatever is opened', async () => {
  const page = await open();
  await put(page, POPULATION, '', 'height: 420px');
  const shellHeight = () => page.locator('encart-chart .encart').evaluate(shell => Math.round(shell.getBoundingClientRect().height));
  await page.setViewportSize({ width: 900, height: 800 });
  await page.waitForFunction(() => Number(document.querySelector('encart-chart').shadowRoot.querySelector('.canvas svg').getAttribute('width')) < 900);
  assert.equal(await shellHeight(), 420);
  await page.getByRole('button', { name: 'Tableau' }).click();
  await page.locator('encart-chart tbody').waitFor();
  assert.equal(await shellHeight(), 420);
});

test('the page is never shorter while a picture takes the place of what was in the tag', async () => {
  const page = await open();
  const heights = await page.evaluate(spec => {
    const tag = document.createElement('encart-chart');
    for (const [name, value] of Object.entries(spec)) tag.setAttribute(name, value);
    tag.innerHTML = '<div style="height: 900px">Le contenu fixe</div>';
    const ready = new Promise(resolve => tag.addEventListener('encart-ready', resolve, { once: true }));
    document.querySelector('#here').append(tag);
    const heights = [document.documentElement.scrollHeight];
    const note = () => heights.push(document.documentElement.scrollHeight);
    new MutationObserver(note).observe(tag.shadowRoot, { attributes: true, childList: true, subtree: true });
    return ready.then(() => heights);
  }, COMMUNES);
  assert.ok(heights.length > 2);
  assert.deepEqual([...new Set(heights.map(height => height >= heights[0]))], [true], heights.join(' '));
});

test('a tag that nobody scrolled to prints its title and where its data are', async () => {
  const page = await open();
  await page.evaluate(({ src, title }) => {
    document.querySelector('#here').insertAdjacentHTML('beforeend', `<div style="height: 3000px"></div><encart-chart src="${src}" title="${title}" x="commune" y="population" kind="bar"></encart-chart>`);
  }, POPULATION);
  const words = page.getByText(`${POPULATION.title}\u{a0}: ${POPULATION.src}`);
  assert.ok(await words.isHidden());
  await page.emulateMedia({ media: 'print' });
  assert.ok(await words.isVisible());
});

test('the form for paper is there before the listener of beforeprint ends', async () => {
  const page = await open();
  await put(page, POPULATION);
  const widths = await page.evaluate(() => {
    const width = () => Number(document.querySelector('encart-chart').shadowRoot.querySelector('.canvas svg').getAttribute('width'));
    const onScreen = width();
    dispatchEvent(new Event('beforeprint'));
    return [onScreen, width()];
  });
  assert.deepEqual(widths.map(width => width > 718), [true, false], widths.join(' '));
});

for (const path of readdirSync(WWW, { recursive: true }).filter(path => path.endsWith('.html')).sort()) {
  test(`the console has nothing to say of /${path}`, async () => {
    const page = await open(`/${path}`, { viewport: { width: 1280, height: 800 } });
    await readThrough(page);
    await until(page, () => [...document.querySelectorAll('encart-board, encart-chart, encart-figure, encart-story, encart-table')].every(tag => /ready/.test(tag.shadowRoot.firstElementChild.className)));
    assert.deepEqual(page.said.notices, []);
  });
}

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
  assert.match(await heard(page), /^2026 : /);
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
