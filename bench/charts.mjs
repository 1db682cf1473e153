// How long until a visitor sees a chart, thirty of them, a hundred thousand points; how many pictures a second on a
// server? Against the libraries that councils use: ratios in one run, the median of a few turns.
import { createRequire } from 'node:module';
import { createServer } from 'node:http';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync } from 'node:zlib';

const tools = createRequire(new URL('../xtask/package.json', import.meta.url));
const { chromium } = tools('playwright-core');
const at = path => fileURLToPath(new URL(path, import.meta.url));
const TURNS = Number(process.argv[2] ?? 3);
const ONLY = process.argv[3]; // a part, by a word of its title
const PEERS = { 'Chart.js': 'chartjs', 'Observable Plot': 'plot', 'dsfr-chart': 'dsfr', Highcharts: 'highcharts', ECharts: 'echarts', 'Vega-Lite': 'vega', uPlot: 'uplot' };
const BARS = Object.keys(PEERS).filter(name => name !== 'uPlot');

const DATA = at('../www/data/communes-maconnais-tournugeois-2026.csv');
const MADE = at('node_modules/.made/');
mkdirSync(MADE, { recursive: true });
for (const name of Object.values(PEERS)) execFileSync(at('../xtask/node_modules/.bin/esbuild'), [at(`charts/${name}.js`), '--bundle', '--minify', '--format=esm', '--log-level=error', `--outfile=${MADE}${name}.js`]);

// what a webmaster pastes: the tag with its fixed content, made by `encart render`
const SPEC = { src: DATA, kind: 'bar', x: 'commune', y: 'population', title: 'Population des communes' };
writeFileSync(`${MADE}spec.json`, JSON.stringify(SPEC));
execFileSync(at('../target/release/encart'), ['render', `${MADE}spec.json`, '--width', '640', '-o', `${MADE}figure.html`]);
const FIGURE = readFileSync(`${MADE}figure.html`, 'utf8');
const tag = inside => `<encart-chart src="/data.csv" kind="bar" x="commune" y="population" title="Population des communes">${inside}</encart-chart>`;

const STYLE = '<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>bench</title><style>body{font:16px sans-serif;width:640px}.here{height:400px}</style>';
const READY = '<script>addEventListener("encart-ready",()=>globalThis.ready=(globalThis.ready??0)+1)</script>';
const encartPage = (n, inside) => `<!doctype html>${STYLE}${READY}<script type="module" src="/dist/encart.js"></script>${tag(inside).repeat(n)}`;
const peerPage = (name, n) => `<!doctype html>${STYLE}${existsSync(`${MADE}${name}.css`) ? `<link rel="stylesheet" href="/made/${name}.css">` : ''}${'<div class="here"></div>'.repeat(n)}
<script type="module">
const data = fetch('/data.csv').then(answer => answer.text());
await import('/made/${name}.js');
const [head, ...lines] = (await data).trim().split(/\\r?\\n/).map(line => line.split(';'));
const rows = lines.map(cells => [cells[head.indexOf('commune')], Number(cells[head.indexOf('population')])]);
for (const here of document.querySelectorAll('.here')) await bars(here, rows);
globalThis.called = true;
</script>`;
const POINTS = `<!doctype html>${STYLE}<div class="here"></div>`;

const CLOUD = `a;b\n${Array.from({ length: 100_000 }, (_, x) => `${x};${(x * 7919) % 10_007}`).join('\n')}\n`;

// every file as a good server sends it: brotli, once
const TYPES = { js: 'text/javascript', css: 'text/css', wasm: 'application/wasm', csv: 'text/csv', html: 'text/html' };
const sent = new Map();
function send(response, key, type, body) {
  if (!sent.has(key)) sent.set(key, brotliCompressSync(body));
  response.writeHead(200, { 'content-type': TYPES[type], 'content-encoding': 'br' }).end(sent.get(key));
}
const server = createServer((request, response) => {
  const { pathname } = new URL(request.url, 'http://x');
  const ending = pathname.split('.').pop();
  const [, first, name, n] = pathname.split('/');
  if (first === 'encart') return send(response, pathname, 'html', encartPage(Number(n), name === 'static' ? FIGURE : ''));
  if (first === 'peer') return send(response, pathname, 'html', peerPage(name, Number(n)));
  if (first === 'points') return send(response, pathname, 'html', POINTS + (name === 'encart' ? `${READY}<script type="module" src="/dist/encart.js"></script>` : `<link rel="stylesheet" href="/made/${name}.css"><script type="module" src="/made/${name}.js"></script>`));
  if (pathname === '/points.csv') return send(response, pathname, 'csv', CLOUD);
  const file = pathname === '/data.csv' ? DATA : first === 'made' ? MADE + name : at(`../pkg/dist/${name}`);
  if (!existsSync(file)) return response.writeHead(404).end();
  send(response, pathname, ending, readFileSync(file));
});
await new Promise(resolve => server.listen(0, '127.0.0.1', resolve));
const address = `http://127.0.0.1:${server.address().port}`;

const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'] });
const median = times => times.toSorted((one, other) => one - other)[Math.floor(times.length / 2)];

/** A page of its own, nothing kept from another, on this network and this processor. */
async function visit(path, { isSlow, height = 900 }, work) {
  const context = await browser.newContext({ viewport: { width: 1000, height } });
  const page = await context.newPage();
  page.on('pageerror', error => console.error(path, error.message));
  const session = await context.newCDPSession(page);
  if (isSlow) {
    await session.send('Network.enable');
    await session.send('Network.emulateNetworkConditions', { offline: false, latency: 150, downloadThroughput: 1.6e6 / 8, uploadThroughput: 0.75e6 / 8 });
    await session.send('Emulation.setCPUThrottlingRate', { rate: 4 });
  }
  await page.goto(address + path, { waitUntil: 'commit' });
  const result = await work(page, session);
  await context.close();
  return result;
}

// drawn and painted: all that was asked for is there, and two frames have passed
const painted = (page, is) => page.evaluate(async source => {
  const is = (0, eval)(source);
  const frame = () => new Promise(resolve => requestAnimationFrame(resolve));
  while (!is()) await frame();
  await frame();
  await frame();
  return performance.now();
}, `(${is})`);
const hasInk = () => {
  const all = [...document.querySelectorAll('.here')];
  const deep = here => here.querySelector('canvas') ?? here.querySelectorAll('path, rect').length > 20;
  return globalThis.called && all.every(deep);
};
const firstPaint = page => page.evaluate(async () => {
  for (;;) {
    const entry = performance.getEntriesByName('first-contentful-paint')[0];
    if (entry) return entry.startTime;
    await new Promise(resolve => setTimeout(resolve, 20));
  }
});

async function rank(title, names, measure, reference) {
  if (ONLY && !title.includes(ONLY)) return;
  const all = Object.fromEntries(names.map(name => [name, []]));
  // once for nothing: the server compresses each file the first time that it sends it
  for (const name of names) await measure(name);
  for (let turn = 0; turn < TURNS; turn += 1) for (const name of names) all[name].push(await measure(name));
  const base = median(all[reference]);
  console.log(`\n${title}`);
  for (const name of names) console.log(`${name.padEnd(24)} ${median(all[name]).toFixed(0).padStart(7)} ms ${(median(all[name]) / base).toFixed(2).padStart(7)}×`);
}

const first = name => {
  if (name === 'encart, image') return visit('/encart/static/1', { isSlow: true }, firstPaint);
  if (name === 'encart, sans image') return visit('/encart/bare/1', { isSlow: true }, page => painted(page, () => document.querySelector('encart-chart')?.shadowRoot?.querySelector('.canvas rect')));
  if (name === 'encart, il répond') return visit('/encart/bare/1', { isSlow: true }, page => painted(page, () => globalThis.ready >= 1));
  return visit(`/peer/${PEERS[name]}/1`, { isSlow: true }, page => painted(page, hasInk));
};
await rank('Premier graphique, à froid : 1,6 Mbit/s, 150 ms, processeur ralenti 4 fois', ['encart, image', 'encart, sans image', 'encart, il répond', ...BARS], first, 'encart, image');

const thirty = name => {
  const height = 30 * 700;
  if (name === 'encart') return visit('/encart/bare/30', { height }, page => painted(page, () => [...document.querySelectorAll('encart-chart')].every(tag => tag.shadowRoot?.querySelector('.canvas rect'))));
  return visit(`/peer/${PEERS[name]}/30`, { height }, page => painted(page, hasInk));
};
await rank('Trente graphiques sur une page', ['encart', ...BARS], thirty, 'encart');

/** Draws a hundred thousand points of a file, from its address to the second frame, then moves over them: how long the page
 * is busy with sixty steps of the mouse. */
async function many(name, what) {
  const path = `/points/${PEERS[name] ?? 'encart'}/1`;
  return visit(path, {}, async (page, session) => {
    // every library is loaded before the clock starts: encart's engine comes with a first chart
    await page.evaluate(name => {
      if (name !== 'encart') return;
      const tag = document.createElement('encart-chart');
      tag.spec = { data: 'a;b\n1;2', kind: 'scatter', x: 'a', y: 'b', title: 'Un', height: 100 };
      document.body.append(tag);
    }, name);
    await page.waitForFunction(name => (name === 'encart' ? globalThis.ready : globalThis.points), name);
    await page.evaluate(name => name === 'encart' && document.querySelector('encart-chart').remove(), name);
    await page.evaluate(() => { globalThis.ready = 0; });
    const drawn = await page.evaluate(async name => {
      const frame = () => new Promise(resolve => requestAnimationFrame(resolve));
      const start = performance.now();
      const here = document.querySelector('.here');
      if (name === 'encart') {
        const tag = document.createElement('encart-chart');
        tag.spec = { src: '/points.csv', kind: 'scatter', x: 'a', y: 'b', title: 'Cent mille', height: 400 };
        here.append(tag);
        while (!globalThis.ready) await frame();
      } else {
        const text = await (await fetch('/points.csv')).text();
        const [xs, ys] = [[], []];
        for (const line of text.trimEnd().split('\n').slice(1)) {
          const [x, y] = line.split(';');
          xs.push(Number(x));
          ys.push(Number(y));
        }
        globalThis.points(here, xs, ys);
      }
      await frame();
      await frame();
      return performance.now() - start;
    }, name);
    if (what === 'drawn') return drawn;
    await session.send('Performance.enable');
    const busy = async () => (await session.send('Performance.getMetrics')).metrics.find(({ name }) => name === 'TaskDuration').value * 1000;
    // the browser counts the work of a frame after it: a benchmark waits, no test does
    const wait = () => page.evaluate(() => new Promise(resolve => setTimeout(resolve, 300)));
    await wait();
    const before = await busy();
    const box = await page.locator('canvas').first().boundingBox();
    for (let step = 0; step < 60; step += 1) await page.mouse.move(box.x + 80 + step * 8, box.y + 60 + (step % 12) * 20);
    await wait();
    return (await busy()) - before;
  });
}
await rank('Cent mille points : dessinés', ['encart', 'uPlot', 'ECharts'], name => many(name, 'drawn'), 'uPlot');
await rank('Cent mille points : soixante pas de souris', ['encart', 'uPlot', 'ECharts'], name => many(name, 'moved'), 'uPlot');
await browser.close();
server.close();

// on a server: from the rows to SVG
const bench = createRequire(new URL('./package.json', import.meta.url));
const [head, ...lines] = readFileSync(DATA, 'utf8').trim().split(/\r?\n/).map(line => line.split(';'));
const values = lines.map(cells => ({ commune: cells[head.indexOf('commune')], population: Number(cells[head.indexOf('population')]) }));
async function rate(draw) {
  const start = performance.now();
  let count = 0;
  while (performance.now() - start < 2_000) {
    await draw();
    count += 1;
  }
  return (count * 1000) / (performance.now() - start);
}
const load = name => import(bench.resolve(name));
const vega = await load('vega');
const { compile } = await load('vega-lite');
const lite = { width: 480, height: 360, data: { values }, mark: 'bar', encoding: { y: { field: 'commune', type: 'nominal', sort: '-x' }, x: { field: 'population', type: 'quantitative' } } };
const echarts = await load('echarts');
const rates = {
  encart: Number(execFileSync('cargo', ['run', '--quiet', '--release', '--package', 'encart-cli', '--example', 'rate', DATA, 'commune', 'population']).toString().split(' ')[0]),
  // from the author's specification each time, as encart
  'Vega, serveur': await rate(() => new vega.View(vega.parse(compile(lite).spec), { renderer: 'none' }).toSVG()),
  'ECharts, serveur': await rate(() => {
    const chart = echarts.init(null, null, { renderer: 'svg', ssr: true, width: 640, height: 400 });
    chart.setOption({ animation: false, xAxis: {}, yAxis: { type: 'category', data: values.map(({ commune }) => commune) }, series: [{ type: 'bar', data: values.map(({ population }) => population) }] });
    const svg = chart.renderToSVGString();
    chart.dispose();
    return svg;
  }),
};
console.log('\nImages par seconde, sans navigateur (un cœur)');
for (const [name, n] of Object.entries(rates)) console.log(`${name.padEnd(24)} ${n.toFixed(0).padStart(7)} ${(n / rates['Vega, serveur']).toFixed(1).padStart(7)}×`);
