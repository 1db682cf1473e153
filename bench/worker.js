// What does the data engine make of the file, and how much memory did it take?
import init, { run } from '/dist/data-engine.js';

const ready = init({ module_or_path: '/dist/data-engine.wasm' });
const order = JSON.stringify({ src: 'https://exemple.fr/ledger', steps: [{ group: { by: 'poste', total: 'sum(montant)' } }] });
const readers = {};

/** The readers of workbooks and of Parquet, as `pkg/data.js` loads them. */
async function convert(name, bytes, order) {
  readers[name] ??= import(`/dist/${name}.js`).then(async glue => (await glue.default({ module_or_path: `/dist/${name}.wasm` }), glue));
  return (await readers[name]).read(order, bytes);
}

onmessage = async ({ data }) => {
  const { memory } = await ready;
  const parcel = await run(order, () => Promise.resolve(new Response(pieces(data))), convert);
  postMessage({ groups: read(parcel), memory: memory.buffer.byteLength });
};

/** The file in pieces, as a network gives it. */
function pieces(buffer) {
  let at = 0;
  return new ReadableStream({
    pull(controller) {
      const end = Math.min(at + 65_536, buffer.byteLength);
      controller.enqueue(new Uint8Array(buffer, at, end - at));
      at = end;
      if (at === buffer.byteLength) controller.close();
    },
  });
}

/** The two columns of the parcel: names, then sums (`table::wire`). */
function read(parcel) {
  const view = new DataView(parcel.buffer, parcel.byteOffset, parcel.byteLength);
  let at = 0;
  const count = () => (at += 4, view.getUint32(at - 4, true));
  const words = () => {
    const length = count();
    at += length;
    return new TextDecoder().decode(parcel.subarray(at - length, at));
  };
  const columns = Array.from({ length: count() }, () => {
    words();
    words();
    const kind = view.getUint8(at++);
    const cells = Array.from({ length: count() }, () => {
      at += 1;
      if (kind === 2) return words();
      at += 8;
      return view.getFloat64(at - 8, true);
    });
    count(); // of cells that say how sure they are: none
    return cells;
  });
  return columns[0].map((name, idx) => [name, columns[1][idx]]);
}
