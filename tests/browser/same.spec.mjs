// Is the picture in the browser, byte for byte, the one that `encart render` writes?
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { test } from 'node:test';
import { open, put } from './kit.mjs';

const folder = new URL('../specs/', import.meta.url);

for (const name of readdirSync(folder).filter(name => name.endsWith('.json'))) {
  test(`${name} is the same picture in both worlds`, async () => {
    const page = await open();
    for (const width of [340, 760]) {
      await page.evaluate(() => { document.querySelector('#here').replaceChildren(); window.pictures = []; });
      const said = await put(page, { spec: `/tests/specs/${name}` }, '', `width: ${width}px`);
      assert.equal(said.name, 'encart-ready', said.message);
      const here = await page.evaluate(() => window.pictures.at(-1));
      const there = execFileSync(process.env.ENCART_CLI, ['render', new URL(name, folder).pathname, '--width', String(width)], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
      // beside its words the picture has no label of its own
      const [, label] = /aria-label="([^"]*)"/.exec(there);
      assert.equal(here, there.replace(label, ''));
      const [words, start] = await page.evaluate(label => {
        const root = document.querySelector('encart-chart').shadowRoot;
        const title = root.querySelector('.picture').getAttribute('aria-label').replace(/, (graphique|chart)$/, '');
        return [`${title}. ${root.querySelector('.spoken').textContent}`, new DOMParser().parseFromString(label, 'text/html').body.textContent];
      }, label);
      assert.ok(words.startsWith(start), `${words}\n${start}`);
    }
  });
}
