// How long do a million rows take, from bytes to a grouped sum, against the readers that people use? Ratios in one run.
import { createRequire } from 'node:module';
import { createServer } from 'node:http';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { buildSync } from './esbuild.mjs';

const tools = createRequire(new URL('../xtask/package.json', import.meta.url));
const { chromium } = tools('playwright-core');
const N_ROWS = Number(process.argv[2] ?? 1_000_000);
const DIST = fileURLToPath(new URL('../pkg/dist/', import.meta.url));

/** A file as a council's ledger is: codes, words, dates, amounts with a decimal comma. The same bytes every time. */
function ledger(n) {
  const posts = ['Voirie', 'École', 'Fêtes et cérémonies', 'Éclairage public', 'Eau', 'Personnel', 'Culture', 'Sports', 'Espaces verts', 'Dette'];
  const parts = ['id;code_insee;annee;poste;montant;jour;siret\r\n'];
  let seed = 7;
  const random = most => (seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648) % most;
  for (let id = 1; id <= n; id += 1) {
    const cents = random(10_000_000);
    const day = `${2015 + random(10)}-${String(1 + random(12)).padStart(2, '0')}-${String(1 + random(28)).padStart(2, '0')}`;
    parts.push(`${id};${71000 + random(500)};${2015 + random(10)};${posts[random(10)]};${Math.floor(cents / 100)},${String(cents % 100).padStart(2, '0')};${day};${21710000000000 + random(1_000_000)}\r\n`);
  }
  return Buffer.from(parts.join(''));
}

const bytes = ledger(N_ROWS);
const script = buildSync();
const page = '<!doctype html><meta charset="utf-8"><title>bench</title>';
const FILES = { '/': ['text/html', page], '/peers.js': ['text/javascript', script], '/bench-worker.js': ['text/javascript', readFileSync(new URL('worker.js', import.meta.url))] };
const server = createServer((request, response) => {
  const { pathname } = new URL(request.url, 'http://x');
  const known = FILES[pathname];
  if (known) return response.writeHead(200, { 'content-type': known[0] }).end(known[1]);
  if (pathname === '/ledger.csv') return response.writeHead(200, { 'content-type': 'text/csv', 'content-length': bytes.length }).end(bytes);
  const file = DIST + pathname.replace('/dist/', '');
  if (!existsSync(file)) return response.writeHead(404).end();
  response.writeHead(200, { 'content-type': pathname.endsWith('.wasm') ? 'application/wasm' : 'text/javascript' }).end(readFileSync(file));
});
await new Promise(resolve => server.listen(0, '127.0.0.1', resolve));

const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--js-flags=--expose-gc', '--enable-precise-memory-info'] });
const address = `http://127.0.0.1:${server.address().port}`;

/** One reader in a page of its own: the best of three, the longest task of the main thread, the memory. */
async function measure(name) {
  const context = await browser.newContext();
  const page = await context.newPage();
  page.on('pageerror', error => console.error(name, error.message));
  await page.goto(address);
  await page.addScriptTag({ url: '/peers.js', type: 'module' });
  await page.waitForFunction(() => globalThis.readers);
  const result = await page.evaluate(async name => {
    const buffer = await (await fetch('/ledger.csv')).arrayBuffer();
    const [turns, tasks] = [[], []];
    new PerformanceObserver(list => tasks.push(...list.getEntries())).observe({ type: 'longtask' });
    const times = [];
    let made;
    for (let turn = 0; turn < 3; turn += 1) {
      const own = buffer.slice(0); // a reader may keep what it is given
      await new Promise(resolve => setTimeout(resolve, 50));
      const start = performance.now();
      made = await globalThis.readers[name](own);
      turns.push([start, performance.now()]);
      times.push(performance.now() - start);
      await new Promise(resolve => setTimeout(resolve, 100));
    }
    // tasks that begin while a reader works; copying its file for it is not its work
    const isOurs = ({ startTime }) => turns.some(([start, end]) => startTime >= start - 1 && startTime <= end);
    const longest = Math.max(0, ...tasks.filter(isOurs).map(({ duration }) => duration));
    return { ms: Math.min(...times), longest, made };
  }, name);
  await context.close();
  return result;
}

const results = {};
for (const name of ['encart', 'uDSV', 'd3-dsv', 'PapaParse', 'Arquero']) results[name] = await measure(name);
await browser.close();
server.close();

const { encart } = results;
const total = ({ made }) => made.groups.map(([key, sum]) => `${key}=${sum.toFixed(2)}`).sort().join(' ');
console.log(`${(bytes.length / 1e6).toFixed(1)} Mo, ${N_ROWS} lignes, groupées par poste (Chromium)`);
console.log('lecteur      ms   rapport   tâche la plus longue   mémoire wasm');
for (const [name, result] of Object.entries(results)) {
  const memory = result.made.memory ? `${(result.made.memory / 1e6).toFixed(1)} Mo` : '';
  const same = total(result) === total(encart) ? '' : '  ≠ autre résultat';
  console.log(`${name.padEnd(10)} ${result.ms.toFixed(0).padStart(6)} ${(result.ms / encart.ms).toFixed(1).padStart(8)}× ${result.longest.toFixed(0).padStart(15)} ms ${memory.padStart(16)}${same}`);
}
