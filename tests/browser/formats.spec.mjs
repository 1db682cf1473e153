// Are workbooks, Parquet and inline data read in a page, and of a large file only what matters?
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { open, put } from './kit.mjs';
import { COMMUNES, parquet, play, workbook } from './portal.mjs';

const BOOK = await workbook();
const N = 150_000;
const place = (_, idx) => COMMUNES[idx % COMMUNES.length];
/** Visits of a place by day, many: the words beside make the file large. */
const LARGE = parquet([
  { name: 'commune', type: 'STRING', data: Array.from({ length: N }, place).map(({ commune }) => commune) },
  { name: 'visites', type: 'INT32', data: Array.from({ length: N }, (_, idx) => idx % 7) },
  { name: 'remarque', type: 'STRING', data: Array.from({ length: N }, (_, idx) => `Relevé ${(idx * 2654435761) % 4294967296}`) },
]);
const visits = name => Array.from({ length: N }, (_, idx) => (place(0, idx).commune === name ? idx % 7 : 0)).reduce((sum, count) => sum + count, 0);

const cells = async page => {
  const shown = page.locator('encart-chart');
  await shown.getByRole('button', { name: 'Tableau' }).click();
  return shown.locator('tbody tr').evaluateAll(rows => rows.map(row => [...row.children].map(cell => cell.textContent.trim())));
};
const number = text => Number(text.replace(/\D/g, ''));

for (const ranges of [true, false]) {
  test(`a large Parquet file, from a server ${ranges ? 'that gives ranges' : 'that gives none'}`, async () => {
    const { host, state } = await play({ ranges, holds: ranges, answer: () => ({ body: LARGE, type: 'application/octet-stream' }) }, 'good');
    const page = await open();
    const steps = [{ group: { by: 'commune', total: 'sum(visites)' } }];
    const said = await put(page, { src: `http://${host}/visites.parquet`, kind: 'bar', x: 'commune', y: 'total', title: 'Visites', steps, cache: 'none' });
    assert.equal(said.name, 'encart-ready', said.message);
    const rows = await cells(page);
    assert.equal(rows.length, COMMUNES.length);
    for (const [name, total] of rows) assert.equal(number(total), visits(name), name);
    if (ranges) {
      assert.ok(state.bytes > 0 && state.bytes < LARGE.length / 3, `${state.bytes} of ${LARGE.length}`);
      await state.givenUp; // what the page had begun to receive
    }
    assert.deepEqual(page.said.errors, []);
  });
}

test('the sheet of a workbook is found, said, and can be named', async () => {
  const { host } = await play({ answer: () => ({ body: BOOK, type: 'application/octet-stream' }) }, 'good');
  const page = await open();
  const tag = { kind: 'bar', x: 'commune', y: 'population', title: 'Population', cache: 'none' };
  const first = await put(page, { ...tag, src: `http://${host}/populations.xlsx` });
  assert.equal(first.name, 'encart-ready', first.message);
  assert.match(first.notices.find(({ code }) => code === 'sheet.others')?.message, /Lisez-moi/);
  const rows = await cells(page);
  assert.deepEqual(rows.map(([name, count]) => [name, number(count)]).sort(), COMMUNES.map(({ commune, population }) => [commune, population]).sort());
  await page.evaluate(() => document.querySelector('#here').replaceChildren());
  const named = await put(page, { ...tag, src: `http://${host}/populations.xlsx#communes` });
  assert.equal(named.name, 'encart-ready', named.message);
  assert.ok(!named.notices.some(({ code }) => code === 'sheet.others'));
  await page.evaluate(() => document.querySelector('#here').replaceChildren());
  const wrong = await put(page, { ...tag, src: `http://${host}/populations.xlsx#Comunes` });
  assert.deepEqual([wrong.name, wrong.code], ['encart-error', 'sheet.unknown']);
  assert.match(wrong.message, /« Communes »/);
});

test('data that stand in the page take every step, and two widgets do not mix theirs', async () => {
  const page = await open();
  const tag = { kind: 'line', x: 'annee', y: 'cumul', title: 'Cumul', steps: [{ window: { cumul: 'running_total(nb)' } }] };
  const of = (first, second) => `annee;nb\n2023;${first}\n2024;${second}\n`;
  for (const [first, second] of [[1, 2], [10, 20]]) {
    await page.evaluate(() => document.querySelector('#here').replaceChildren());
    const said = await put(page, { ...tag, data: of(first, second) });
    assert.equal(said.name, 'encart-ready', said.message);
    assert.deepEqual((await cells(page)).map(([, total]) => number(total)), [first, first + second]);
  }
});

test('the readers without WebAssembly give the same', async () => {
  const page = await open();
  const same = await page.evaluate(
    async ([book, file]) => {
      const bytes = base64 => Uint8Array.from(atob(base64), letter => letter.charCodeAt(0));
      const given = {};
      for (const [name, base64] of [['sheet', book], ['parquet', file]]) {
        const order = JSON.stringify({ size: bytes(base64).length, parts: [[0, bytes(base64).length]], conditions: [] });
        const glue = await import(`/encart/${name}.js`);
        await glue.default({ module_or_path: fetch(`/encart/${name}.wasm`) });
        const plain = await import(`/encart/${name}-plain.js`);
        const [one, other] = [glue, plain].map(reader => reader.read(order, bytes(base64)));
        given[name] = one.length > 100 && one.length === other.length && one.every((byte, idx) => byte === other[idx]);
      }
      return given;
    },
    [BOOK.toString('base64'), parquet([{ name: 'commune', type: 'STRING', data: COMMUNES.map(({ commune }) => commune) }]).toString('base64')],
  );
  assert.deepEqual(same, { sheet: true, parquet: true });
});
