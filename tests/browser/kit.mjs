// How does a browser test open a page, put a tag on it, and wait for what it says?
import { createRequire } from 'node:module';
import { after } from 'node:test';

const tools = createRequire(new URL('../../xtask/package.json', import.meta.url));
const { chromium } = tools('playwright-core');

export const AXE = tools.resolve('axe-core/axe.min.js');
export const ADDRESS = process.env.ENCART_URL;
const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--js-flags=--expose-gc'];

const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: FLAGS });
after(() => browser.close());

/** Real figures, small. */
export const POPULATION = { src: '/data/communes-maconnais-tournugeois-2026.csv', kind: 'bar', x: 'commune', y: 'population', title: 'Population des communes' };
export const COMMUNES = { src: '/data/nombre-de-communes-2021-2026.csv', kind: 'line', x: 'annee', y: 'communes', title: 'Nombre de communes' };

/** Opens an address; the page keeps what the console, the network and the policy said. */
export async function open(path = '/tests/browser/page.html', options = {}) {
  const context = await browser.newContext({ viewport: { width: 1000, height: 800 }, ...options });
  const page = await context.newPage();
  page.said = { errors: [], notices: [], requests: [], violations: [] };
  page.on('console', message => message.text().startsWith('encart [') && page.said.notices.push(message.text()));
  page.on('console', message => message.type() === 'error' && page.said.errors.push(message.text()));
  page.on('pageerror', error => page.said.errors.push(error.message));
  page.on('request', request => page.said.requests.push(new URL(request.url())));
  await page.exposeFunction('violated', directive => page.said.violations.push(directive));
  await page.addInitScript(() => {
    addEventListener('securitypolicyviolation', event => window.violated(event.effectiveDirective));
    // the pictures as the engine wrote them, before the browser parses them
    window.pictures = [];
    const { get, set } = Object.getOwnPropertyDescriptor(Element.prototype, 'innerHTML');
    Object.defineProperty(Element.prototype, 'innerHTML', { get, set(html) { if (String(html).startsWith('<svg')) window.pictures.push(String(html)); set.call(this, html); } });
    window.shift = 0;
    new PerformanceObserver(list => list.getEntries().forEach(entry => (window.shift += entry.value))).observe({ type: 'layout-shift', buffered: true });
  });
  if (options.route) await options.route(page);
  await page.goto(ADDRESS + path);
  return page;
}

/** Puts a tag in the page, as a page's author would, and waits for its first event. */
export function put(page, attributes, inside = '', style = '') {
  return page.evaluate(([attributes, inside, style]) => {
    const tag = document.createElement('encart-chart');
    for (const [name, value] of Object.entries(attributes)) tag.setAttribute(name, typeof value === 'string' ? value : JSON.stringify(value));
    tag.innerHTML = inside;
    tag.style.cssText = style;
    const said = new Promise(resolve => {
      for (const name of ['encart-ready', 'encart-error']) tag.addEventListener(name, event => resolve({ name, ...event.detail }), { once: true });
    });
    document.querySelector('#here').append(tag);
    return said;
  }, [attributes, inside, style]);
}

/** Waits until every tag of the page has drawn. */
export function drawn(page) {
  return page.waitForFunction(() => [...document.querySelectorAll('encart-chart')].every(tag => tag.shadowRoot?.querySelector('.canvas svg')));
}

/** Scrolls through the page, so that what waits for the screen comes. */
export async function readThrough(page) {
  await page.evaluate(async () => {
    for (let y = 0; y < document.documentElement.scrollHeight; y += 300) {
      scrollTo(0, y);
      await new Promise(requestAnimationFrame);
    }
  });
}

/** Asks the page again and again, until what it is asked (which may be a promise) holds. */
export async function until(page, ask) {
  while (!(await page.evaluate(ask))) await page.evaluate(() => new Promise(requestAnimationFrame));
}

/** Ends the engine of a page as a fault of ours would: an exception comes out of one of its exports. */
export const trap = async () => {
  const { name } = performance.getEntriesByType('resource').find(({ name }) => name.includes('/engine.js'));
  const { mount } = await import(name);
  try {
    mount(null, document.createElement('div').attachShadow({ mode: 'open' }), '[]', {});
  } catch {
    // what is tested
  }
};

/** What a screen reader says of the picture that has the keyboard; what is said again has one dot less, or one more. */
export const heard = async (page, tag = 'encart-chart') => (await page.locator(`${tag} .picture`).getAttribute('aria-valuetext')).replace(/ (sur|of) ([\d,]+)$/, ' $1 $2.');

/** Chromium 148 forgets on a reload that it plays a day without a network. */
export const OFF_LINE = () => Object.defineProperty(navigator, 'onLine', { get: () => false });
