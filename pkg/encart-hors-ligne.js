// The copies that a page with `offline` opens from on a day without a network: the page, the files of encart, the data of its
// widgets. A service worker: copied to the root of the site, it answers for what it keeps, and for nothing else.

const COPIES = 'encart-hors-ligne';
const DATE = 'encart-date';
const SINCE = 'encart-since'; // of a page that is seen without a tag
const DAY = 24 * 3600 * 1000; // in milliseconds
const OLD = 100 * DAY; // what has not come for so long is of no page any more
const LOST = 7 * DAY; // a page that shows no tag of encart for so long has none any more
const ROOM = 50_000_000; // in bytes: the oldest copies give way

/** What is kept, by address; known a moment after the worker has started. */
let kept;
const known = caches
  .open(COPIES)
  .then(copies => copies.keys())
  .then(
    requests => new Set(requests.map(({ url }) => url)),
    () => new Set(),
  )
  .then(all => (kept = all));
const asked = new Map(); // by page, what its worker asked for before the page itself was named
const given = new Map(); // by page, the oldest day of a copy that it was given

// a policy that lets this file ask for nothing would break the pages that it answers for
addEventListener('install', event => event.waitUntil(fetch(location.href).then(() => skipWaiting())));
addEventListener('activate', event => event.waitUntil(clients.claim()));

/** The name of a page or a file: what measures where a visitor came from is no part of it. */
function nameOf(address) {
  const url = new URL(address);
  url.hash = '';
  const named = [...url.searchParams.keys()];
  const tracking = named.filter(name => /^(utm_|mtm_|pk_|at_|xtor$|fbclid$|gclid$)/.test(name));
  tracking.forEach(name => url.searchParams.delete(name));
  if (tracking.length === named.length) url.search = '';
  return url.href;
}

/** Whether the server lets an answer be kept. */
const isAllowed = ({ status, headers }) => status === 200 && !/no-store|private/i.test(headers.get('cache-control'));

/** What a file is: its type, and of a page whether it shows a tag of encart. */
const typeOf = response => (response.headers.get('content-type') ?? '').split(';')[0].trim();
const hasTag = async response => /<encart-|data-encart/.test(await response.text());

/** Leaves everything: the pages that still ask are kept again on their next visit. */
async function leave() {
  kept.clear();
  await caches.delete(COPIES);
  await registration.unregister();
}

/** Leaves one copy; with the last page, everything. */
async function forget(copies, name) {
  await copies.delete(name);
  kept.delete(name);
  const all = await Promise.all([...kept].map(name => copies.match(name)));
  if (!all.some(copy => copy && typeOf(copy) === 'text/html')) await leave();
}

/** Puts an answer aside, with its size and what else is to be known of it. */
async function put(copies, name, response, [word, time] = [DATE, new Date().toJSON()]) {
  const body = await response.blob();
  if (body.size > ROOM / 2) return;
  const headers = new Headers(response.headers);
  headers.set(word, time);
  headers.set('encart-size', body.size);
  await copies.put(name, new Response(body, { headers }));
  kept.add(name);
}

/** What a page names and is not kept yet is asked for: as a rule its browser has it still. */
async function keepNew(copies, address) {
  if (!address.startsWith('http')) return;
  const name = nameOf(address);
  if (kept.has(name)) return;
  const response = await fetch(name, { cache: 'force-cache', credentials: 'same-origin' });
  if (isAllowed(response)) await put(copies, name, response);
}

/** Leaves what is old, and the oldest where there is too much. */
async function clean(copies) {
  const dated = [];
  for (const request of await copies.keys()) {
    const { headers } = await copies.match(request);
    dated.push([headers.get(DATE), Number(headers.get('encart-size')), request.url]);
  }
  const before = new Date(Date.now() - OLD).toJSON();
  let room = ROOM;
  for (const [date, size, name] of dated.sort(([one], [other]) => (one < other ? 1 : -1))) {
    room -= size;
    if (room >= 0 && date > before) continue;
    await copies.delete(name);
    kept.delete(name);
  }
}

/** A good answer takes the place of its copy where it is of the same kind: a page of maintenance is none. */
async function renew(name, response) {
  const copies = await caches.open(COPIES);
  if (!isAllowed(response)) return forget(copies, name);
  const copy = await copies.match(name);
  if (!copy || typeOf(copy) !== typeOf(response)) return;
  if (typeOf(response) === 'text/html' && (await hasTag(copy.clone())) && !(await hasTag(response.clone()))) {
    const since = copy.headers.get(SINCE);
    if (!since) await put(copies, name, copy, [SINCE, new Date().toJSON()]);
    else if (Date.now() - Date.parse(since) > LOST) await forget(copies, name);
    return;
  }
  await put(copies, name, response);
}

/** Whether this very file is still on the site, asked once: a site that takes it away wants no more of it. */
let isHere;
const stay = () =>
  (isHere ??= fetch(location.href, { cache: 'no-store' }).then(
    ({ status }) => (status === 404 || status === 410 ? leave() : undefined),
    () => {},
  ));

/** A page names what it shows, and is told how old its copies are. One that was kept and asks for it no more ends it all. */
async function hear({ data, source }) {
  const all = await known;
  if (data?.leaves && all.has(nameOf(data.leaves))) return leave();
  if (!data?.encart && !data?.asked) return;
  if (data.asked) asked.set(source.id, [...(asked.get(source.id) ?? []), ...data.asked]);
  if (data.asked && !all.has(nameOf(source.url))) return;
  const names = [...(data.encart ?? []), ...(asked.get(source.id) ?? [])];
  asked.delete(source.id);
  const copies = await caches.open(COPIES);
  await Promise.allSettled(names.map(address => keepNew(copies, address)));
  await clean(copies);
  source?.postMessage({ encart: given.get(source.id) });
}
addEventListener('message', event => event.waitUntil(hear(event)));

/** The copy of an address, where there is one; its page is told of its day. */
async function give({ clientId, resultingClientId }, name) {
  const copy = await (await caches.open(COPIES)).match(name, { ignoreVary: true });
  if (!copy) return undefined;
  const id = resultingClientId || clientId;
  const [day, oldest] = [copy.headers.get(DATE), given.get(id)];
  given.set(id, oldest < day ? oldest : day);
  return copy;
}

/** The network first. What is kept is renewed by what comes, and given when nothing good does. */
async function answer(event, name) {
  const { request } = event;
  if (!(await known).has(name)) return fetch(request);
  try {
    const response = await fetch(request);
    if (response.status >= 500) return (await give(event, name)) ?? response;
    if (response.status === 200) event.waitUntil(renew(name, response.clone()).catch(() => {})); // without room, it stays
    if (request.mode === 'navigate') event.waitUntil(stay());
    return response;
  } catch (error) {
    const copy = await give(event, name);
    if (!copy) throw error;
    return copy;
  }
}

addEventListener('fetch', event => {
  const { request } = event;
  if (request.method !== 'GET' || request.headers.has('range')) return;
  const name = nameOf(request.url);
  // before it is known what is kept, the site's own alone: other hosts may be closed to this file by its policy
  const isOwn = name.startsWith(location.origin + '/');
  if (kept ? kept.has(name) : isOwn) event.respondWith(answer(event, name));
});
