// How would each portal answer, on good days and bad ones? Small servers of this machine, each of another origin than the
// page, that give the population of real communes in the exact form of a portal.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { after } from 'node:test';
import { createRequire } from 'node:module';
import { gzipSync } from 'node:zlib';

const tools = createRequire(new URL('../../xtask/package.json', import.meta.url));
const { default: writeWorkbook } = await import(tools.resolve('write-excel-file/node'));
const { parquetWriteBuffer } = await import(tools.resolve('hyparquet-writer'));

const [, ...lines] = readFileSync(new URL('../../www/data/communes-maconnais-tournugeois-2026.csv', import.meta.url), 'utf8').trim().split('\n');
/** code, commune, population: INSEE, populations de référence, by way of decoupage-administratif. */
export const COMMUNES = lines.map(line => line.split(/[;,]/)).map(([code, commune, population]) => ({ code, commune, population: Number(population) }));

const json = (body, more = {}) => ({ body: JSON.stringify(body), type: 'application/json', ...more });
const csv = (rows, delimiter) => ({ body: [Object.keys(rows[0]), ...rows.map(Object.values)].map(cells => cells.join(delimiter)).join('\r\n') + '\r\n', type: 'text/csv' });
const page = (query, size) => COMMUNES.slice(Number(query.get('offset') ?? 0), Number(query.get('offset') ?? 0) + size);
const ID = '1c5075ec-7ce1-49cb-ab89-94f507812daf';

/** A workbook as offices write it: a first sheet of words, a title above the header, a format with the unit. */
export async function workbook() {
  const title = [{ value: 'Population municipale', type: String }];
  const header = ['code', 'commune', 'population'].map(value => ({ value, type: String, fontWeight: 'bold' }));
  const rows = COMMUNES.map(({ code, commune, population }) => [{ value: code, type: String }, { value: commune, type: String }, { value: population, type: Number, format: '#,##0' }]);
  const sheets = [{ sheet: 'Lisez-moi', data: [title] }, { sheet: 'Communes', data: [title, [], header, ...rows] }];
  return writeWorkbook(sheets).toBuffer();
}

/** Columns as Parquet. */
export const parquet = columns => Buffer.from(parquetWriteBuffer({ columnData: columns }));
const column = (name, type) => ({ name, type, data: COMMUNES.map(commune => commune[name]) });

const FILES = {
  '/populations.xlsx': await workbook(),
  '/populations.parquet': parquet([column('code', 'STRING'), column('commune', 'STRING'), column('population', 'INT32')]),
};

/** By portal: the `src` for a host, and the answer to a path. `facts` is what its footer must say. */
export const PORTALS = {
  'a workbook': {
    src: host => `http://${host}/populations.xlsx`,
    facts: [],
    answer: path => FILES[path] && { body: FILES[path], type: 'application/octet-stream' },
  },
  Parquet: {
    src: host => `http://${host}/populations.parquet`,
    facts: [],
    answer: path => FILES[path] && { body: FILES[path], type: 'application/octet-stream' },
  },
  'data.gouv.fr': {
    src: host => `datagouv:${host}/populations`,
    facts: ['Source : INSEE', 'Licence Ouverte 2.0', '31 mars 2026'],
    answer(path, query, origin) {
      if (path === '/api/1/datasets/populations/') {
        const resource = { id: ID, title: 'populations.csv', type: 'main', filetype: 'file', format: 'csv', url: `${origin}/populations.csv`, filesize: 700, last_modified: '2026-03-31T08:00:00.000000+00:00', extras: { 'analysis:parsing:parsing_table': 'x' } };
        return json({ id: '5', slug: 'populations', title: 'Populations', organization: { name: 'INSEE' }, license: 'lov2', frequency: 'annual', last_update: '2026-03-31T08:00:00+00:00', page: `${origin}/datasets/populations/`, resources: [resource] });
      }
      if (path === '/populations.csv') return csv(COMMUNES, ';');
    },
  },
  'the tabular API': {
    src: host => `datagouv:${host}/populations`,
    facts: ['Source : INSEE'],
    answer(path, query, origin) {
      if (path === '/api/1/datasets/populations/') {
        const resource = { id: ID, title: 'populations.csv', type: 'main', filetype: 'file', format: 'csv', url: `${origin}/absent.csv`, filesize: 70_000_000, extras: { 'analysis:parsing:parsing_table': 'x' } };
        return json({ slug: 'populations', title: 'Populations', organization: { name: 'INSEE' }, license: 'lov2', resources: [resource] });
      }
      const columns = { code: { python_type: 'string' }, commune: { python_type: 'string' }, population: { python_type: 'int' } };
      if (path === `/tabular/api/resources/${ID}/profile/`) return json({ profile: { header: Object.keys(columns), total_lines: COMMUNES.length, columns_fields: columns }, deleted_at: null, indexes: null });
      if (path === `/tabular/api/resources/${ID}/data/csv/`) return csv(COMMUNES.map(({ commune, population }) => ({ commune, population })), ',');
    },
  },
  Opendatasoft: {
    src: host => `ods:${host}/populations`,
    facts: ['Source : INSEE', 'Licence Ouverte 2.0'],
    answer(path, query) {
      const base = '/api/explore/v2.1/catalog/datasets/populations';
      const fields = [['code', 'text'], ['commune', 'text'], ['population', 'int']].map(([name, type]) => ({ name, label: name, type, annotations: {} }));
      if (path === base) return json({ dataset_id: 'populations', metas: { default: { title: 'Populations', publisher: 'INSEE', license: 'Licence Ouverte v2.0', data_processed: '2026-03-31T08:00:00+00:00', records_count: COMMUNES.length } }, fields });
      if (path === `${base}/exports/csv`) return csv(COMMUNES.map(({ commune, population }) => ({ commune, population })), ';');
    },
  },
  CKAN: {
    src: host => `ckan:${host}/populations`,
    facts: ['Source : INSEE', 'Licence Ouverte'],
    answer(path, query) {
      if (path === '/api/3/action/package_show') return json({ help: '', success: true, result: { name: 'populations', title: 'Populations', organization: { title: 'INSEE' }, license_title: 'Licence Ouverte', metadata_modified: '2026-03-31T08:00:00.000000', resources: [{ id: ID, url: 'http://127.0.0.1:9/x.csv', format: 'CSV', datastore_active: true }] } });
      if (path === '/api/3/action/datastore_search') {
        // the server allows ten rows a page, whatever is asked; a next page is named even past the end
        const records = page(query, Math.min(10, Number(query.get('limit')))).map(({ commune, population }, idx) => ({ _id: idx + 1, commune, population: String(population) }));
        return json({ help: '', success: true, result: { resource_id: ID, fields: [{ id: '_id', type: 'int' }, { id: 'commune', type: 'text' }, { id: 'population', type: 'numeric' }], records, total: COMMUNES.length, _links: { next: '/api/3/action/datastore_search?offset=100' } } });
      }
    },
  },
  'Data Fair': {
    src: host => `datafair:${host}/populations`,
    facts: ['Source : INSEE', 'Licence Ouverte'],
    answer(path, query) {
      const base = '/data-fair/api/v1/datasets/populations';
      if (path === base) return json({ id: 'x', slug: 'populations', title: 'Populations', origin: 'INSEE', license: { title: 'Licence Ouverte', href: '' }, dataUpdatedAt: '2026-03-31T08:00:00.000Z', schema: [{ key: 'commune', type: 'string' }, { key: 'population', type: 'integer' }, { key: '_i', type: 'integer' }] });
      if (path === `${base}/lines`) {
        const after = Number(query.get('after') ?? 0);
        const rows = COMMUNES.slice(after, after + 10);
        // the portal names itself otherwise than we reached it
        const next = after + 10 < COMMUNES.length ? { next: `https://nom-interne.exemple.fr${base}/lines?size=10&after=${after + 10}` } : {};
        return json({ total: COMMUNES.length, ...next, results: rows.map(({ commune, population }, idx) => ({ commune, population, _id: String(idx), _i: idx, _score: null })) });
      }
    },
  },
  'Hub’Eau': {
    src: host => `hubeau:${host}/v1/prelevements/chroniques?code_departement=71`,
    facts: ['Source : Hub’Eau (eaufrance)', 'Licence Ouverte 2.0'],
    answer(path, query, origin) {
      if (path !== '/api/v1/prelevements/chroniques' || query.get('code_departement') !== '71') return;
      // pages of twelve: 206 says that there is another, 200 that there is none
      const number = Number(query.get('page'));
      const data = COMMUNES.slice((number - 1) * 12, number * 12).map(({ commune, population }) => ({ commune, population }));
      const next = number < 2 ? `${origin}${path}?page=${number + 1}&size=12` : null;
      return json({ count: COMMUNES.length, first: '', last: '', prev: null, next, api_version: '1', data }, { status: next ? 206 : 200 });
    },
  },
  'geo.api.gouv.fr': {
    src: host => `geo:${host}/communes?codeEpci=200040293`,
    facts: ['Source : INSEE, IGN (geo.api.gouv.fr)', 'Licence Ouverte 2.0'],
    answer: path => (path === '/communes' ? json(COMMUNES.map(({ code, commune, population }) => ({ nom: commune, code, commune, population, codesPostaux: ['71700'] }))) : undefined),
  },
  Grist: {
    src: host => `grist:${host}/doc/Populations`,
    facts: [],
    answer(path) {
      if (path === '/api/docs/doc/tables/Populations/columns') return json({ columns: [{ id: 'Commune', fields: { label: 'commune', type: 'Text' } }, { id: 'Pop', fields: { label: 'population', type: 'Int' } }] });
      if (path === '/api/docs/doc/tables/Populations/records') return json({ records: COMMUNES.map(({ commune, population }, idx) => ({ id: idx + 1, fields: { Commune: commune, Pop: population } })) });
    },
  },
  Melodi: {
    src: host => `melodi:${host}/DS_POPULATIONS_REFERENCE?GEO=EPCI-200040293*COM`,
    facts: ['Source : INSEE', 'Licence Ouverte 2.0'],
    channels: { x: 'GEO_CODE', y: 'OBS_VALUE' },
    answer(path, query) {
      if (path !== '/melodi/data/DS_POPULATIONS_REFERENCE') return;
      const number = Number(query.get('page') ?? 1);
      const rows = COMMUNES.slice((number - 1) * 20, number * 20);
      const next = number < 2 ? { next: 'https://api.insee.fr/melodi/data/DS_POPULATIONS_REFERENCE?page=2' } : { isLast: true };
      return json({ identifier: 'DS', title: { fr: 'Populations', en: 'Populations' }, publisher: { id: 'INSEE', label: [{ lang: 'fr', content: 'INSEE' }] }, observations: rows.map(({ code, population }) => ({ dimensions: { GEO: `2025-COM-${code}`, TIME_PERIOD: '2023' }, measures: { OBS_VALUE_NIVEAU: { value: population } } })), paging: { first: '', ...next, count: COMMUNES.length } });
    },
  },
  WFS: {
    src: host => `wfs:http://${host}/wfs/ows#ADMIN:commune`,
    facts: [],
    answer(path, query) {
      if (path !== '/wfs/ows' || query.get('TYPENAMES') !== 'ADMIN:commune') return;
      const features = COMMUNES.map(({ code, commune, population }) => ({ type: 'Feature', id: `commune.${code}`, geometry: { type: 'Point', coordinates: [4.9, 46.5] }, geometry_name: 'geom', properties: { commune, population } }));
      return json({ type: 'FeatureCollection', features, totalFeatures: features.length, numberMatched: features.length, numberReturned: features.length, timeStamp: '2026-11-20T00:00:00Z', crs: { type: 'name', properties: { name: 'urn:ogc:def:crs:EPSG::4326' } } });
    },
  },
  REST: {
    src: host => `rest:http://${host}/api/communes#result.items`,
    facts: [],
    answer(path, query) {
      if (path !== '/api/communes') return;
      const offset = Number(query.get('offset') ?? 0);
      const next = offset + 10 < COMMUNES.length ? `/api/communes?offset=${offset + 10}` : null;
      return json({ total: COMMUNES.length, links: { next }, result: { items: page(query, 10) } });
    },
  },
  'a file by gzip': {
    src: host => `http://${host}/populations.csv.gz`,
    facts: [],
    answer: path => (path === '/populations.csv.gz' ? { body: gzipSync(csv(COMMUNES, ';').body), type: 'application/gzip' } : undefined),
  },
};

const CORS = { 'access-control-allow-origin': '*' };

/** Bad days. Each gives the answer for the `count`-th request, from the good one; null closes the line at once. */
export const DAYS = {
  good: good => good,
  down: () => ({ status: 500, type: 'text/plain', body: 'Internal Server Error' }),
  gone: () => ({ status: 404, type: 'application/json', body: '{"message":"unknown"}' }),
  'too many, for a second': (good, count) => (count > 1 ? good : { status: 429, type: 'application/json', body: '{"error":"Too many requests"}', headers: { 'retry-after': '1', 'access-control-expose-headers': 'Retry-After' } }),
  'too many, until tomorrow': () => ({ status: 429, type: 'application/json', body: '{"error":"Too many requests"}', headers: { 'retry-after': '86400', 'access-control-expose-headers': 'Retry-After' } }),
  cut: good => ({ ...good, cut: true }),
  'cut, then whole': (good, count) => ({ ...good, cut: count === 1 }),
  'a page in its place': () => ({ status: 200, type: 'text/html', body: '<!doctype html><html><title>Maintenance</title><p>Revenez plus tard' }),
  'no leave for other sites': good => ({ ...good, cors: false }),
  slow: good => ({ ...good, delay: 400 }),
  'dead, then alive': (good, count) => (count > 1 ? good : { status: 503, type: 'text/plain', body: '' }),
  'off the line': () => null,
};

/** A portal on such a day, or one that takes requests and is `silent`; `day` may be changed while it runs, `bytes` counts those of ranges, `requests` are all; of a whole that it `holds` it gives a quarter, `asked` and `givenUp` come true with its first request. */
export function play(portal, day) {
  const state = { day, count: 0, bytes: 0, requests: [] };
  state.asked = new Promise(resolve => (state.ask = resolve));
  state.givenUp = new Promise(resolve => (state.giveUp = resolve));
  const server = createServer((request, response) => {
    const { pathname, searchParams, origin } = new URL(request.url, `http://${request.headers.host}`);
    state.count += 1;
    state.requests.push({ path: pathname, referer: request.headers.referer });
    state.ask();
    response.on('close', () => response.writableFinished || state.giveUp());
    if (state.day === 'silent') return;
    const good = portal.answer(pathname, searchParams, origin) ?? { status: 404, type: 'text/plain', body: `404: ${pathname}` };
    const answer = DAYS[state.day](good, state.count);
    if (!answer) return request.socket.destroy();
    const { status = 200, type, body, headers = {}, cut, cors, delay = 0 } = answer;
    setTimeout(() => {
      const range = portal.ranges && /^bytes=(\d+)-(\d+)$/.exec(request.headers.range);
      const whole = Buffer.from(body);
      const bytes = range ? whole.subarray(Number(range[1]), Number(range[2]) + 1) : whole;
      state.bytes += range ? bytes.length : 0;
      response.writeHead(range ? 206 : status, { 'content-type': type, 'content-length': bytes.length, ...(cors === false ? {} : CORS), ...headers });
      // the rest of a whole that nobody should wait for never comes
      if (portal.holds && !range) return response.write(bytes.subarray(0, bytes.length / 4));
      if (!cut) return response.end(bytes);
      response.write(bytes.subarray(0, bytes.length / 2));
      setTimeout(() => request.socket.destroy(), 20);
    }, delay);
  });
  after(() => {
    server.closeAllConnections();
    server.close();
  });
  return new Promise(resolve => server.listen(0, '127.0.0.1', () => resolve({ host: `127.0.0.1:${server.address().port}`, state })));
}
