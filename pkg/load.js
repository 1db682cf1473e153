// How is an engine loaded, and a good answer put aside? The build writes this into both scripts that need it.

const OLD = 100 * 24 * 3600 * 1000; // in milliseconds: a copy that nobody renewed for so long is left
const ROOM = 20_000_000; // in bytes: the oldest copies give way

/** The address of a file beside this one. All bear the number of their build: files of two builds never meet. */
export const at = name => new URL(`${name}?v=${BUILD}`, import.meta.url).href;

/** Whether WebAssembly is refused here, by the policy of the page or of the worker's file: an empty module tells, once it is
 * asked to run (WebKit refuses that alone). */
function refusesWasm() {
  try {
    return !new WebAssembly.Instance(new WebAssembly.Module(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0])));
  } catch {
    return true;
  }
}

/** What is begun once, and again when it has failed. */
const again = begin => {
  let coming;
  return () => (coming = coming ? coming.catch(begin) : begin());
};

/** The engine without WebAssembly. */
async function plain(name, onTrap) {
  const glue = await import(at(`${name}-plain.js`));
  glue.onTrap(onTrap);
  return glue;
}

/** Loads and starts an engine by its name; the module and its glue travel at the same moment. An engine in parts gives ways
 * to them: to the second, which begins to come as soon as the first is here, and to the others, where a tag needs them.
 * Where the module is refused, missing or not of this build, the engine without WebAssembly is tried. `onTrap` hears what
 * ends the engine. */
export async function load(name, onTrap, isInParts) {
  if (refusesWasm()) return plain(name, onTrap);
  const module = fetch(at(`${name}.wasm`));
  module.catch(() => {}); // said below, by init
  let glue, e;
  try {
    glue = await import(at(`${name}.js`));
    glue.onTrap(onTrap);
    const response = await module;
    if (!response.ok) throw new Error(`${name}.wasm: ${response.status}`);
    e = await glue.default({ module_or_path: response });
  } catch (error) {
    console.warn(`encart [engine.plain] ${name}-plain.js, ${error}`);
    return plain(name, onTrap).catch(() => {
      throw error;
    });
  }
  if (!isInParts) return glue;
  const l = {}; // what the files that are here give to those that come after them
  const part = (ending, before) =>
    again(async () => {
      const coming = fetch(at(name + ending));
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

/** The copies of good answers for a bad day. Where there is no right or no room for them, nobody misses them. */
const withCopies = async act => {
  try {
    return await act(await caches.open('encart'));
  } catch {
    // refused in a sandboxed frame, or full
  }
};

/** The last good copy of an address. */
export const copyOf = address => withCopies(copies => copies.match(address));

/** Puts a good answer aside, with its day; without a body, leaves what was put aside. Old copies are left, and the oldest where
 * there are too many. */
export const keep = (address, body) =>
  withCopies(async copies => {
    if (!body) return copies.delete(address);
    const blob = await new Response(body).blob();
    const headers = { 'encart-date': new Date().toJSON(), 'encart-size': blob.size };
    await copies.put(address, new Response(blob, { headers }));
    const all = await Promise.all((await copies.keys()).map(async key => [key, (await copies.match(key)).headers]));
    const dated = all.map(([key, headers]) => [headers.get('encart-date'), Number(headers.get('encart-size')), key]);
    const before = new Date(Date.now() - OLD).toJSON();
    let room = ROOM;
    for (const [date, size, key] of dated.sort(([one], [other]) => (one < other ? 1 : -1))) {
      room -= size;
      if (room < 0 || date < before) await copies.delete(key);
    }
  });
