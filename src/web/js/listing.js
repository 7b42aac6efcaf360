/**
 * A listing: awaited, it is the answer with its first page; iterated, it is every item of every
 * page. Nothing is sent before.
 */
class Listing {
  #page;
  #walk;
  #key;
  #first;

  constructor(page, walk, key) {
    this.#page = page;
    this.#walk = walk;
    this.#key = key;
  }

  /** The answers, page by page. */
  async *pages() {
    let answer = await this.#page();
    // Not before the first call, which refuses options that cannot be read.
    const walk = this.#walk();
    while (await walk.turn(answer)) {
      yield answer;
      answer = await this.#page(walk.cursor);
    }
    yield answer;
  }

  async *[Symbol.asyncIterator]() {
    for await (const answer of this.pages()) yield* answer[this.#key];
  }

  then(resolve, reject) {
    this.#first ??= this.#page();
    return this.#first.then(resolve, reject);
  }

  catch(reject) {
    return this.then(undefined, reject);
  }

  finally(settled) {
    return this.then().finally(settled);
  }
}

const wrapped = new WeakSet();

/**
 * Makes the methods of a resource that list something return a `Listing`, once for all clients.
 * `listings` says which: the method, the key of its items, and a `Walk` to begin others from.
 * Every page is a call of its own, with the cursor in its query, its last argument but one.
 */
export function wrapListings(resource, listings) {
  const prototype = Object.getPrototypeOf(resource);
  if (wrapped.has(prototype)) return;
  wrapped.add(prototype);
  for (const { name, key, start } of listings) {
    const call = prototype[name];
    const path = call.length - 2;
    const list = function (...args) {
      const [query, options] = args.slice(path);
      const page = (cursor) =>
        call.call(this, ...args.slice(0, path), cursor === undefined ? query : { ...query, cursor }, options);
      return new Listing(page, () => start.again(options?.maxPages), key);
    };
    Object.defineProperty(prototype, name, { value: list, configurable: true, writable: true });
  }
}
