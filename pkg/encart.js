// How does an <encart-…> tag become a widget? The engine comes when the first tag comes near the screen.
// What is inside a tag stays until its widget is ready, and comes back whenever anything fails.

import { at, keep, load } from './load.js';

const CALM = {
  fr: 'Le graphique interactif n’a pas pu être chargé.',
  en: 'The chart could not be loaded.',
};

const TAGS = ['board', 'chart', 'figure', 'story', 'table'].map(name => `encart-${name}`);

let engine; // one engine a page, however many tags
let trap; // what ended it: a module is started once a page
const elements = new Set();
const block = new CSSStyleSheet(); // until the engine brings its own
block.replaceSync(':host { display: block } @media screen { div:not([class]) { display: none } }');

/** An element; in a page an <img name="createElement"> takes the place of the document's own way to make one. */
const make = name => Document.prototype.createElement.call(document, name);

/** Loads and starts the engine. */
function start() {
  if (trap) throw trap;
  return load('engine', trapped, true);
}

/** The other end of data, in a file of its own. */
const bringData = () => import(at('data.js'));

/** Asks for an address now, so that the data come while the engine comes. */
function preload(address) {
  // a portal's, a workbook's: its engine is what takes time, and of Parquet not all is wanted
  if (/^(?!https?:)\w+:|\.(parquet|xlsx|ods)\b/i.test(address)) return bringData().then(({ warm }) => warm(), () => {});
  if (!address || document.head.querySelector(`link[href="${CSS.escape(address)}"]`)) return;
  const link = Object.assign(make('link'), { rel: 'preload', as: 'fetch', href: address, referrerPolicy: 'no-referrer' });
  link.crossOrigin = 'anonymous';
  document.head.append(link);
}

// The way to the data engine, which is loaded when a portal, another format, a large file or a rare step needs it.
const data = {
  read: async (...order) => (await bringData()).read(...order),
  hand: (address, head, reader, length) => ({ address: address.split('#')[0], head, reader, length }),
  keep,
  files: new URL('.', import.meta.url).href,
  part: async name => (await engine)[name]?.(),
};

const near = new IntersectionObserver(
  entries => entries.forEach(({ isIntersecting, target }) => isIntersecting && target.arrive()),
  { rootMargin: '300px' },
);

/** A trap ends the engine, and with it every widget: each gives its place back to what is inside its tag. */
function trapped(error) {
  if (trap) return;
  trap = error;
  // of a meeting, what was behind it
  document.querySelectorAll('[inert=encart]').forEach(element => element.removeAttribute('inert'));
  elements.forEach(element => element.fail(error));
}
addEventListener('hashchange', () => document.querySelectorAll(TAGS).forEach(element => element.meant?.()));

/** Attributes that say nothing of the chart. */
const FOREIGN = /^(class|style|hidden|inert|id|slot|part|dir|role|tabindex|debug|translate|is|data-.*|aria-.*|on.*)$/;

class EncartElement extends HTMLElement {
  #root = this.attachShadow({ mode: 'open' });
  #object;
  #handle;
  #failed;
  settled = new Promise(done => this.addEventListener('encart-notices', done)); // what is inside a board waits for it
  #attributes = new MutationObserver(changes => changes.every(({ attributeName }) => FOREIGN.test(attributeName)) || this.#update());

  connectedCallback() {
    const shell = make('div');
    this.#root.replaceChildren(shell, make('slot'));
    // on paper, of what nobody scrolled to
    if ([...this.children].every(({ localName }) => localName === 'script')) {
      shell.textContent = [this.title, this.getAttribute('src')].filter(Boolean).join('\u{a0}: ');
    }
    this.#root.adoptedStyleSheets = [block];
    if (Object.hasOwn(this, 'spec')) {
      const object = this.spec; // set before the tag was known
      delete this.spec;
      this.spec = object;
    }
    near.observe(this);
    if (this.#isMeant()) this.arrive(); // however far down the page
  }

  /** Whether the page's address speaks of this chart, or may: a file's names are not known yet. */
  #isMeant() {
    const name = new URLSearchParams(location.hash.slice(1)).get('encart');
    return name !== null && (this.hasAttribute('spec') || name === (this.getAttribute('link') ?? this.#object?.link));
  }

  disconnectedCallback() {
    near.unobserve(this);
    this.#attributes.disconnect();
    elements.delete(this);
    this.#release();
  }

  get spec() {
    return this.#object;
  }

  set spec(object) {
    this.#object = object;
    this.#update();
  }

  /** The page's address has changed. */
  meant() {
    if (!this.#handle && this.#isMeant()) this.arrive();
  }

  async arrive() {
    near.unobserve(this);
    elements.add(this);
    preload(this.getAttribute('spec') ?? this.getAttribute('src'));
    try {
      await this.parentElement?.closest('encart-board')?.settled;
      const { mount } = await (engine ??= start());
      if (!this.isConnected || this.#handle) return;
      this.#handle = mount(this, this.#root, this.#given(), data);
      this.#attributes.observe(this, { attributes: true });
    } catch (error) {
      engine = undefined; // when it did not come, the next tag tries again
      this.fail(trap ?? error);
    }
  }

  fail(error) {
    if (!this.isConnected || this.#failed === error) return;
    this.#failed = error; // once is enough
    this.#attributes.disconnect();
    this.removeAttribute('data-meeting');
    this.#handle = undefined; // a trapped engine is not called again
    const slot = this.#root.querySelector('slot');
    const calm = make('p');
    calm.setAttribute('role', 'status');
    calm.textContent = CALM[this.closest('[lang]')?.lang.startsWith('en') ? 'en' : 'fr'];
    this.#root.replaceChildren(slot, calm);
    console.warn('encart [engine]', error);
    this.dispatchEvent(
      new CustomEvent('encart-error', {
        bubbles: true,
        composed: true,
        detail: { level: 'error', code: 'engine', message: String(error) },
      }),
    );
  }

  /** The layers of the specification, the later winning: a script inside, the attributes, an object. */
  #given() {
    const inside = this.querySelector(':scope > script[type="application/json"]')?.textContent;
    const attributes = [...this.attributes].filter(({ name }) => !FOREIGN.test(name)).map(({ name, value }) => [name, value]);
    const layers = object => JSON.stringify([inside, Object.fromEntries(attributes), object]);
    try {
      return layers(this.#object);
    } catch (error) {
      return layers(String(error)); // a cycle, a BigInt: the engine says that it is no object
    }
  }

  #update() {
    this.#handle?.set(this.#given());
  }

  #release() {
    this.#handle?.unmount();
    this.#handle?.free();
    this.#handle = undefined;
  }
}

// twice on a page, from two addresses or two versions: the first stays
for (const tag of TAGS) {
  if (!customElements.get(tag)) customElements.define(tag, class extends EncartElement {});
}
