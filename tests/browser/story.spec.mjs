// Does a story say what the data say, keep its picture beside its words, and leave the document where nothing runs?
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ADDRESS, AXE, open } from './kit.mjs';

const plain = text => text.replace(/[\u00a0\u202f]/g, ' ');
const TEXT = `---
title: Le budget
link: budget
producer: Ville d’essai
src: budget.csv
x: annee
y: depenses
---

## Hier

Les dépenses ont {{ si depenses[2024] > depenses[2019] }}augmenté{{ sinon }}baissé{{ fin }} : {{ depenses[2024] }}.

\`\`\`encart
kind: bar
title: En 2024, {{ depenses[2024] }}
\`\`\`

## Ensuite

\`\`\`encart suite
kind: line
title: La même, en courbe
\`\`\`

La suite.

vérifier : depenses[2024] > depenses[2019]

### En bref

C’est plus.

\`\`\`notes
Rappeler le vote de mars.
\`\`\`
`;

/** A page with a story whose text and data are given. */
const tell = async (text, csv, options = {}, inside = '') => {
  const route = page => Promise.all([
    page.route('**/recit.md', route => route.fulfill({ body: text, contentType: 'text/markdown; charset=utf-8' })),
    page.route('**/budget.csv', async route => ((await csv) ? route.fulfill({ body: await csv, contentType: 'text/csv' }) : route.abort())),
  ]);
  const page = await open('/tests/browser/page.html', { viewport: { width: 1280, height: 900 }, ...options, route });
  page.warnings = [];
  page.on('console', message => message.type() === 'warning' && page.warnings.push(message.text()));
  await page.evaluate(inside => {
    document.querySelector('#here').style.maxWidth = 'none';
    document.querySelector('#here').innerHTML = `<encart-story src="recit.md">${inside}</encart-story>`;
  }, inside);
  return page;
};
const told = page => page.waitForSelector('encart-story > article[data-live=""]', { state: 'attached' });
const text = async (page, selector) => plain(await page.locator(selector).first().innerText());

test('a story says what the data say, and with other data something else', async () => {
  for (const [after, said, isBroken] of [['150', 'augmenté : 150', false], ['90', 'baissé : 90', true]]) {
    const page = await tell(TEXT, `annee;depenses\n2019;120\n2024;${after}\n`);
    await told(page);
    assert.match(await text(page, 'article section'), new RegExp(`Les dépenses ont ${said}`));
    const title = page.locator('article [data-picture="0"] .title');
    assert.equal(plain(await title.textContent()), `En 2024, ${after}`);
    const doubt = page.locator('article [role=group][aria-label="Passage à vérifier"]');
    assert.equal(await doubt.count(), isBroken ? 1 : 0);
    if (isBroken) assert.match(plain(await doubt.innerText()), /les données disent maintenant le contraire/);
    // the webmaster is told, without asking
    assert.equal(page.warnings.filter(text => text.includes('[claim.broken]')).length > 0, isBroken);
    assert.deepEqual(page.said.errors, []);
  }
});

test('where the page is wide one picture stays beside the words and becomes the next; else each is in its place', async () => {
  const page = await tell(TEXT, 'annee;depenses\n2019;120\n2024;150\n', { viewport: { width: 1280, height: 760 } });
  await told(page);
  const stage = page.locator('article [data-stage] encart-chart');
  await stage.locator('.canvas svg').waitFor();
  assert.equal(plain(await stage.locator('.title').textContent()), 'En 2024, 150');
  const unseen = () => page.locator('article section [data-picture]').evaluateAll(all => all.filter(picture => getComputedStyle(picture).opacity === '0').length);
  assert.equal(await unseen(), 2);
  await page.locator('article h3', { hasText: 'Ensuite' }).evaluate(heading => scrollBy(0, heading.getBoundingClientRect().top - innerHeight / 3));
  await stage.locator('.title', { hasText: 'La même, en courbe' }).waitFor();
  // it follows the reader: near the upper edge of the window, who has scrolled past where it began
  const { y } = await stage.boundingBox();
  assert.ok(y >= 0 && y < 100, `${y}`);
  assert.ok((await page.evaluate(() => scrollY)) > 100);
  await page.locator('encart-story').getByRole('button', { name: 'Image à côté du texte' }).click();
  assert.equal(await unseen(), 0);
  assert.equal(await stage.isVisible(), false);
  await page.setViewportSize({ width: 390, height: 844 });
  await page.waitForFunction(() => ![...document.querySelectorAll('article [data-picture]')].some(tag => tag.scrollWidth > innerWidth));
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), true);
});

test('what was in the tag stays until all is known, and who reads in it is at the same step after', async () => {
  let give;
  const csv = new Promise(resolve => (give = resolve));
  const inside = `<article><h2>Titre</h2><section><h3 id="budget-1">Hier</h3><p style="height:900px">ancien</p></section><section><h3 id="budget-2">Ensuite</h3><p style="height:1900px">ancien</p></section></article>`;
  const page = await tell(TEXT, csv, { viewport: { width: 1280, height: 300 } }, inside);
  await page.waitForSelector('encart-story > article[data-live="coming"]', { state: 'attached' });
  assert.match(await page.locator('encart-story').innerText(), /ancien/);
  const top = () => page.locator('encart-story > article:not([data-live="coming"]) :is(h2, h3)', { hasText: 'Ensuite' }).evaluate(heading => Math.round(heading.getBoundingClientRect().top));
  await page.evaluate(() => document.querySelector('#budget-2').scrollIntoView());
  const before = await top();
  give('annee;depenses\n2019;120\n2024;150\n');
  await page.waitForSelector('encart-story > article[data-live=""]', { state: 'attached' });
  assert.equal(await page.locator('encart-story > article').count(), 1);
  assert.doesNotMatch(await page.locator('encart-story').innerText(), /ancien/);
  assert.ok(Math.abs((await top()) - before) < 40, `${before} ${await top()}`);
});

test('a text that does not come leaves what is in the tag, says so, and is asked for again by hand alone', async () => {
  const page = await open('/tests/browser/page.html');
  const n_asked = () => page.said.requests.filter(({ pathname }) => pathname === '/nulle-part.md').length;
  const said = await page.evaluate(() => new Promise(resolve => {
    document.querySelector('#here').innerHTML = '<encart-story src="/nulle-part.md"><p>Le document</p></encart-story>';
    document.querySelector('encart-story').addEventListener('encart-error', event => resolve(event.detail));
  }));
  assert.equal(said.code, 'fetch.unreachable');
  assert.match(said.message, /nulle-part\.md ne répond pas/);
  assert.match(await page.locator('encart-story').innerText(), /Le document/);
  const n_before = n_asked();
  await page.setViewportSize({ width: 700, height: 800 });
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.locator('encart-story .calm').waitFor();
  assert.equal(n_asked(), n_before);
  await page.route('**/nulle-part.md', route => route.fulfill({ body: '# Le récit\n\nEnfin.\n' }));
  await page.locator('encart-story').getByRole('button', { name: 'Réessayer' }).click();
  await told(page);
  assert.match(await page.locator('encart-story').innerText(), /Enfin/);
  assert.doesNotMatch(await page.locator('encart-story').innerText(), /Le document|dernière version/);
});

test('addresses in a text are beside it: images, links, data that are joined', async () => {
  const body = '# T\n\nVoir ![une photo](photo.png) et [la suite](suite.html), puis [plus bas](#ici).\n\n```encart table\nsrc: budget.csv\nsteps: [{"join": {"src": "noms.csv", "on": "code"}}]\n```\n\n```encart\nsrc: budget.csv\nsteps: [illisible\n```\n';
  const files = { '/textes/recit.md': body, '/textes/budget.csv': 'code;v\n1;10\n', '/textes/noms.csv': 'code;nom\n1;Tournus\n' };
  const route = page => page.route('**/textes/*', route => {
    const text = files[new URL(route.request().url()).pathname];
    return text ? route.fulfill({ body: text }) : route.fulfill({ status: 404 });
  });
  const page = await open('/tests/browser/page.html', { route });
  await page.evaluate(() => (document.querySelector('#here').innerHTML = '<encart-story src="/textes/recit.md"></encart-story>'));
  await told(page);
  assert.equal(await page.locator('article img').evaluate(image => image.src), `${ADDRESS}/textes/photo.png`);
  const links = await page.locator('article p a').evaluateAll(all => all.map(link => link.getAttribute('href')));
  assert.deepEqual(links, [`${ADDRESS}/textes/suite.html`, '#ici']);
  await page.locator('encart-table .rows', { hasText: 'Tournus' }).waitFor();
  // what cannot be read is not lost: the chart says so
  assert.equal(await page.locator('encart-chart[data-picture]').evaluate(chart => chart.spec.steps), '[illisible');
});

for (const [name, body] of [
  ['a text in Windows-1252', Buffer.from('# Récit\n\nLa population de Viré.\n', 'latin1')],
  ['a story that names itself as its glossary', Buffer.from('---\nglossary: recit.md\n---\n# Récit\n\nLa population de Viré.\n')],
]) {
  test(`${name} is told`, async () => {
    const route = page => page.route('**/textes/recit.md', route => route.fulfill({ body, contentType: 'text/markdown' }));
    const page = await open('/tests/browser/page.html', { route });
    await page.evaluate(() => (document.querySelector('#here').innerHTML = '<encart-story src="/textes/recit.md"></encart-story>'));
    await told(page);
    assert.match(plain(await page.locator('encart-story').innerText()), /Récit[\s\S]*La population de Viré\./);
  });
}

test('two stories on a page each tell their own; one taken off and put back tells it again', async () => {
  const page = await tell(TEXT, 'annee;depenses\n2019;120\n2024;150\n');
  await told(page);
  await page.route('**/autre.md', route => route.fulfill({ body: '# Un autre\n\nRien de chiffré.\n' }));
  await page.evaluate(() => document.querySelector('#here').insertAdjacentHTML('beforeend', '<encart-story src="autre.md"></encart-story>'));
  const [one, other] = [page.locator('encart-story').first(), page.locator('encart-story').last()];
  await other.locator('article[data-live=""]').waitFor();
  assert.match(plain(await other.innerText()), /Un autre\s+lecture : 1 minute\s+Rien de chiffré/);
  assert.match(plain(await one.innerText()), /augmenté : 150/);
  await page.evaluate(() => {
    const story = document.querySelector('encart-story');
    story.remove();
    document.querySelector('#here').append(story);
  });
  await page.locator('encart-story:last-child > article[data-live=""] [data-stage] .canvas svg').waitFor();
  await page.waitForFunction(() => document.querySelectorAll('encart-story:last-child > article').length === 1);
  assert.match(plain(await page.locator('encart-story').last().innerText()), /augmenté : 150/);
  await page.locator('encart-story').last().getByRole('button', { name: 'Image à côté du texte' }).click();
  assert.equal(await page.locator('encart-story:last-child section [data-picture]:visible').count(), 2);
  assert.deepEqual(page.said.errors, []);
});

test('a file of the engine that does not come leaves the document', async () => {
  const route = page => page.route('**/engine-story.wasm*', route => route.fulfill({ status: 404 }));
  const page = await open('/tests/browser/page.html', { route });
  await page.evaluate(() => (document.querySelector('#here').innerHTML = '<encart-story src="/recits/tournus.md"><p>Le document</p></encart-story>'));
  await page.locator('encart-story .calm').waitFor();
  assert.match(await page.locator('encart-story').innerText(), /Le document/);
});

test('in a box that scrolls the picture beside the words becomes the next too', async () => {
  const page = await tell(TEXT, 'annee;depenses\n2019;120\n2024;150\n');
  await page.addStyleTag({ content: '#here { height: 500px; overflow: auto; }' });
  await told(page);
  const stage = page.locator('article [data-stage] encart-chart');
  await stage.locator('.title', { hasText: 'En 2024' }).waitFor();
  await page.evaluate(() => document.querySelector('#here').scrollTo(0, 5000));
  await stage.locator('.title', { hasText: 'La même, en courbe' }).waitFor();
});

test('where the page is wide the keyboard reads each picture where it stands, and none twice', async () => {
  const page = await tell(TEXT, 'annee;depenses\n2019;120\n2024;150\n', { viewport: { width: 1280, height: 760 } });
  await told(page);
  await page.locator('article [data-picture="1"] .canvas svg').waitFor({ state: 'attached' });
  const read = [];
  await page.locator('article a[data-said]').first().focus();
  for (let idx = 0; idx < 30; idx += 1) {
    await page.keyboard.press('Tab');
    const at = await page.evaluate(() => {
      const host = document.activeElement, inner = host?.shadowRoot?.activeElement;
      return inner?.matches('.picture') ? [host.dataset.picture ?? 'beside', getComputedStyle(host).opacity] : [];
    });
    if (read.some(([idx]) => idx === at[0])) break;
    if (at.length) read.push(at);
  }
  assert.deepEqual(read, [['0', '1'], ['1', '1']]);
});

test('a whole document stays where the data do not come; asked again, the story is told', async () => {
  const csv = 'annee;depenses\n2019;120\n2024;150\n';
  let come = false;
  const route = page => Promise.all([
    page.route('**/recit.md', route => route.fulfill({ body: TEXT })),
    page.route('**/budget.csv', route => (come ? route.fulfill({ body: csv }) : route.fulfill({ status: 404, body: '' }))),
  ]);
  const page = await open('/tests/browser/page.html', { route });
  await page.evaluate(() => (document.querySelector('#here').innerHTML = '<encart-story src="recit.md"><article><h2>Le budget</h2><p>En 2024 : 150.</p></article></encart-story>'));
  const again = page.getByRole('button', { name: 'Réessayer' }).first();
  await again.waitFor();
  assert.equal(await page.locator('encart-story').innerText().then(text => /\[…\]/.test(text)), false);
  assert.ok(await page.getByText('En 2024 : 150.').isVisible());
  come = true;
  await again.click();
  await told(page);
  assert.equal(await page.locator('encart-story > article').count(), 1);
  assert.match(await text(page, 'article p:has([data-said])'), /augmenté : 150/);
});

test('the form can be said later, and paper takes no button away', async () => {
  const page = await tell(TEXT, 'annee;depenses\n2019;120\n2024;150\n');
  await told(page);
  const button = page.locator('encart-story').getByRole('button', { name: 'Image à côté du texte' });
  await button.waitFor();
  await page.emulateMedia({ media: 'print' });
  await page.waitForFunction(() => !document.querySelector('article').hasAttribute('data-wide'));
  await page.emulateMedia({ media: 'screen' });
  await button.waitFor();
  assert.equal(await button.getAttribute('aria-pressed'), 'true');
  await page.evaluate(() => document.querySelector('encart-story').setAttribute('form', 'document'));
  await page.locator('article:not([data-wide])').waitFor();
  assert.equal(await button.getAttribute('aria-pressed'), 'false');
});

test('a term leads to its definition', async () => {
  const page = await open('/recits/tournus.html', { viewport: { width: 1280, height: 700 } });
  await told(page);
  const term = page.locator('article a[data-term]', { hasText: 'médiane' }).first();
  await term.focus();
  await page.keyboard.press('Enter');
  const definition = page.locator('dt:target');
  assert.equal(await definition.innerText(), 'médiane');
  assert.ok(await definition.evaluate(element => element.getBoundingClientRect().top < innerHeight));
});

test('a figure of the text opens how it was computed, and leads there; the way back is the browser’s', async () => {
  const page = await open('/recits/tournus.html', { viewport: { width: 1200, height: 800 } });
  await told(page);
  const figure = page.locator('a[data-said]').filter({ hasText: '2e sur 15' });
  const source = page.locator('[id=tournus-4-calcul-2]');
  assert.ok(await source.isHidden());
  await figure.focus();
  await page.keyboard.press('Enter');
  assert.ok(await source.isVisible());
  assert.match(plain(await source.innerText()), /rang\(`part de logements vacants \(%\)`, Tournus\).*Tournus : 14,3/);
  const seen = () => source.evaluate(li => { const { top, bottom } = li.getBoundingClientRect(); return top >= 0 && bottom <= innerHeight; });
  await page.waitForFunction(() => location.hash === '#tournus-4-calcul-2');
  assert.ok(await seen(), 'it is in the window');
  await page.keyboard.press('Escape');
  assert.equal(plain(await page.evaluate(() => document.activeElement.textContent)), '2e sur 15');
  await page.goBack();
  await page.waitForFunction(() => location.hash === '');
});

test('a story without a link names its anchors after its file; how a figure was computed is open where an address leads to it', async () => {
  const route = page => Promise.all([
    page.route('**/D%C3%A9penses%202024.md', route => route.fulfill({ body: TEXT.replace('link: budget\n', '').replaceAll('budget.csv', '/budget.csv') })),
    page.route('**/budget.csv', route => route.fulfill({ body: 'annee;depenses\n2019;120\n2024;135\n' })),
  ]);
  const page = await open('/tests/browser/page.html#recit-depenses-2024-1-calcul-1', { route });
  await page.evaluate(() => (document.querySelector('#here').innerHTML = '<encart-story src="Dépenses 2024.md"></encart-story>'));
  await told(page);
  const source = page.locator('[id=recit-depenses-2024-1-calcul-1]');
  await source.waitFor();
  assert.match(plain(await source.innerText()), /^135 : depenses\[2024\]/);
  // no reader ever sees a question to the data
  assert.doesNotMatch(await page.evaluate(() => document.querySelector('encart-story').innerHTML), /\{\{/);
});

test('a widget is given back as it was after a print: its author’s width, its place', async () => {
  const page = await open('/tests/browser/page.html', { viewport: { width: 1280, height: 900 } });
  await page.evaluate(() => new Promise(resolve => {
    const here = document.querySelector('#here');
    here.style.maxWidth = 'none';
    here.innerHTML = '<encart-chart style="max-width: 90% !important" src="/data/communes-maconnais-tournugeois-2026.csv" kind="bar" x="commune" y="population" title="Habitants"><figure style="height: 700px">Image</figure></encart-chart>';
    here.querySelector('encart-chart').addEventListener('encart-ready', resolve);
  }));
  const seen = () => page.evaluate(() => {
    const chart = document.querySelector('encart-chart');
    return [chart.style.cssText, chart.getBoundingClientRect().height, chart.shadowRoot.querySelector('.encart').style.cssText, chart.shadowRoot.querySelector('.canvas svg').outerHTML.length];
  });
  const before = await seen();
  for (let idx = 0; idx < 2; idx += 1) {
    await page.pdf({ format: 'A4' });
    assert.deepEqual(await seen(), before, `print ${idx + 1}`);
  }
  // where no end of the print is said, the visitor's return is one
  await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
  assert.notDeepEqual(await seen(), before);
  await page.keyboard.press('Shift');
  assert.deepEqual(await seen(), before);
});

test('a page of the site in the place of the text is no story', async () => {
  const page = await tell('<!DOCTYPE html><title>Connexion</title>', null, {}, '<p>Le document</p>');
  await page.locator('encart-story .calm', { hasText: 'dernière version fixe' }).waitFor();
  assert.match(await page.locator('encart-story').innerText(), /Le document/);
  assert.ok(page.warnings.some(text => text.includes('[fetch.unreachable]')), page.warnings.join());
});

test('data that do not come: the picture says so, the words mark it, the rest is told', async () => {
  const page = await tell(TEXT, null);
  await told(page);
  assert.match(await text(page, 'article section:last-of-type'), /À vérifier : les données ne permettent pas/);
});

test('the short version leaves the short words of a step', async () => {
  const page = await tell(TEXT, 'annee;depenses\n2019;120\n2024;150\n');
  await told(page);
  const button = page.locator('encart-story').getByRole('button', { name: 'Version courte' });
  await button.click();
  assert.equal(await button.getAttribute('aria-pressed'), 'true');
  const words = await page.locator('encart-story > article').innerText();
  assert.match(words, /C’est plus/);
  assert.doesNotMatch(words, /La suite/);
  assert.match(words, /Les dépenses ont/);
});

test('a browser counts the sheets before it says that it prints: nothing grows after, and the screen comes back', async () => {
  // a story printed from a wide window lost its last steps: its pictures were drawn after the sheets were counted
  const page = await open('/recits/maturite.html', { viewport: { width: 1280, height: 900 } });
  await told(page);
  const seen = () => page.evaluate(() => [...document.querySelectorAll('[data-picture], [data-part]')].map(part => Math.round(part.getBoundingClientRect().height)));
  const before = await seen();
  await page.evaluate(() => {
    window.heights = [];
    const note = () => window.heights.push([...document.querySelectorAll('[data-picture]')].map(part => Math.round(part.getBoundingClientRect().height)).join());
    addEventListener('beforeprint', note);
    matchMedia('print').addEventListener('change', event => event.matches && note());
  });
  const wide = await page.pdf({ format: 'A4' });
  const heights = await page.evaluate(() => window.heights);
  assert.equal(heights.length, 2, 'asked, then printed');
  assert.equal(heights[1], heights[0]);
  // the first is asked, not shown
  assert.match(heights[1], /^0(,[1-9]\d\d){6}$/);
  assert.deepEqual(await seen(), before, 'as it was');
  await page.setViewportSize({ width: 794, height: 900 });
  const sheets = pdf => pdf.toString('latin1').match(/\/Type\s*\/Page\b/g).length;
  assert.equal(sheets(wide), sheets(await page.pdf({ format: 'A4' })), 'as many sheets from a wide window as from a narrow one');
});

test('on paper each picture is in its place, and nothing of the screen is left', async () => {
  const page = await tell(TEXT, 'annee;depenses\n2019;120\n2024;150\n');
  await told(page);
  await page.emulateMedia({ media: 'print' });
  await page.waitForFunction(() => !document.querySelector('article').hasAttribute('data-wide'));
  assert.equal(await page.locator('article section [data-picture]:visible').count(), 2);
  assert.equal(await page.locator('encart-story').getByRole('button', { name: 'Mode séance' }).isVisible(), false);
  const widths = await page.locator('article section [data-picture] .canvas svg').evaluateAll(all => all.map(svg => svg.getBoundingClientRect().width));
  assert.equal(widths.length, 2);
  for (const width of widths) assert.ok(width > 300, `${width}`);
});

for (const name of ['plateforme', 'maturite', 'tournus']) {
  test(`the story ${name}: nothing to mend for axe, by script and without; every anchor leads somewhere`, async () => {
    const page = await open(`/recits/${name}.html`, { viewport: { width: 1280, height: 900 } });
    await told(page);
    assert.deepEqual(page.said.errors, []);
    await page.addScriptTag({ path: AXE });
    const faults = await page.evaluate(async () => (await axe.run('main')).violations.map(({ id, nodes }) => [id, nodes[0].html]));
    assert.deepEqual(faults, []);
    const lost = await page.locator('article a[href^="#"]').evaluateAll(all => all.filter(link => !document.querySelector(link.getAttribute('href'))).length);
    assert.equal(lost, 0);
    const still = await open(`/recits/${name}.html`, { javaScriptEnabled: false });
    const [said, written] = await Promise.all([page, still].map(async page => {
      const all = await page.locator('article :is(h1, h2, h3, h4, p, li, dd):not(figure *, [data-notes] *)').allTextContents();
      return all.map(text => plain(text).replace(/\s+/g, ' ').trim());
    }));
    // the words are the same in both
    assert.ok(written.length > 15);
    assert.deepEqual(said, written);
  });
}

test('one place stands out: in a story, and of a chart alone', async () => {
  const page = await open('/tests/browser/page.html');
  const colors = await page.evaluate(() => new Promise(resolve => {
    document.querySelector('#here').innerHTML = '<encart-chart src="/data/communes-maconnais-tournugeois-2026.csv" kind="bar" orientation="horizontal" x="commune" y="population" focus="Tournus" title="Habitants"></encart-chart>';
    const chart = document.querySelector('encart-chart');
    chart.addEventListener('encart-ready', () => {
      const rects = [...chart.shadowRoot.querySelectorAll('.canvas svg path, .canvas svg rect')].map(mark => mark.getAttribute('fill'));
      resolve([rects.filter(fill => fill === '#8c8c8c').length, [...chart.shadowRoot.querySelectorAll('.canvas text[font-weight]')].map(text => text.textContent)]);
    });
  }));
  assert.ok(colors[0] > 5, JSON.stringify(colors));
  assert.ok(colors[1].includes('Tournus'));
  assert.deepEqual(page.said.errors, []);
});
