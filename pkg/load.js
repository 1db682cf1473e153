// How is an engine loaded, and a good answer put aside? The build writes this into both scripts that need it.

/** Whether WebAssembly is refused here, by the policy of the page or of the worker's file: an empty module tells. */
function refusesWasm() {
  try {
    return !new WebAssembly.Module(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]));
  } catch {
    return true;
  }
}

/** What is begun once, and again when it has failed. */
const again = begin => {
  let coming;
  return () => (coming = coming ? coming.catch(begin) : begin());
};

/** Loads and starts an engine by its name; the module and its glue travel at the same moment. An engine in parts gives ways
 * to them: to the second, which begins to come as soon as the first is here, and to the others, where a tag needs them. */
export async function load(name, isInParts) {
  const at = ending => new URL(name + ending, import.meta.url).href;
  if (refusesWasm()) return import(at('-plain.js'));
  const module = fetch(at('.wasm'));
  module.catch(() => {}); // said below, by init
  const glue = await import(at('.js'));
  const response = await module;
  if (!response.ok) throw new Error(`${name}.wasm: ${response.status}`);
  const e = await glue.default({ module_or_path: response });
  if (!isInParts) return glue;
  const l = {}; // what the files that are here give to those that come after them
  const part = (ending, before) =>
    again(async () => {
      const coming = fetch(at(ending));
      coming.catch(() => {}); // said below
      await before?.();
      const { instance } = await WebAssembly.instantiate(await (await coming).arrayBuffer(), { e, l });
      Object.assign(l, instance.exports);
    });
  const later = part('-later.wasm');
  later().catch(() => {}); // said by whoever waits for it
  const apart = part('-apart.wasm', later);
  const meeting = part('-meeting.wasm', apart);
  const story = part('-story.wasm', meeting);
  return { ...glue, later, 'encart-chart': apart, 'encart-figure': apart, 'encart-table': apart, 'encart-board': meeting, 'encart-story': story };
}

/** Puts a good answer aside for a bad day; where there is no room for it, nobody misses it. */
export const keep = (address, body) =>
  globalThis.caches
    ?.open('encart')
    .then(copies => copies.put(address, new Response(body, { headers: { 'encart-date': new Date().toJSON() } })))
    .catch(() => {});
