// What does a page show on a day without a network? What it showed last, with the day of the copy.
// A service worker: copied to the root of the site, it keeps what boards and stories with `offline` name, and nothing else.

const COPIES = 'encart-hors-ligne';
const DATE = 'encart-date';
const OLD = 100 * 24 * 3600 * 1000; // in milliseconds: what has not come for so long is of no page any more
const kept = caches // what is kept, by address
  .open(COPIES)
  .then(copies => copies.keys())
  .then(requests => new Set(requests.map(({ url }) => url)))
  .catch(() => new Set());
const asked = new Map(); // by page, what its worker asked for before the page itself was named
const given = new Map(); // by page, the oldest day of a copy that it was given

addEventListener('install', () => skipWaiting());
addEventListener('activate', event => event.waitUntil(clients.claim()));

/** Puts an answer aside with its day. */
async function keep(copies, address, response) {
  const headers = new Headers(response.headers);
  headers.set(DATE, new Date().toJSON());
  await copies.put(address, new Response(await response.blob(), { headers }));
  (await kept).add(address);
}

/** What a page names and is not kept yet is asked for. */
async function keepNew(copies, address) {
  if (!address.startsWith('http') || (await kept).has(address)) return;
  const response = await fetch(address);
  if (response.status === 200) await keep(copies, address, response);
}

/** Leaves what has not come for long: each visit with a network renews what it shows. */
async function clean(copies) {
  const before = new Date(Date.now() - OLD).toJSON();
  for (const request of await copies.keys()) {
    const copy = await copies.match(request);
    if (copy && !(copy.headers.get(DATE) > before)) {
      await copies.delete(request);
      (await kept).delete(request.url);
    }
  }
}

/** A page names what it shows, and is told how old its copies are. One that was kept and asks for it no more ends it all:
 * the pages that still ask are kept again on their next visit. */
async function hear({ data, source }) {
  const all = await kept;
  if (data?.leaves && all.has(data.leaves)) {
    all.clear();
    await caches.delete(COPIES);
    return registration.unregister();
  }
  if (!data?.encart && !data?.asked) return;
  if (data.asked) asked.set(source.id, [...(asked.get(source.id) ?? []), ...data.asked]);
  if (data.asked && !all.has(source.url.split('#')[0])) return;
  const names = [...(data.encart ?? []), ...(asked.get(source.id) ?? [])];
  asked.delete(source.id);
  const copies = await caches.open(COPIES);
  await Promise.allSettled(names.map(address => keepNew(copies, address)));
  await clean(copies);
  source?.postMessage({ encart: given.get(source.id) });
}
addEventListener('message', event => event.waitUntil(hear(event)));

/** The network first. What is kept is renewed by what comes, and given when nothing does. */
async function answer(event) {
  const { request, clientId, resultingClientId } = event;
  try {
    const response = await fetch(request);
    if (response.status === 200 && (await kept).has(request.url.split('#')[0])) {
      const [copies, copy] = [await caches.open(COPIES), response.clone()];
      event.waitUntil(keep(copies, request.url, copy).catch(() => {})); // where there is no room, the copy stays as it is
    }
    return response;
  } catch (error) {
    const copies = await caches.open(COPIES);
    const copy = await copies.match(request, { ignoreVary: true });
    if (!copy) throw error;
    const id = resultingClientId || clientId;
    const [day, oldest] = [copy.headers.get(DATE), given.get(id)];
    given.set(id, oldest < day ? oldest : day);
    return copy;
  }
}

addEventListener('fetch', event => {
  if (event.request.method === 'GET' && !event.request.headers.has('range')) event.respondWith(answer(event));
});
