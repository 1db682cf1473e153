// Other engines than Chromium, driven alike: Firefox by WebDriver BiDi, WebKitGTK by WebDriver under a screen without a screen.
import { spawn } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import puppeteer from 'puppeteer-core';

const PREFERENCES = {
  'intl.accept_languages': 'fr,en',
  'app.update.enabled': false,
  'network.captive-portal-service.enabled': false,
  'network.connectivity-service.enabled': false,
  'services.settings.server': 'http://127.0.0.1:1/',
  'toolkit.telemetry.enabled': false,
};

/** Debian's Firefox ESR. */
export async function firefox() {
  const browser = await puppeteer.launch({ browser: 'firefox', executablePath: '/usr/bin/firefox-esr', headless: true, protocolTimeout: 180_000, extraPrefsFirefox: PREFERENCES });
  let page;
  return {
    name: 'Firefox',
    least: 0,
    /** Opens an address at a width; errors of the page are kept. */
    async visit(address, width, height) {
      await page?.close();
      page = await browser.newPage();
      const errors = [];
      page.on('pageerror', error => errors.push(error.message));
      // ESR 153 knows no orientation of a screen
      await page.setViewport({ width, height }).catch(error => {
        if (!/setScreenOrientationOverride/.test(error.message)) throw error;
      });
      await page.goto(address, { waitUntil: 'load' });
      return errors;
    },
    evaluate: (what, ...values) => page.evaluate(what, ...values),
    press: key => page.keyboard.press(key),
    print: path => page.pdf({ path, printBackground: true, format: 'a4' }),
    close: () => browser.close(),
  };
}

const KEYS = { ArrowRight: '\uE014', ArrowLeft: '\uE012', Home: '\uE011', End: '\uE010', Escape: '\uE00C', Tab: '\uE004' };
const MINI_BROWSER = '/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser';

/** Debian's WebKitGTK. */
export async function webkit() {
  const display = `:${600 + (process.pid % 300)}`;
  const port = 20_000 + (process.pid % 20_000);
  const env = { ...process.env, DISPLAY: display, LIBGL_ALWAYS_SOFTWARE: '1', WEBKIT_DISABLE_COMPOSITING_MODE: '1', LANG: 'fr_FR.UTF-8', NO_AT_BRIDGE: '1' };
  const screen = spawn('Xvfb', [display, '-screen', '0', '1600x1400x24', '-nolisten', 'tcp'], { stdio: 'ignore' });
  const driver = spawn('WebKitWebDriver', [`--port=${port}`, '--host=127.0.0.1'], { stdio: 'ignore', env });
  const ask = async (method, path, body) => {
    const response = await fetch(`http://127.0.0.1:${port}${path}`, { method, body: body && JSON.stringify(body) });
    const { value } = await response.json();
    if (!response.ok) throw new Error(`${value?.error}: ${value?.message}`);
    return value;
  };
  for (let tries = 0; ; tries += 1) {
    try {
      await ask('GET', '/status');
      break;
    } catch (error) {
      if (tries > 60) throw error;
      await pause(200);
    }
  }
  const browserOptions = { binary: MINI_BROWSER, args: ['--automation'] };
  const { sessionId } = await ask('POST', '/session', { capabilities: { alwaysMatch: { 'webkitgtk:browserOptions': browserOptions, timeouts: { script: 120_000, pageLoad: 120_000 } } } });
  const session = (method, path, body) => ask(method, `/session/${sessionId}${path}`, body);
  const evaluate = (what, ...values) => {
    const script = `const done = arguments[arguments.length - 1]; Promise.resolve((${what}).apply(null, [...arguments].slice(0, -1))).then(value => done({ value }), error => done({ error: String(error) }));`;
    return session('POST', '/execute/async', { script, args: values }).then(({ value, error }) => {
      if (error) throw new Error(error);
      return value;
    });
  };
  return {
    name: 'WebKit',
    least: 447, // no window is narrower
    async visit(address, width, height) {
      await session('POST', '/url', { url: address });
      const [inner, tall] = await evaluate(() => [innerWidth, innerHeight]);
      const { width: outer, height: whole } = await session('GET', '/window/rect');
      await session('POST', '/window/rect', { width: Math.max(width, 447) + outer - inner, height: height + whole - tall });
      return [];
    },
    evaluate,
    press: key => session('POST', '/actions', { actions: [{ type: 'key', id: 'keys', actions: ['keyDown', 'keyUp'].map(type => ({ type, value: KEYS[key] ?? key })) }] }),
    async close() {
      await session('DELETE', '').catch(() => {});
      driver.kill();
      screen.kill();
    },
  };
}
