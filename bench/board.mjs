// How long until the twelve widgets of a board show another choice of a hundred thousand rows? Against crossfilter2, which
// groups the same rows by the same columns and draws nothing: ratios in one run, the median of a few turns.
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const { chromium } = createRequire(new URL('../xtask/package.json', import.meta.url))('playwright-core');
const at = path => fileURLToPath(new URL(path, import.meta.url));
const TURNS = Number(process.argv[2] ?? 5);
const MADE = at('node_modules/.made/');
mkdirSync(MADE, { recursive: true });
execFileSync(at('../xtask/node_modules/.bin/esbuild'), [at('board/crossfilter.js'), '--bundle', '--minify', '--format=esm', '--log-level=error', `--outfile=${MADE}crossfilter.js`]);

// a hundred thousand payments: the columns of a council's open data, values made by rule
const N_ROWS = 100_000;
const value = (row, n, step) => (row * step + (row >> 3)) % n;
const COLUMNS = { region: 13, annee: 10, axe: 8, nature: 6, service: 20, trimestre: 4 };
const STEPS = { region: 7919, annee: 104_729, axe: 31, nature: 1_299_709, service: 611_953, trimestre: 17 };
const NAME = { annee: at => 2015 + at, trimestre: at => `T${at + 1}` };
const rows = Array.from({ length: N_ROWS }, (_, row) => {
  const cells = Object.entries(COLUMNS).map(([column, n]) => NAME[column]?.(value(row, n, STEPS[column])) ?? `${column} ${value(row, n, STEPS[column])}`);
  return [...cells, (row * 7919) % 100_003, row % 97].join(';');
});
const CSV = `${Object.keys(COLUMNS).join(';')};montant;dossiers\n${rows.join('\n')}\n`;

const group = (by, total) => [{ group: { by, [total]: `sum(${total})` } }];
const WIDGETS = [
  ...['region', 'annee', 'axe', 'nature', 'service', 'trimestre'].map(x => ({ kind: x === 'annee' ? 'line' : 'bar', x, y: 'montant', steps: group(x, 'montant') })),
  ...['region', 'annee', 'axe', 'nature'].map(x => ({ kind: x === 'annee' ? 'line' : 'bar', x, y: 'dossiers', steps: group(x, 'dossiers') })),
  { tag: 'figure', value: 'montant', at: 2024, since: 2015, steps: group('annee', 'montant') },
  { tag: 'table', steps: group('service', 'montant') },
].map((widget, idx) => ({ ...widget, title: `Encart ${idx + 1}` }));
const BOARD = { src: '/data.csv', filters: ['region', 'annee'], title: 'Douze encarts', widgets: WIDGETS };

const TYPES = { js: 'text/javascript', wasm: 'application/wasm', csv: 'text/csv' };
const HEAD = '<!doctype html><meta charset="utf-8"><title>bench</title><style>body{font:16px sans-serif;width:1200px}</style>';
const server = createServer((request, response) => {
  const { pathname } = new URL(request.url, 'http://x');
  const send = (type, body) => response.writeHead(200, { 'content-type': type }).end(body);
  if (pathname === '/') return send('text/html', `${HEAD}<script type="module" src="/dist/encart.js"></script><script type="module" src="/made/crossfilter.js"></script>`);
  if (pathname === '/data.csv') return send(TYPES.csv, CSV);
  const [, folder, name] = pathname.split('/');
  const file = folder === 'made' ? MADE + name : at(`../pkg/dist/${name}`);
  return existsSync(file) ? send(TYPES[name.split('.').pop()] ?? 'text/plain', readFileSync(file)) : response.writeHead(404).end();
});
await new Promise(resolve => server.listen(0, '127.0.0.1', resolve));

const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'] });
const page = await (await browser.newContext({ viewport: { width: 1240, height: 6000 }, reducedMotion: 'reduce' })).newPage();
page.on('pageerror', error => console.error(error.message));
await page.goto(`http://127.0.0.1:${server.address().port}/`);
const loaded = await page.evaluate(async spec => {
  const start = performance.now();
  const board = document.createElement('encart-board');
  let n = 0;
  const ready = new Promise(resolve => board.addEventListener('encart-ready', () => ++n > spec.widgets.length && resolve()));
  board.spec = spec;
  document.body.append(board);
  await ready;
  return performance.now() - start;
}, BOARD);
console.log(`premier affichage des douze : ${loaded.toFixed(0)} ms`);

const CHOICES = ['region=region 3', 'region=region 7', 'annee=2020', 'region=region 3', 'annee=2020', 'region=region 7'];
const ours = await page.evaluate(async ([choices, turns]) => {
  const root = document.querySelector('encart-board').shadowRoot;
  const shown = () => [...document.querySelectorAll('encart-board > *')].map(tag => tag.shadowRoot.querySelector('.notes').innerText).join('|');
  const times = [];
  for (let turn = 0; turn < turns; turn++) {
    for (const choice of choices) {
      const before = shown();
      const start = performance.now();
      root.querySelector(`input[data-value="${choice}"]`).click();
      await new Promise(resolve => setTimeout(resolve)); // after all that follows from it
      document.body.getBoundingClientRect(); // laid out
      times.push(performance.now() - start);
      if (shown() === before) throw new Error(`${choice} did not change what is shown`);
    }
  }
  return times;
}, [CHOICES, TURNS]);
const theirs = await page.evaluate(async ([choices, turns, csv]) => globalThis.crossfiltered(csv, choices, turns), [CHOICES, TURNS, CSV]);
await browser.close();
server.close();

const sorted = times => times.toSorted((one, other) => one - other);
const median = times => sorted(times)[Math.floor(times.length / 2)];
const line = (name, times) => console.log(`${name.padEnd(46)} médiane ${median(times).toFixed(1).padStart(6)} ms   la plus longue ${sorted(times).at(-1).toFixed(1).padStart(6)} ms`);
line('encart, douze encarts dessinés', ours);
line('crossfilter2, douze groupes, rien de dessiné', theirs);
console.log(`rapport des médianes : ${(median(ours) / median(theirs)).toFixed(2)}`);
