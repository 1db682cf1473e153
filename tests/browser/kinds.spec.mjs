// Is every kind of chart usable by all: audited, read value by value with the keyboard, in both languages?
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { test } from 'node:test';
import { AXE, heard, open, put } from './kit.mjs';

const folder = new URL('../specs/', import.meta.url);
const names = readdirSync(folder).filter(name => name.endsWith('.json')).map(name => name.slice(0, -5));

/** What the accepted words say of each datum: what stands between the source and the notices. */
function accepted(name, lang) {
  const lines = readFileSync(new URL(`../golden/${name}${lang === 'en' ? '.en' : ''}.txt`, import.meta.url), 'utf8').split('\n');
  const from = lines.findIndex(line => line.startsWith('source: '));
  return lines.slice(from + 1).filter(line => line && !line.startsWith('['));
}

/** Everything that a visitor hears who walks all series from end to end. */
async function walk(page) {
  const picture = page.locator('encart-chart .picture');
  await picture.focus();
  const goesDown = /Haut et bas : d’une valeur|Up and down: from one value/.test(await page.locator('encart-chart #keys').textContent());
  const [next, series] = goesDown ? ['ArrowDown', 'ArrowRight'] : ['ArrowRight', 'ArrowDown'];
  const said = new Set();
  const press = async key => {
    await page.keyboard.press(key);
    return heard(page);
  };
  for (let words = await press(next), last = ''; words !== last; ) {
    words = await press('Home');
    for (let before = ''; words !== before; ) {
      said.add(words);
      [before, words] = [words, await press(next)];
    }
    last = words;
    words = await press(series);
  }
  return said;
}

for (const [idx, name] of names.entries()) {
  const lang = idx % 2 ? 'en' : 'fr';
  const colorScheme = idx % 3 ? 'light' : 'dark';
  test(`${name} is read value by value, and audited (${lang}, ${colorScheme})`, async () => {
    const page = await open('/tests/browser/page.html', { colorScheme });
    await page.evaluate(([lang, scheme]) => {
      document.documentElement.lang = lang;
      document.documentElement.style.colorScheme = scheme;
      // axe does not know the canvas that a browser paints
      document.documentElement.style.background = scheme === 'dark' ? '#14171c' : '#ffffff';
    }, [lang, colorScheme]);
    const said = await put(page, { spec: `/tests/specs/${name}.json` }, '', 'width: 760px');
    assert.equal(said.name, 'encart-ready', said.message);
    const spoken = await walk(page);
    assert.deepEqual(accepted(name, lang).filter(words => !spoken.has(words)), []);
    await page.addScriptTag({ path: AXE });
    const { violations } = await page.evaluate(() => axe.run('encart-chart'));
    assert.deepEqual(violations.map(({ id, nodes }) => [id, nodes[0].html]), []);
    assert.deepEqual(page.said.errors, []);
  });
}
