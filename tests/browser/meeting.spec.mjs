// Can a board or a story be shown to a meeting: by keys alone, without a network, and go on after a reload?
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ADDRESS, AXE, OFF_LINE, open, trap, until } from './kit.mjs';

const plain = text => text.replace(/[\u00a0\u202f]/g, ' ');
const SCREEN = { viewport: { width: 1920, height: 1080 } };
const which = page => page.locator('.meeting .which').innerText();
const shown = async page => plain((await page.locator('article [data-on]:visible, encart-board > [data-on] .encart').first().innerText()).trim());

/** Opens a page, and waits until what it tells is here. */
const here = async (path, options = SCREEN) => {
  const page = await open(path, options);
  const tag = path.startsWith('/recits') ? 'encart-story > article[data-live=""]' : 'encart-board > encart-figure';
  await page.waitForSelector(tag, { state: 'attached' });
  await page.locator('[data-choose=seance]:enabled').waitFor();
  return page;
};
const begin = async page => {
  await page.locator('[data-choose=seance]:enabled').focus();
  await page.keyboard.press('Enter');
  await page.locator('.meeting').waitFor();
};

test('a meeting by keys alone: from the title to the last screen and back, and out of it', async () => {
  const page = await here('/recits/tournus.html');
  await begin(page);
  assert.equal(await which(page), '1 / 7');
  assert.match(await shown(page), /^Tournus parmi ses semblables/);
  await page.keyboard.press('PageDown');
  assert.equal(await which(page), '2 / 7');
  assert.match(await shown(page), /^À qui comparer Tournus \?/);
  for (let idx = 0; idx < 3; idx += 1) await page.keyboard.press('ArrowRight');
  // the short words of a step that has some
  assert.match(await shown(page), /la part des logements vides est l’une des plus grandes/);
  assert.doesNotMatch(await shown(page), /inoccupé ce jour-là/);
  await page.keyboard.press('PageUp');
  assert.match(await shown(page), /^Plus d’aînés/);
  await page.keyboard.press('End');
  assert.equal(await which(page), '7 / 7');
  await page.keyboard.press('PageDown');
  assert.equal(await which(page), '7 / 7');
  assert.match(await shown(page), /^Les mots\s+médiane/);
  await page.keyboard.press('Home');
  assert.equal(await which(page), '1 / 7');
  // what is behind takes no keyboard
  assert.equal(await page.evaluate(() => document.querySelectorAll('[inert]').length > 0), true);
  await page.locator('[data-choose=quitter]').focus();
  await page.keyboard.press('Enter');
  await page.locator('.meeting').waitFor({ state: 'detached' });
  assert.equal(await page.evaluate(() => document.querySelectorAll('[inert=encart], [data-on], [data-meeting]').length), 0);
  assert.equal(await page.evaluate(() => document.activeElement.shadowRoot.activeElement.dataset.choose), 'seance');
  assert.deepEqual(page.said.errors, []);
});

/** The texts on the screen whose letters are smaller than 27.5 px. */
const smallLetters = () => {
  const found = [];
  const walk = root => {
    for (const element of root.querySelectorAll('*')) {
      if (element.shadowRoot) walk(element.shadowRoot);
      const own = !element.closest('.legend, .spoken') && [...element.childNodes].some(node => node.nodeType === 3 && node.data.trim());
      const box = element.getBoundingClientRect();
      const isSeen = own && box.width > 2 && box.height > 2 && element.checkVisibility({ visibilityProperty: true });
      const svg = element.closest('svg');
      const scale = svg?.viewBox?.baseVal?.width ? svg.getBoundingClientRect().width / svg.viewBox.baseVal.width : 1;
      if (isSeen && parseFloat(getComputedStyle(element).fontSize) * scale < 27.5) found.push(`${element.localName} ${element.textContent.slice(0, 40)} ${getComputedStyle(element).fontSize}`);
    }
  };
  walk(document.querySelector('[data-meeting]').parentElement.querySelector('[data-meeting]'));
  walk(document.querySelector('[data-meeting]').shadowRoot);
  return found;
};

test('one picture a screen, whole, in type that is read from three metres', async () => {
  for (const [path, n] of [['/recits/plateforme.html', 6], ['/recits/maturite.html', 9], ['/recits/tournus.html', 7], ['/seance.html', 6]]) {
    const page = await here(path);
    await begin(page);
    for (let idx = 0; idx < n; idx += 1) {
      // the widget on the screen is drawn anew after the key
      await page.waitForFunction(`(${smallLetters})().length === 0`, null, { timeout: 5000 }).catch(() => {});
      assert.deepEqual(await page.evaluate(smallLetters), [], `${path} ${idx + 1}`);
      const below = await page.evaluate(() => {
        const pictures = [...document.querySelectorAll('[data-meeting] [data-on] [data-picture], [data-meeting] > [data-on]')];
        return pictures.flatMap(tag => [...(tag.shadowRoot?.querySelectorAll('.canvas svg') ?? [])]).filter(svg => svg.getBoundingClientRect().bottom > innerHeight).length;
      });
      assert.equal(below, 0, `${path} ${idx + 1}: a picture goes below the screen`);
      await page.keyboard.press('PageDown');
    }
  }
});

test('values hidden, a black screen, the address as a code', async () => {
  const page = await here('/recits/tournus.html');
  await begin(page);
  await page.keyboard.press('PageDown');
  const values = page.locator('[data-on] .canvas text:visible', { hasText: /^\d/ });
  await page.locator('[data-on] .canvas text', { hasText: 'Tournus' }).waitFor();
  assert.ok((await values.count()) > 10);
  await page.keyboard.press('m');
  assert.equal(await values.count(), 0);
  assert.equal(await page.locator('[data-on] .canvas text:visible', { hasText: 'Tournus' }).count(), 1);
  assert.equal(await page.locator('[data-choose=masquer]').getAttribute('aria-pressed'), 'true');
  // the next screen but one has no dates
  await page.keyboard.press('PageDown');
  await page.keyboard.press('PageDown');
  await page.locator('[data-on] .canvas text', { hasText: 'Gueugnon' }).waitFor();
  assert.equal(await values.count(), 0);
  await page.keyboard.press('m');
  assert.ok((await values.count()) > 10);
  await page.keyboard.press('b');
  await page.locator('.meeting .black').waitFor();
  await page.keyboard.press('PageDown');
  await page.locator('.meeting .black').waitFor({ state: 'hidden' });
  await page.keyboard.press('q');
  assert.match(await page.locator('.meeting .code').innerText(), /\/recits\/tournus\.html/);
  assert.match(await page.locator('.meeting .code svg').getAttribute('aria-label'), /Code QR/);
  // what lies over the screen is closed first
  await page.keyboard.press('Escape');
  assert.equal(await page.locator('.meeting .code').isVisible(), false);
  await page.keyboard.press('b');
  await page.keyboard.press('Escape');
  assert.equal(await page.locator('.meeting .black').isVisible(), false);
  await page.locator('.meeting').waitFor();
});

test('what would give the answer is hidden too: a title with its figure, the words of the pointer; dates stay', async () => {
  const body = `# T\n\n## Un\n\n\`\`\`encart\nsrc: jours.csv\nx: jour\ny: v\nkind: line\ntitle: Au printemps, {{ v["2024-03-15"] }}\nsubtitle: Au 15 mars 2024\n\`\`\`\n`;
  const route = page => Promise.all([
    page.route('**/recit.md', route => route.fulfill({ body })),
    page.route('**/jours.csv', route => route.fulfill({ body: 'jour;v\n2024-03-15;1200\n2024-03-18;1300\n2024-03-21;1500\n' })),
  ]);
  const page = await open('/tests/browser/page.html', { ...SCREEN, route });
  await page.evaluate(() => (document.querySelector('#here').innerHTML = '<encart-story src="recit.md"></encart-story>'));
  await page.locator('encart-story > article[data-live=""]').waitFor();
  await begin(page);
  await page.keyboard.press('PageDown');
  const picture = page.locator('[data-on] encart-chart');
  await picture.locator('.title', { hasText: /^Au printemps, 1\s200$/ }).waitFor();
  await page.keyboard.press('m');
  assert.equal(await picture.locator('.title').isVisible(), false);
  assert.equal(await picture.locator('.subtitle').isVisible(), true);
  const seen = await picture.locator('.canvas text:visible').evaluateAll(all => all.filter(text => text.getAttribute('visibility') !== 'hidden').map(text => text.textContent));
  assert.ok(seen.some(text => /mars/.test(text)), seen.join());
  assert.ok(!seen.some(text => /\d\d\d/.test(text) && !/2024/.test(text)), seen.join());
  await picture.locator('.picture').hover();
  assert.equal(await picture.locator('.tip').isVisible(), false);
});

test('arrows in a picture read it, and a clicker still turns the page', async () => {
  const page = await here('/recits/tournus.html');
  await begin(page);
  await page.keyboard.press('PageDown');
  await page.locator('[data-on] .picture').focus();
  await page.keyboard.press('ArrowDown');
  assert.equal(await which(page), '2 / 7');
  assert.match(await page.locator('[data-on] .picture').getAttribute('aria-valuetext'), /habitants/);
  await page.keyboard.press('PageDown');
  assert.equal(await which(page), '3 / 7');
});

test('a finger turns the page', async () => {
  const page = await here('/recits/tournus.html', { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
  await page.locator('[data-choose=seance]').tap();
  await page.locator('.meeting').waitFor();
  const swipe = (from, to) => page.evaluate(([from, to]) => {
    const touch = x => new Touch({ identifier: 1, target: document.body, clientX: x, clientY: 300 });
    window.dispatchEvent(new TouchEvent('touchstart', { changedTouches: [touch(from)] }));
    window.dispatchEvent(new TouchEvent('touchend', { changedTouches: [touch(to)] }));
  }, [from, to]);
  await swipe(300, 100);
  assert.equal(await which(page), '2 / 7');
  await swipe(100, 300);
  assert.equal(await which(page), '1 / 7');
  await swipe(100, 120);
  assert.equal(await which(page), '1 / 7');
  // two fingers look closer
  await page.evaluate(() => {
    const touch = (identifier, x) => new Touch({ identifier, target: document.body, clientX: x, clientY: 300 });
    window.dispatchEvent(new TouchEvent('touchstart', { touches: [touch(1, 300)], changedTouches: [touch(1, 300)] }));
    window.dispatchEvent(new TouchEvent('touchstart', { touches: [touch(1, 300), touch(2, 100)], changedTouches: [touch(2, 100)] }));
    window.dispatchEvent(new TouchEvent('touchend', { touches: [touch(2, 100)], changedTouches: [touch(1, 10)] }));
  });
  assert.equal(await which(page), '1 / 7');
});

test('left, the page is where it was; when the engine ends in a meeting, the page behind is open again', async () => {
  const page = await here('/seance.html');
  const before = await page.evaluate(() => {
    scrollTo(0, 150);
    document.querySelector('encart-board').shadowRoot.querySelector('[data-choose=seance]').focus({ preventScroll: true });
    return scrollY;
  });
  assert.equal(before, 150);
  await page.keyboard.press('Enter');
  await page.locator('.meeting').waitFor();
  await page.keyboard.press('PageDown');
  await page.keyboard.press('Escape');
  await page.locator('.meeting').waitFor({ state: 'detached' });
  assert.equal(await page.evaluate(() => Math.round(scrollY)), before);
  await begin(page);
  await page.evaluate(trap);
  await page.locator('encart-board:not([data-meeting])').waitFor();
  assert.equal(await page.evaluate(() => document.querySelectorAll('[inert]').length), 0);
});

test('inside the shadow of another element a meeting closes the page behind, and goes on after a reload', async () => {
  const route = page => page.addInitScript(() => addEventListener('DOMContentLoaded', () => {
    customElements.define('site-cadre', class extends HTMLElement {
      connectedCallback() {
        this.attachShadow({ mode: 'open' }).innerHTML = '<p><a href="/">Accueil</a></p><encart-story src="/recits/tournus.md"></encart-story>';
      }
    });
    document.querySelector('#here').innerHTML = '<p id="beside">À côté</p><site-cadre></site-cadre>';
  }));
  const page = await open('/tests/browser/page.html', { ...SCREEN, route });
  await page.locator('[data-choose=seance]:enabled').waitFor();
  await page.locator('encart-story > article[data-live=""]').waitFor();
  await begin(page);
  await page.keyboard.press('PageDown');
  assert.equal(await page.locator('#beside').getAttribute('inert'), 'encart');
  assert.equal(await page.locator('site-cadre p').first().getAttribute('inert'), 'encart');
  await page.reload();
  await page.locator('.meeting').waitFor();
  assert.equal(await which(page), '2 / 7');
});

test('notes for who presents, in a second window that turns the page too', async () => {
  const page = await here('/recits/tournus.html');
  await begin(page);
  await page.keyboard.press('PageDown');
  const [notes] = await Promise.all([page.waitForEvent('popup'), page.keyboard.press('n')]);
  const words = async () => plain(await notes.locator('body').innerText());
  assert.match(await words(), /2 \/ 7\s+À qui comparer Tournus \?/);
  assert.match(await words(), /Ensuite : Une commune qui gagne/);
  assert.equal(await notes.title(), 'Notes de séance');
  for (let idx = 0; idx < 3; idx += 1) await notes.keyboard.press('PageDown');
  assert.equal(await which(page), '5 / 7');
  // what the short version leaves out of the screen
  assert.match(await words(), /inoccupé ce jour-là/);
});

test('a meeting of a board: its title, then a widget a screen', async () => {
  const page = await here('/seance.html');
  await begin(page);
  assert.match(await which(page), /^1 \/ 6$/);
  await page.locator('encart-board .index button').nth(3).click();
  assert.equal(await which(page), '5 / 6');
  await page.keyboard.press('Home');
  await page.keyboard.press('PageDown');
  assert.match(await shown(page), /Respectent l’obligation de publier/);
  await page.keyboard.press('m');
  assert.equal(await page.locator('[data-on] .value strong').first().isVisible(), false);
  await page.keyboard.press('m');
  await page.addScriptTag({ path: AXE });
  const faults = await page.evaluate(async () => (await axe.run('encart-board')).violations.map(({ id, nodes }) => [id, nodes[0].html]));
  assert.deepEqual(faults, []);
});

test('a reload goes on with the same screen', async () => {
  const page = await here('/recits/tournus.html');
  await begin(page);
  await page.keyboard.press('PageDown');
  await page.keyboard.press('PageDown');
  await page.keyboard.press('m');
  await page.reload();
  await page.locator('.meeting').waitFor();
  assert.equal(await which(page), '3 / 7');
  assert.equal(await page.locator('[data-choose=masquer]').getAttribute('aria-pressed'), 'true');
  // left, it does not come back
  await page.locator('[data-choose=quitter]').click();
  await page.reload();
  await page.waitForSelector('encart-story > article[data-live=""]', { state: 'attached' });
  assert.equal(await page.locator('.meeting').count(), 0);
});

for (const path of ['/recits/tournus.html', '/seance.html']) {
  test(`without a network after one load: ${path} opens again, says the day of its copy, and is shown by keys`, async () => {
    const page = await here(path);
    // until all that the page shows is kept
    await until(page, async () => {
      const copies = await caches.open('encart-hors-ligne');
      const kept = (await copies.keys()).map(request => request.url);
      const wanted = performance.getEntriesByType('resource').map(({ name }) => name).filter(name => name.startsWith('http'));
      return kept.length > 5 && kept.includes(location.href) && wanted.every(name => kept.includes(name));
    });
    await page.context().setOffline(true);
    await page.addInitScript(OFF_LINE);
    await page.reload();
    await page.locator('[data-choose=seance]:enabled').waitFor();
    const today = new Date().getFullYear();
    await page.locator('.kept', { hasText: /Sans réseau : copie du / }).waitFor();
    assert.match(await page.locator('.kept').innerText(), new RegExp(`${today}$`));
    await begin(page);
    await page.keyboard.press('PageDown');
    assert.match(await which(page), /^2 \//);
    assert.ok((await shown(page)).length > 20);
    await page.keyboard.press('End');
    await page.keyboard.press('PageUp');
    assert.ok((await shown(page)).length > 20);
    await page.context().setOffline(false);
  });
}

test('a meeting is offered once there is something to show', async () => {
  let send;
  const sent = new Promise(resolve => (send = resolve));
  const route = page => page.route('**/recits/tournus.md*', async route => (await sent, route.continue()));
  const page = await open('/recits/tournus.html', { ...SCREEN, route });
  const button = page.locator('[data-choose=seance]');
  await button.waitFor();
  assert.equal(await button.isEnabled(), false);
  send();
  await until(page, () => !document.querySelector('encart-story').shadowRoot.querySelector('[data-choose=seance]').disabled);
  await begin(page);
  await page.keyboard.press('PageDown');
  assert.equal(await which(page), '2 / 7');
});

test('a browser that leaves full screen by itself takes the black screen or the code away; the meeting goes on', async () => {
  const page = await here('/seance.html');
  await begin(page);
  const leaveFull = async () => {
    await page.waitForFunction(() => document.fullscreenElement);
    await page.evaluate(() => document.exitFullscreen());
    await page.locator('[data-choose=plein]').waitFor();
  };
  await page.keyboard.press('ArrowRight');
  for (const [key, part] of [['b', '.black'], ['q', '.code']]) {
    await page.keyboard.press(key);
    await page.locator(part).waitFor();
    await leaveFull();
    await page.locator(part).waitFor({ state: 'hidden' });
    assert.match(await which(page), /^2 \//);
    await page.keyboard.press('f');
    await page.locator('[data-choose=plein]').waitFor({ state: 'hidden' });
  }
  // for the window of the notes it is left too
  await leaveFull();
  assert.match(await which(page), /^2 \//);
  await page.keyboard.press('b');
  await page.keyboard.press('Escape');
  await page.locator('.black').waitFor({ state: 'hidden' });
  await page.keyboard.press('Escape');
  await page.locator('.meeting').waitFor({ state: 'detached' });
});
