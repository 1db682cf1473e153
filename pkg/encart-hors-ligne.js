// What does a page show on a day without a network? What it showed last, with the day of the copy.
// A service worker: copied to the root of the site, it keeps what boards and stories with `offline` name, and nothing else.

const COPIES = 'encart-hors-ligne';
const DATE = 'encart-date';
const kept = caches // what is kept, by address
  .open(COPIES)
  .then(copies => copies.keys())
  .then(requests => new Set(requests.map(({ url }) => url)))
  .catch(() => new Set());
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

/** A page names what it shows: what is not kept yet is asked for; the page is told how old its copies are. */
addEventListener('message', event =>
  event.waitUntil(
    (async () => {
      const copies = await caches.open(COPIES);
      const fetchNew = async address => {
        if (!address.startsWith('http') || (await kept).has(address)) return;
        const response = await fetch(address);
        if (response.status === 200) await keep(copies, address, response);
      };
      await Promise.allSettled((event.data?.encart ?? []).map(fetchNew));
      event.source?.postMessage({ encart: given.get(event.source.id) });
    })(),
  ),
);

/** The network first. What is kept is renewed by what comes, and given when nothing does. */
async function answer({ request, clientId, resultingClientId }) {
  try {
    const response = await fetch(request);
    if (response.status === 200 && (await kept).has(request.url.split('#')[0])) {
      const copies = await caches.open(COPIES);
      keep(copies, request.url, response.clone()).catch(() => {}); // where there is no room, the copy stays as it is
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
