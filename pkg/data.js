// How do data come off the main thread? One file for both ends: in a page it hands orders to a worker, in a worker it
// runs them. Where there can be no worker (another origin, a policy) the page runs them itself. A worker that dies is
// replaced: what it had under way is asked again, each order in a worker of its own, so that only the one that ended it
// ends again.

import { copyOf, keep, load } from './load.js';

const inWorker = typeof WorkerGlobalScope !== 'undefined' && self instanceof WorkerGlobalScope;
const SHARED = 32_000_000; // a larger body is not kept for others
const COPIED = 5_000_000; // nor kept as a copy
const INFLATED = 250_000_000; // in bytes, the limit of a job
const HEARTBEAT = 5_000; // in milliseconds, between two questions to a worker
const SILENCES = 12; // after which it is dead: a minute without an answer
const NO_REFERRER = { referrerPolicy: 'no-referrer' }; // whoever answers is not told the page's whole address

const NOTHING = new Uint8Array(); // what an engine that ended makes

const uncopied = new Set(); // addresses of which their authors want no copy
const works = new Map(); // those whose widgets wait for them or show them, at this end, by id

/** An engine has ended: so have the works at this end. */
function trapped(error) {
  if (inWorker) postMessage({ trap: String(error) });
  for (const work of works.values()) work.end();
}

const engines = {};
const engine = name => (engines[name] ??= load(name, trapped).catch(error => {
  delete engines[name]; // the next order tries again
  throw error;
}));

/** What other formats need: an inflated body, or the reader of a workbook or of Parquet, loaded when one is met. */
async function convert(name, bytes, order) {
  if (name === 'gzip') {
    const inflated = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
    const chunks = [];
    let size = 0;
    // what is larger than a job takes is not inflated to its end
    for (const reader = inflated.getReader(); size <= INFLATED; ) {
      const { done, value } = await reader.read();
      if (done) break;
      chunks.push(value);
      size += value.length;
    }
    return new Uint8Array(await new Blob(chunks).arrayBuffer());
  }
  return (await engine(name)).read(order, bytes);
}

/** How long a body is; not a number where its server does not say. */
const length = ({ headers }) => Number(headers.get('content-length') ?? NaN);

/** Whether its server lets a response be kept. */
const isKept = ({ headers }) => !/no-store|private/i.test(headers.get('cache-control'));

/** A response that the page has begun to receive; how long it is, if its server said so. */
const begun = (body, length) => new Response(body, { headers: length ? { 'content-length': length } : {} });

const blocked = new Set(); // addresses that the policy of security refused
addEventListener('securitypolicyviolation', ({ blockedURI }) => blocked.add(blockedURI));

/** Why nothing comes of an address: 'mixed', 'policy', 'cors' or 'network'. */
async function fetchErrorOf(address) {
  const ask = mode => fetch(address, { method: 'HEAD', mode, credentials: 'omit', ...NO_REFERRER }).then(() => true, () => false);
  if (location.protocol === 'https:' && /^http:/.test(address)) return 'mixed';
  if (new URL(address).origin !== location.origin && (await ask('no-cors')) && !(await ask('cors'))) return 'cors';
  await new Promise(done => setTimeout(done)); // what was refused is said in a task of its own
  return [...blocked].some(start => start && address.startsWith(start)) ? 'policy' : 'network';
}

// One download an address, however many orders need it.
const downloads = new Map();

/** Runs one order. `handed` is a response that the page has begun to receive. */
class Work {
  #abort = new AbortController();
  #used = new Set();
  #bodies = new Map(); // by address, what is put aside once it was read

  constructor({ id, order, base, cache, handed }) {
    Object.assign(this, { id, order, base, cache, handed });
  }

  /** Resolves to the parcel; an engine that ends leaves its promise open, and `end` closes this one. */
  run() {
    works.set(this.id, this);
    return new Promise((resolve, reject) => {
      this.end = () => resolve(NOTHING);
      this.#make().then(resolve, reject);
    }).finally(() => this.#bodies.clear());
  }

  async #make() {
    const { run } = await engine('data-engine');
    const fetched = (address, range) => this.#get(address, range);
    return run(this.order, fetched, convert, this.cache ? address => this.#copy(address) : undefined, () => this.#keepAll());
  }

  /** What was fetched was read: it is good. */
  #keepAll() {
    this.#bodies.forEach((body, address) => keep(address, body));
  }

  /** Gives up what only this order needed. */
  leave() {
    works.delete(this.id);
    this.end();
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
      return this.#ask(address, { headers: { range }, signal: this.#abort.signal });
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
    if (length(response) > SHARED) {
      download.drop();
      if (download.users.size === 1) return response;
    }
    return response.clone();
  }

  /** The last good copy of an address. */
  async #copy(relative) {
    const copy = await copyOf(new URL(relative, this.base).href);
    if (!copy) throw new Error('no copy');
    return copy;
  }

  async #ask(address, options) {
    try {
      return await fetch(address, { credentials: 'same-origin', ...NO_REFERRER, ...options });
    } catch (error) {
      throw options.signal.aborted ? error : await fetchErrorOf(address);
    }
  }

  async #fetch(address, signal) {
    const handed = this.handed?.address === address && this.handed.response;
    this.handed = handed ? undefined : this.handed;
    const response = handed || (await this.#ask(address, { signal }));
    if (!this.cache) {
      uncopied.add(address);
      keep(address);
    } else if (response.ok && isKept(response) && length(response) < COPIED) {
      this.#bodies.set(address, response.clone().body);
    }
    return response;
  }
}

if (inWorker) {
  const streams = new Map();
  addEventListener('message', async ({ data }) => {
    const { id } = data;
    if (data.beat) {
      postMessage({ beat: true });
    } else if (data.leave) {
      works.get(id)?.leave();
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
      try {
        const parcel = await new Work(data).run();
        postMessage({ id, parcel }, parcel.length ? [parcel.buffer] : []);
      } catch (error) {
        postMessage({ id, error: String(error?.stack ?? error) });
      }
    }
  });
  postMessage({ ready: true });
  const name = list => postMessage({ names: list.getEntries().flatMap(({ name }) => (uncopied.has(name) ? [] : name)) });
  globalThis.PerformanceObserver && new PerformanceObserver(name).observe({ type: 'resource', buffered: true });
  engine('data-engine').catch(() => {}); // said to the first order
}

/** A worker, when there can be one, and the orders that it has under way. */
class WorkerClient {
  #orders = new Map(); // by id, what is done with its answer
  #silences = 0;

  static open() {
    return new Promise(resolve => {
      try {
        const worker = new Worker(import.meta.url, { type: 'module' });
        worker.addEventListener('message', () => resolve(new WorkerClient(worker)), { once: true });
        worker.addEventListener('error', () => resolve(null), { once: true });
      } catch {
        resolve(null); // of another origin
      }
    });
  }

  constructor(worker) {
    this.worker = worker;
    worker.addEventListener('message', ({ data }) => this.#receive(data));
    worker.addEventListener('error', ({ message }) => this.close(message));
  }

  #receive(data) {
    this.#silences = 0;
    if (data.names) keepOffline(data.names);
    if (data.trap) this.close(data.trap);
    this.#orders.get(data.id)?.(data);
  }

  /** Asks the worker whether it lives, as long as it has something to do. */
  #keepAlive() {
    this.timer = setInterval(() => {
      this.#silences += 1;
      if (this.#silences > SILENCES) this.close('no answer');
      else this.worker.postMessage({ beat: true });
    }, HEARTBEAT);
  }

  post(id, hear, message) {
    if (!this.#orders.size) this.#keepAlive();
    this.#orders.set(id, hear);
    this.worker.postMessage({ id, ...message });
  }

  /** An order has ended. */
  done(id) {
    this.#orders.delete(id);
    if (!this.#orders.size) clearInterval(this.timer);
  }

  /** The worker is dead, or not needed any more: each order under way is told. */
  close(dead) {
    this.worker.terminate();
    clearInterval(this.timer);
    if (this === current) client = undefined;
    const orders = [...this.#orders.values()];
    this.#orders.clear();
    orders.forEach(hear => hear({ dead }));
  }
}

/** The worker of all orders: a promise of it, and it. */
let client;
let current;
const start = () => (client ??= WorkerClient.open().then(made => (current = made)));

/** Starts the worker, and its engine with it, before there is an order. */
export const warm = start;

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
  const made = await start();
  if (signal?.aborted) throw signal.reason;
  if (handed && !handed.reader) handed.length = handed.head.length;
  const work = { order, base, cache };
  return made ? ask(made, work, signal, handed) : here(work, signal, handed);
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
  const own = new Work({ ...work, id: ++last, handed });
  signal?.addEventListener('abort', () => own.leave());
  return own.run();
}

/** Has a worker do an order. `isAlone` says that it is asked a second time, in a worker of its own. */
function ask(made, work, signal, handed, isAlone) {
  const id = ++last;
  return new Promise((resolve, reject) => {
    const hear = ({ enough, parcel, error, dead }) => {
      if (enough) return handed?.reader?.cancel().catch(() => {});
      made.done(id);
      if (parcel) resolve(parcel);
      else if (dead === undefined) reject(new Error(error));
      else if (isAlone) resolve(NOTHING);
      else resolve(alone(work, signal, handed));
    };
    signal?.addEventListener('abort', () => {
      made.done(id);
      made.worker.postMessage({ id, leave: true });
      handed?.reader?.cancel().catch(() => {});
      reject(signal.reason);
    });
    const { address, head, reader, length } = handed ?? {};
    made.post(id, hear, { ...work, handed: handed && { address, head, length } });
    if (handed) pump(made.worker, id, reader);
  });
}

/** Orders that a dead worker had under way, one after the other. */
let queue = Promise.resolve();
function alone(work, signal, handed) {
  handed?.reader?.cancel().catch(() => {});
  // what has come whole is there still; of what had begun to come the rest is gone: it is asked again
  const again = handed?.reader ? undefined : handed;
  const own = queue.then(async () => {
    if (signal?.aborted) throw signal.reason;
    const made = await WorkerClient.open();
    if (!made) throw new Error('no worker');
    return ask(made, work, signal, again, true).finally(() => made.close());
  });
  queue = own.catch(() => {});
  return own;
}

async function pump(worker, id, reader) {
  try {
    for (let part; reader && !(part = await reader.read()).done; ) worker.postMessage({ id, chunk: part.value }, [part.value.buffer]);
    worker.postMessage({ id, end: 'whole' });
  } catch {
    worker.postMessage({ id, end: 'cut' });
  }
}
