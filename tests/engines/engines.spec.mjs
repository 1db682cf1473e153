// The pages of the site in Firefox and WebKit: every widget drawn at two widths, the keyboard, strict policies, a page that does not
// jump, and paper.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { firefox, webkit } from './engine.mjs';

const ADDRESS = process.env.ENCART_URL;
const WWW = new URL('../../www/', import.meta.url);
const PAGES = readdirSync(WWW, { recursive: true }).filter(path => path.endsWith('.html')).sort();
const engines = [await firefox(), await webkit()];
after(() => Promise.all(engines.map(engine => engine.close())));

/** Scrolls through the page until all that it shows is drawn; what is wrong then. */
const settle = async () => {
  // a picture that stands beside the text on a wide screen is hidden on a narrow one
  const isShown = tag => tag.getClientRects().length > 0;
  const tags = () => [...document.querySelectorAll('encart-board, encart-chart, encart-figure, encart-story, encart-table')].filter(isShown);
  const isReady = tag => /ready/.test(tag.shadowRoot?.firstElementChild?.className ?? '');
  for (const start = performance.now(); ; ) {
    for (let y = 0; y < document.documentElement.scrollHeight; y += 400) {
      scrollTo(0, y);
      await new Promise(done => setTimeout(done, 30));
    }
    if (tags().every(isReady) || performance.now() - start > 40_000) break;
  }
  const wrong = tags().filter(tag => !isReady(tag)).map(tag => `${tag.localName} is not drawn`);
  const overflow = document.documentElement.scrollWidth - innerWidth;
  if (overflow > 0) wrong.push(`${overflow} px too wide`);
  return wrong;
};

for (const engine of engines) {
  for (const path of PAGES) {
    test(`${engine.name}: /${path} is drawn at two widths`, async () => {
      for (const width of [360, 1280]) {
        const errors = await engine.visit(`${ADDRESS}/${path}`, width, 900);
        assert.deepEqual(await engine.evaluate(settle), [], `${width} px`);
        assert.ok(Math.abs((await engine.evaluate(() => innerWidth)) - Math.max(width, engine.least)) < 20);
        // a policy that refuses WebAssembly says so, and is obeyed
        assert.deepEqual(errors.filter(text => !/ResizeObserver|blocked WebAssembly/.test(text)), [], `${width} px`);
      }
    });
  }

  test(`${engine.name}: a picture is read by keys`, async () => {
    await engine.visit(`${ADDRESS}/index.html`, 1280, 900);
    await engine.evaluate(settle);
    await engine.evaluate(() => document.querySelector('encart-chart').shadowRoot.querySelector('.picture').focus());
    const said = [];
    for (const key of ['ArrowRight', 'ArrowRight', 'End', 'Home']) {
      await engine.press(key);
      said.push(await engine.evaluate(() => document.querySelector('encart-chart').shadowRoot.querySelector('.picture').getAttribute('aria-valuetext')));
    }
    assert.deepEqual(said.map(words => words.split(' :')[0]), ['Tournus', 'Viré', 'Grevilly', 'Tournus']);
  });

  test(`${engine.name}: who reads far down the page stays there while pictures come`, async () => {
    await engine.visit(`${ADDRESS}/host.html`, 1000, 800);
    const jump = await engine.evaluate(async () => {
      scrollTo(0, document.documentElement.scrollHeight);
      await new Promise(done => setTimeout(done, 50));
      const before = scrollY;
      let least = before;
      for (const start = performance.now(); performance.now() - start < 4_000; ) {
        await new Promise(done => setTimeout(done, 20));
        least = Math.min(least, scrollY);
      }
      return before - least;
    });
    assert.ok(jump < 50, `${jump} px`);
  });
}

/** The sheets that Firefox prints of a page, as text. */
async function sheetsOf(path) {
  const [engine] = engines;
  await engine.visit(`${ADDRESS}/${path}`, 1280, 900);
  assert.deepEqual(await engine.evaluate(settle), []);
  const file = join(mkdtempSync(join(tmpdir(), 'encart-')), 'page.pdf');
  await engine.print(file);
  return execFileSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8' }).normalize('NFKC').split('\f').slice(0, -1);
}

for (const [path, words] of [
  ['index.html', [/vit à\s+Tournus/]],
  ['tableau-de-bord.html', [/édité le/, /Les chiffres/, /2023[\s\S]*2022[\s\S]*2021[\s\S]*2020[\s\S]*2019/]],
  ['tableaux.html', [/Douze communes/, /Chelles/]],
  ['recits/tournus.html', [/Tournus parmi ses semblables/]],
  ['recits/maturite.html', []],
  ['recits/plateforme.html', []],
]) {
  test(`Firefox: on paper /${path} is whole, and no sheet is empty`, async () => {
    const sheets = await sheetsOf(path);
    assert.deepEqual(sheets.map(sheet => sheet.trim().length > 40), sheets.map(() => true));
    for (const word of words) assert.match(sheets.join('\n'), word);
    // a heading goes with what follows it
    const headings = await engines[0].evaluate(() => [...document.querySelectorAll('h2, h3')].map(heading => heading.textContent.normalize('NFKC').replace(/\s+/g, ' ').trim()));
    const feet = sheets.map(sheet => sheet.trim().split('\n').at(-1).replace(/\s+/g, ' ').trim());
    assert.deepEqual(feet.filter(foot => headings.some(heading => heading.endsWith(foot))), []);
  });
}
