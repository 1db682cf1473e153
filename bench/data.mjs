// How long do many rows take, from bytes to a grouped sum, against the readers that people use? Ratios in one run.
import { createRequire } from 'node:module';
import { createServer } from 'node:http';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { buildSync } from './esbuild.mjs';

const tools = createRequire(new URL('../xtask/package.json', import.meta.url));
const { chromium } = tools('playwright-core');
const { default: writeWorkbook } = await import(tools.resolve('write-excel-file/node'));
const { parquetWriteBuffer } = await import(tools.resolve('hyparquet-writer'));
const N_ROWS = Number(process.argv[2] ?? 1_000_000);
const DIST = fileURLToPath(new URL('../pkg/dist/', import.meta.url));

const POSTS = ['Voirie', 'École', 'Fêtes et cérémonies', 'Éclairage public', 'Eau', 'Personnel', 'Culture', 'Sports', 'Espaces verts', 'Dette'];
const NAMES = ['id', 'code_insee', 'annee', 'poste', 'montant', 'jour', 'siret'];

/** Rows as a council's ledger has them: codes, words, amounts to the cent, dates. The same every time. */
function* ledger(n) {
  let seed = 7;
  const random = most => (seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648) % most;
  for (let id = 1; id <= n; id += 1) {
    const cents = random(10_000_000);
    const day = `${2015 + random(10)}-${String(1 + random(12)).padStart(2, '0')}-${String(1 + random(28)).padStart(2, '0')}`;
    yield [id, String(71000 + random(500)), 2015 + random(10), POSTS[random(10)], cents / 100, day, String(21710000000000 + random(1_000_000))];
  }
}

function csv(n) {
  const parts = [`${NAMES.join(';')}\r\n`];
  for (const [id, code, year, post, amount, day, siret] of ledger(n)) parts.push(`${id};${code};${year};${post};${amount.toFixed(2).replace('.', ',')};${day};${siret}\r\n`);
  return Buffer.from(parts.join(''));
}

const workbook = n => writeWorkbook([NAMES, ...ledger(n)].map(row => row.map(value => ({ value, type: typeof value === 'number' ? Number : String })))).toBuffer();

function parquet(n) {
  const rows = [...ledger(n)];
  const types = ['INT32', 'STRING', 'INT32', 'STRING', 'DOUBLE', 'STRING', 'STRING'];
  return Buffer.from(parquetWriteBuffer({ columnData: NAMES.map((name, idx) => ({ name, type: types[idx], data: rows.map(row => row[idx]) })) }));
}

/** By format: how many rows, the file, who reads it. */
const FORMATS = {
  CSV: { n: N_ROWS, bytes: csv(N_ROWS), peers: ['uDSV', 'd3-dsv', 'PapaParse', 'Arquero'] },
  XLSX: { n: N_ROWS / 20, bytes: await workbook(N_ROWS / 20), peers: ['SheetJS'] },
  Parquet: { n: N_ROWS, bytes: parquet(N_ROWS), peers: ['hyparquet'] },
};
const PROGRAM = fileURLToPath(new URL('../target/release/encart', import.meta.url));

/** The program on the same file, start and all: the best of three. */
function native(format, bytes) {
  const file = `${mkdtempSync(`${tmpdir()}/encart-`)}/ledger`;
  writeFileSync(file, bytes);
  const steps = JSON.stringify([{ group: { by: 'poste', total: 'sum(montant)' } }]);
  const time = () => {
    const start = performance.now();
    execFileSync(PROGRAM, ['read', file, '--steps', steps], { stdio: 'ignore' });
    return performance.now() - start;
  };
  const best = Math.min(time(), time(), time());
  rmSync(file);
  return best;
}

const script = buildSync();
const page = '<!doctype html><meta charset="utf-8"><title>bench</title>';
const FILES = { '/': ['text/html', page], '/peers.js': ['text/javascript', script], '/bench-worker.js': ['text/javascript', readFileSync(new URL('worker.js', import.meta.url))] };
const server = createServer((request, response) => {
  const { pathname } = new URL(request.url, 'http://x');
  const known = FILES[pathname];
  if (known) return response.writeHead(200, { 'content-type': known[0] }).end(known[1]);
  const format = FORMATS[pathname.slice(1)];
  if (format) return response.writeHead(200, { 'content-length': format.bytes.length }).end(format.bytes);
  const file = DIST + pathname.replace('/dist/', '');
  if (!existsSync(file)) return response.writeHead(404).end();
  response.writeHead(200, { 'content-type': pathname.endsWith('.wasm') ? 'application/wasm' : 'text/javascript' }).end(readFileSync(file));
});
await new Promise(resolve => server.listen(0, '127.0.0.1', resolve));

const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--js-flags=--expose-gc', '--enable-precise-memory-info'] });
const address = `http://127.0.0.1:${server.address().port}`;

/** One reader in a page of its own: the best of three, the longest task of the main thread, the memory. */
async function measure(name, format) {
  const context = await browser.newContext();
  const page = await context.newPage();
  page.on('pageerror', error => console.error(name, error.message));
  await page.goto(address);
  await page.addScriptTag({ url: '/peers.js', type: 'module' });
  await page.waitForFunction(() => globalThis.readers);
  const result = await page.evaluate(async ([name, format]) => {
    const buffer = await (await fetch(`/${format}`)).arrayBuffer();
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
      await new Promise(resolve => setTimeout(resolve, 100)); // the browser tells of long tasks after a while, if at all
    }
    // tasks that begin while a reader works; copying its file for it is not its work
    const isOurs = ({ startTime }) => turns.some(([start, end]) => startTime >= start - 1 && startTime <= end);
    const longest = Math.max(0, ...tasks.filter(isOurs).map(({ duration }) => duration));
    return { ms: Math.min(...times), longest, made };
  }, [name, format]);
  await context.close();
  return result;
}

const total = ({ made }) => made.groups.map(([key, sum]) => `${key}=${sum.toFixed(2)}`).sort().join(' ');
for (const [format, { n, bytes, peers }] of Object.entries(FORMATS)) {
  const encart = await measure('encart', format);
  console.log(`\n${format}, ${(bytes.length / 1e6).toFixed(1)} Mo, ${n} lignes, groupées par poste (Chromium)`);
  console.log('lecteur      ms   rapport   tâche la plus longue   mémoire wasm');
  const say = (name, result) => {
    const memory = result.made.memory ? `${(result.made.memory / 1e6).toFixed(1)} Mo` : '';
    const same = total(result) === total(encart) ? '' : '  ≠ autre résultat';
    console.log(`${name.padEnd(10)} ${result.ms.toFixed(0).padStart(6)} ${(result.ms / encart.ms).toFixed(1).padStart(8)}× ${result.longest.toFixed(0).padStart(15)} ms ${memory.padStart(16)}${same}`);
  };
  say('encart', encart);
  for (const name of peers) say(name, await measure(name, format));
  if (existsSync(PROGRAM)) console.log(`${'programme'.padEnd(10)} ${native(format, bytes).toFixed(0).padStart(6)} ${''.padStart(9)} (encart read, le processus entier)`);
}
await browser.close();
server.close();
