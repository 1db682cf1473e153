// Reading from servers that others wrote (MapServer, pygeoapi, datasette, djangorestframework-gis): the populations of 565
// communes, page by page. All rows come, or what is lacking is said.
import assert from 'node:assert/strict';
import { execFile, execFileSync, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer as serve } from 'node:http';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';

const HERE = new URL('.', import.meta.url).pathname;
const BIN = process.env.ENCART_PYTHON;
const folder = mkdtempSync(join(tmpdir(), 'encart-servers-'));
const children = [];
after(() => {
  for (const child of children) {
    try {
      process.kill(-child.pid);
    } catch {
      // it has ended
    }
  }
  rmSync(folder, { recursive: true, force: true });
});

// INSEE, populations légales 2021; all at one place, for no server here is asked where they are
const [header, ...lines] = readFileSync(join(HERE, '../../www/data/communes-saone-et-loire-2021.csv'), 'utf8').trim().split('\n').map(line => line.split(';'));
const records = lines.map(cells => Object.fromEntries(header.map((name, idx) => [name, /^(code|commune)/.test(name) ? cells[idx] : Number(cells[idx].replace(',', '.'))])));
const N_ROWS = records.length;
const features = records.map(properties => ({ type: 'Feature', geometry: { type: 'Point', coordinates: [4.83, 46.31] }, properties }));
writeFileSync(join(folder, 'communes.geojson'), JSON.stringify({ type: 'FeatureCollection', features }));
writeFileSync(join(folder, 'communes.json'), JSON.stringify(records));

const freePort = () => new Promise(resolve => {
  const server = createServer().listen(0, '127.0.0.1', () => {
    const { port } = server.address();
    server.close(() => resolve(port));
  });
});

/** Starts a server; its address, once it answers there. */
async function start(program, words, path, env = {}) {
  const port = await freePort();
  const address = `http://127.0.0.1:${port}`;
  const fill = text => text.replaceAll('PORT', port).replaceAll('ADDRESS', address);
  writeFileSync(join(folder, 'pygeoapi.yml'), fill(readFileSync(join(HERE, 'pygeoapi.yml'), 'utf8')));
  if (env.PYGEOAPI_OPENAPI) execFileSync(join(BIN, 'pygeoapi'), ['openapi', 'generate', 'pygeoapi.yml', '--output-file', env.PYGEOAPI_OPENAPI], { cwd: folder, env: { ...process.env, ...env }, stdio: 'ignore' });
  const child = spawn(program, words.map(fill), { cwd: folder, env: { ...process.env, ...env }, stdio: 'ignore', detached: true });
  children.push(child);
  for (let waits = 0; ; waits += 1) {
    const answer = await fetch(address + path).catch(() => null);
    if (answer?.ok) return address;
    assert.ok(waits < 300 && child.exitCode === null, `${program} does not answer: ${answer?.status}`);
    await new Promise(done => setTimeout(done, 100));
  }
}

/** Serves a program of the common gateway interface (RFC 3875) under /cgi-bin/; its address. */
async function cgi(program, own) {
  const server = serve((request, response) => {
    const [path, query = ''] = request.url.split('?');
    const { port } = server.address();
    const env = { ...process.env, ...own, REQUEST_METHOD: 'GET', QUERY_STRING: query, SCRIPT_NAME: path, SERVER_NAME: '127.0.0.1', SERVER_PORT: port, GATEWAY_INTERFACE: 'CGI/1.1' };
    const { stdout } = spawnSync(program, { cwd: folder, env, maxBuffer: 1e8 });
    const end = stdout.indexOf('\r\n\r\n');
    for (const line of stdout.subarray(0, end).toString().split('\r\n')) response.setHeader(...line.split(': '));
    response.end(stdout.subarray(end + 4));
  });
  await new Promise(done => server.listen(0, '127.0.0.1', done));
  after(() => server.close());
  const address = `http://127.0.0.1:${server.address().port}`;
  writeFileSync(join(folder, 'communes.map'), readFileSync(join(HERE, 'communes.map'), 'utf8').replaceAll('ADDRESS', `${address}/cgi-bin/mapserv`));
  return address;
}

execFileSync(join(BIN, 'sqlite-utils'), ['insert', 'communes.db', 'communes', 'communes.json', '--pk', header[0]], { cwd: folder, stdio: 'ignore' });
writeFileSync(join(folder, 'metadata.json'), JSON.stringify({ license: 'Licence Ouverte 2.0', license_url: 'https://www.etalab.gouv.fr/licence-ouverte-open-licence/', source: 'INSEE' }));

const python = join(BIN, 'python');
const mapserver = await cgi('mapserv', { MS_MAPFILE: join(folder, 'communes.map'), MAPSERVER_CONFIG_FILE: join(HERE, 'mapserver.conf') });
const pygeoapi = await start(join(BIN, 'pygeoapi'), ['serve'], '/collections', { PYGEOAPI_CONFIG: 'pygeoapi.yml', PYGEOAPI_OPENAPI: 'openapi.yml' });
const datasette = await start(join(BIN, 'datasette'), ['serve', 'communes.db', '--metadata', 'metadata.json', '-p', 'PORT'], '/communes.json');
const django = await start(python, [join(HERE, 'pages.py'), 'PORT'], '/records/');

/** What the program prints. */
const encart = words => new Promise(resolve => execFile(process.env.ENCART_CLI, words, (error, stdout, stderr) => resolve(stdout + stderr)));

/** What is asked, how many rows come, what is said where some are lacking. */
const CASES = [
  ['MapServer, a WFS that gives a hundred at a time', `wfs:${mapserver}/cgi-bin/mapserv#communes`, N_ROWS],
  ['MapServer, an address as its pages give it', `${mapserver}/cgi-bin/mapserv?SERVICE=WFS&VERSION=1.1.0&REQUEST=GetFeature&TYPENAME=communes&OUTPUTFORMAT=geojson`, N_ROWS],
  ['MapServer, a layer that is not there', `wfs:${mapserver}/cgi-bin/mapserv#absent`, 0, /TYPENAME 'absent' doesn't exist/],
  ['pygeoapi, a collection', `${pygeoapi}/collections/communes`, N_ROWS],
  ['pygeoapi, its items', `${pygeoapi}/collections/communes/items?f=json&limit=20`, N_ROWS],
  ['datasette', `${datasette}/communes/communes.json`, N_ROWS],
  ['datasette, its rows as objects', `rest:${datasette}/communes/communes.json?_shape=objects#rows`, N_ROWS],
  ['datasette, a list', `${datasette}/communes/communes.json?_shape=array`, N_ROWS],
  // findings/datasette-csv-says-nothing-of-its-next-page.sh: nobody can know
  ['datasette, a CSV', `${datasette}/communes/communes.csv`, 100, /^(?![\s\S]*lues)/],
  ['datasette, a whole CSV', `${datasette}/communes/communes.csv?_stream=on`, N_ROWS],
  ['djangorestframework-gis, features', `rest:${django}/features/#features`, N_ROWS],
  ['djangorestframework-gis, features as a file', `${django}/features/`, N_ROWS],
  ['Django REST framework, records', `rest:${django}/records/`, N_ROWS],
];

for (const [name, src, n_rows, words] of CASES) {
  test(name, async () => {
    const said = await encart(['read', src, '--format', 'json', '-o', join(folder, 'read.json')]);
    const { columns, rows } = n_rows ? JSON.parse(readFileSync(join(folder, 'read.json'), 'utf8')) : { rows: [] };
    assert.equal(rows.length, n_rows, said);
    if (words) return assert.match(said, words);
    const idx = columns.findIndex(column => column.name === 'population');
    const sum = rows.reduce((total, row) => total + row[idx], 0);
    assert.equal(sum, records.reduce((total, record) => total + record.population, 0), 'each row once');
    rmSync(join(folder, 'read.json'), { force: true });
  });
}

for (const [name, src, facts] of [
  ['MapServer', `wfs:${mapserver}/cgi-bin/mapserv#communes`, [/INSEE/, /Licence Ouverte 2\.0/]],
  ['pygeoapi', `${pygeoapi}/collections/communes`, [/Licence Ouverte 2\.0/]],
  ['datasette', `${datasette}/communes/communes.json`, [/INSEE/, /Licence Ouverte 2\.0/]],
]) {
  test(`${name}: who publishes and under which licence is known`, async () => {
    const said = await encart(['check', src]);
    for (const fact of facts) assert.match(said, fact);
  });
}
