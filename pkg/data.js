// How do data come off the main thread? One file for both ends: in a page it hands orders to a worker, in a worker it
// runs them. Where there can be no worker (another origin, a policy) the page runs them itself.

import { keep, load } from './load.js';

const inWorker = typeof WorkerGlobalScope !== 'undefined' && self instanceof WorkerGlobalScope;
const SHARED = 32_000_000; // a larger body is not kept for others
const COPIED = 5_000_000; // nor put aside for a bad day

const engines = {};
const engine = name => (engines[name] ??= load(name).catch(error => {
  delete engines[name]; // the next order tries again
  throw error;
}));

/** What other formats need: an inflated body, or the reader of a workbook or of Parquet, loaded when one is met. */
async function convert(name, bytes, order) {
  if (name === 'gzip') {
    const inflated = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
    return new Uint8Array(await new Response(inflated).arrayBuffer());
  }
  return (await engine(name)).read(order, bytes);
}

/** A response that the page has begun to receive; how long it is, if its server said so. */
const begun = (body, length) => new Response(body, { headers: length ? { 'content-length': length } : {} });

// One download an address, however many orders need it.
const downloads = new Map();

/** Runs one order. `handed` is a response that the page has begun to receive. */
class Work {
  #abort = new AbortController();
  #used = new Set();

  constructor({ order, base, cache, handed }) {
    Object.assign(this, { order, base, cache, handed });
  }

  async run() {
    const { run } = await engine('data-engine');
    const copy = this.cache && globalThis.caches ? address => this.#copy(address) : undefined;
    return run(this.order, (address, range) => this.#get(address, range), convert, copy);
  }

  /** Gives up what only this order needed. */
  leave() {
    this.#abort.abort();
    this.#used.forEach(download => this.#drop(download));
  }

  #drop(download) {
    download?.users.delete(this);
    if (!download || download.users.size) return;
    download.drop();
    download.abort.abort();
    // what the page has begun to receive, it receives no more
    download.response.then(response => response.body?.cancel(), () => {}).catch(() => {});
  }

  async #get(relative, range) {
    if (!relative) return this.handed.response; // data that stand in the page
    const address = new URL(relative, this.base).href;
    if (this.#abort.signal.aborted) throw this.#abort.signal.reason;
    if (!/^https?:/.test(address)) throw new TypeError(address);
    if (range) {
      // the whole was given up for it
      this.#drop(downloads.get(address));
      return fetch(address, { credentials: 'same-origin', headers: { range }, signal: this.#abort.signal });
    }
    let download = downloads.get(address);
    // asked a second time, it came broken: it is asked again
    if (!download || this.#used.has(download)) {
      const made = { abort: new AbortController(), users: new Set() };
      made.drop = () => downloads.get(address) === made && downloads.delete(address);
      made.response = this.#fetch(address, made.abort.signal);
      downloads.set(address, made);
      // what failed is asked again by the next
      made.response.then(response => response.ok || made.drop(), made.drop);
      download = made;
    }
    download.users.add(this);
    this.#used.add(download);
    const response = await download.response;
    // the last of a large one takes it as it is: nothing of it is kept for others
    if (Number(response.headers.get('content-length')) > SHARED) {
      download.drop();
      if (download.users.size === 1) return response;
    }
    return response.clone();
  }

  /** The last good copy of an address. */
  async #copy(relative) {
    const copies = await caches.open('encart');
    const copy = await copies.match(new URL(relative, this.base).href);
    if (!copy) throw new Error('no copy');
    return copy;
  }

  async #fetch(address, signal) {
    const handed = this.handed?.address === address && this.handed.response;
    this.handed = handed ? undefined : this.handed;
    const response = handed || (await fetch(address, { credentials: 'same-origin', signal }));
    const length = Number(response.headers.get('content-length') ?? NaN);
    if (response.ok && this.cache && globalThis.caches && length < COPIED) keep(address, response.clone().body);
    return response;
  }
}

if (inWorker) {
  const works = new Map();
  const streams = new Map();
  addEventListener('message', async ({ data }) => {
    const { id } = data;
    if (data.leave) {
      works.get(id)?.leave();
      works.delete(id);
      streams.delete(id);
    } else if (data.chunk) {
      streams.get(id)?.enqueue(data.chunk);
    } else if (data.end) {
      const stream = streams.get(id);
      streams.delete(id);
      if (data.end === 'cut') stream?.error(new Error('cut'));
      else stream?.close();
    } else {
      if (data.handed) {
        const cancel = () => {
          streams.delete(id);
          postMessage({ id, enough: true });
        };
        const body = new ReadableStream({ start: controller => streams.set(id, controller), cancel });
        streams.get(id).enqueue(data.handed.head);
        data.handed.response = begun(body, data.handed.length);
      }
      const work = new Work(data);
      works.set(id, work);
      try {
        const parcel = await work.run();
        postMessage({ id, parcel }, [parcel.buffer]);
      } catch (error) {
        postMessage({ id, error: String(error?.stack ?? error) });
      }
    }
  });
  postMessage({ ready: true });
  const name = list => postMessage({ names: list.getEntries().map(({ name }) => name) });
  globalThis.PerformanceObserver && new PerformanceObserver(name).observe({ type: 'resource', buffered: true });
  engine('data-engine').catch(() => {}); // said to the first order
}

/** The worker, when there can be one. */
let worker;
function start() {
  return new Promise(resolve => {
    try {
      const made = new Worker(import.meta.url, { type: 'module' });
      made.addEventListener('message', () => resolve(made), { once: true });
      made.addEventListener('message', ({ data }) => data.names && keepOffline(data.names));
      made.addEventListener('error', () => resolve(null), { once: true });
    } catch {
      resolve(null); // of another origin
    }
  });
}

/** Starts the worker, and its engine with it, before there is an order. */
export const warm = () => (worker ??= start());

/** Where the page is kept for a day without a network, so is what its worker asks for. */
function keepOffline(names) {
  navigator.serviceWorker?.ready.then(({ active }) => {
    if (active?.scriptURL.includes('encart-hors-ligne')) active.postMessage({ asked: names });
  });
}

let last = 0;

/**
 * Makes what an order asks for; resolves to a parcel. `handed` = { address, head, reader, length } is a body that the
 * page has begun to receive; without a reader it has come whole.
 */
export async function read(order, base, cache, signal, handed) {
  const made = await (worker ??= start());
  if (signal?.aborted) throw signal.reason;
  return made ? ask(made, { order, base, cache }, signal, handed) : here({ order, base, cache }, signal, handed);
}

async function here(work, signal, handed) {
  if (handed) {
    const { address, head, reader, length } = handed;
    const pull = async controller => {
      const { done, value } = (await reader?.read()) ?? { done: true };
      if (done) controller.close();
      else controller.enqueue(value);
    };
    const cancel = () => reader?.cancel();
    const body = new ReadableStream({ start: controller => controller.enqueue(head), pull, cancel });
    handed = { address, response: begun(body, length) };
  }
  const own = new Work({ ...work, handed });
  signal?.addEventListener('abort', () => own.leave());
  return own.run();
}

function ask(made, work, signal, handed) {
  const id = ++last;
  return new Promise((resolve, reject) => {
    const hear = ({ data }) => {
      if (data.id !== id) return;
      if (data.enough) return handed?.reader?.cancel().catch(() => {});
      made.removeEventListener('message', hear);
      if (data.parcel) resolve(data.parcel);
      else reject(new Error(data.error));
    };
    made.addEventListener('message', hear);
    signal?.addEventListener('abort', () => {
      made.removeEventListener('message', hear);
      made.postMessage({ id, leave: true });
      handed?.reader?.cancel().catch(() => {});
      reject(signal.reason);
    });
    const { address, head, reader, length } = handed ?? {};
    made.postMessage({ id, ...work, handed: handed && { address, head, length } });
    if (handed) pump(made, id, reader);
  });
}

async function pump(made, id, reader) {
  try {
    for (let part; reader && !(part = await reader.read()).done; ) made.postMessage({ id, chunk: part.value }, [part.value.buffer]);
    made.postMessage({ id, end: 'whole' });
  } catch {
    made.postMessage({ id, end: 'cut' });
  }
}
