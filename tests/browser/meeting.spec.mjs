// Can a board or a story be shown to a meeting: by keys alone, without a network, and go on after a reload?
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AXE, open } from './kit.mjs';

const plain = text => text.replace(/[\u00a0\u202f]/g, ' ');
const SCREEN = { viewport: { width: 1920, height: 1080 } };
const which = page => page.locator('.meeting .which').innerText();
const shown = async page => plain((await page.locator('article [data-on]:visible, encart-board > [data-on] .encart').first().innerText()).trim());

/** Opens a page, and waits until what it tells is here. */
const here = async (path, options = SCREEN) => {
  const page = await open(path, options);
  const tag = path.startsWith('/recits') ? 'encart-story > article[data-live=""]' : 'encart-board > encart-figure';
  await page.waitForSelector(tag, { state: 'attached' });
  await page.locator('[data-choose=seance]').waitFor();
  return page;
};
const begin = async page => {
  await page.locator('[data-choose=seance]').focus();
  await page.keyboard.press('Enter');
  await page.locator('.meeting').waitFor();
};

test('a meeting by keys alone: from the title to the last screen and back, and out of it', async () => {
  const page = await here('/recits/tournus.html');
  await begin(page);
  assert.equal(await which(page), '1 / 5');
  assert.match(await shown(page), /^Tournus parmi ses semblables/);
  await page.keyboard.press('PageDown');
  assert.equal(await which(page), '2 / 5');
  assert.match(await shown(page), /^À qui comparer Tournus \?/);
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  // the short words of a step that has some
  assert.match(await shown(page), /Tournus a plus de logements vides/);
  assert.doesNotMatch(await shown(page), /inoccupé ce jour-là/);
  await page.keyboard.press('PageUp');
  assert.match(await shown(page), /^Plus d’aînés/);
  await page.keyboard.press('End');
  assert.equal(await which(page), '5 / 5');
  await page.keyboard.press('PageDown');
  assert.equal(await which(page), '5 / 5');
  assert.match(await shown(page), /^Les mots\s+médiane/);
  await page.keyboard.press('Home');
  assert.equal(await which(page), '1 / 5');
  // what is behind takes no keyboard
  assert.equal(await page.evaluate(() => document.querySelectorAll('[inert]').length > 0), true);
  await page.locator('[data-choose=quitter]').focus();
  await page.keyboard.press('Enter');
  await page.locator('.meeting').waitFor({ state: 'detached' });
  assert.equal(await page.evaluate(() => document.querySelectorAll('[inert], [data-on], [data-meeting]').length), 0);
  assert.equal(await page.evaluate(() => document.activeElement.shadowRoot.activeElement.dataset.choose), 'seance');
  assert.deepEqual(page.said.errors, []);
});

test('one picture a screen, whole, in type that is read from three metres', async () => {
  for (const [path, n] of [['/recits/plateforme.html', 4], ['/recits/maturite.html', 4], ['/recits/tournus.html', 4], ['/seance.html', 6]]) {
    const page = await here(path);
    await begin(page);
    for (let idx = 0; idx < n; idx += 1) {
      const small = await page.evaluate(() => {
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
      });
      assert.deepEqual(small, [], `${path} ${idx + 1}`);
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
  await page.keyboard.press('PageDown');
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
});

test('arrows in a picture read it, and a clicker still turns the page', async () => {
  const page = await here('/recits/tournus.html');
  await begin(page);
  await page.keyboard.press('PageDown');
  await page.locator('[data-on] .picture').focus();
  await page.keyboard.press('ArrowDown');
  assert.equal(await which(page), '2 / 5');
  assert.match(plain(await page.locator('[data-on] [data-live]').textContent()), /habitants/);
  await page.keyboard.press('PageDown');
  assert.equal(await which(page), '3 / 5');
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
  assert.equal(await which(page), '2 / 5');
  await swipe(100, 300);
  assert.equal(await which(page), '1 / 5');
  await swipe(100, 120);
  assert.equal(await which(page), '1 / 5');
});

test('notes for who presents, in a second window that turns the page too', async () => {
  const page = await here('/recits/tournus.html');
  await begin(page);
  await page.keyboard.press('PageDown');
  const [notes] = await Promise.all([page.waitForEvent('popup'), page.keyboard.press('n')]);
  const words = async () => plain(await notes.locator('body').innerText());
  assert.match(await words(), /2 \/ 5\s+À qui comparer Tournus \?/);
  assert.match(await words(), /Ensuite : Plus d’aînés/);
  assert.equal(await notes.title(), 'Notes de séance');
  await notes.keyboard.press('PageDown');
  await notes.keyboard.press('PageDown');
  assert.equal(await which(page), '4 / 5');
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
  assert.equal(await which(page), '3 / 5');
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
    await page.waitForFunction(async () => {
      const copies = await caches.open('encart-hors-ligne');
      const kept = (await copies.keys()).map(request => request.url);
      const wanted = performance.getEntriesByType('resource').map(({ name }) => name).filter(name => name.startsWith('http'));
      return kept.length > 5 && kept.includes(location.href) && wanted.every(name => kept.includes(name));
    });
    await page.context().setOffline(true);
    await page.reload();
    await page.locator('[data-choose=seance]').waitFor();
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
