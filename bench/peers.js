// How does each reader go from bytes to the sum of amounts by post, as its documentation would have it?
import { dsvFormat } from 'd3-dsv';
import { parquetRead } from 'hyparquet';
import Papa from 'papaparse';
import { inferSchema, initParser } from 'udsv';
import { read, utils } from 'xlsx';
import { from, rollup } from './arquero.js';

const text = buffer => new TextDecoder().decode(buffer);
const number = cell => (typeof cell === 'number' ? cell : Number(cell.replace(',', '.')));

function group(rows, key, value) {
  const sums = new Map();
  for (const row of rows) sums.set(row[key], (sums.get(row[key]) ?? 0) + number(row[value]));
  return { groups: [...sums] };
}

let worker;
function encart(buffer) {
  worker ??= new Worker('/bench-worker.js', { type: 'module' });
  return new Promise(resolve => {
    worker.onmessage = ({ data }) => resolve(data);
    worker.postMessage(buffer, [buffer]);
  });
}

globalThis.readers = {
  encart,
  uDSV(buffer) {
    const csv = text(buffer);
    const parser = initParser(inferSchema(csv, { col: ';' }));
    return group(parser.stringArrs(csv), 3, 4);
  },
  'd3-dsv': buffer => group(dsvFormat(';').parse(text(buffer)), 'poste', 'montant'),
  PapaParse: buffer => group(Papa.parse(text(buffer), { header: true, delimiter: ';', skipEmptyLines: true }).data, 'poste', 'montant'),
  Arquero(buffer) {
    return { groups: rollup(from(text(buffer))) };
  },
  SheetJS(buffer) {
    const book = read(buffer, { dense: true, cellStyles: false });
    return group(utils.sheet_to_json(book.Sheets[book.SheetNames[0]]), 'poste', 'montant');
  },
  async hyparquet(buffer) {
    // by columns, the quickest of its ways
    const columns = {};
    await parquetRead({ file: buffer, columns: ['poste', 'montant'], onChunk: ({ columnName, columnData }) => (columns[columnName] ??= []).push(...[columnData]) });
    const sums = new Map();
    columns.poste.forEach((keys, idx) => keys.forEach((key, row) => sums.set(key, (sums.get(key) ?? 0) + columns.montant[idx][row])));
    return { groups: [...sums] };
  },
};
