/**
 * A listing: the promise of the answer with its first page, which is also every item of every page
 * when it is iterated. A plain promise, so that awaiting it takes the engine's shortest way.
 */
function listing(page, begin, key) {
  const first = page();
  first.pages = async function* () {
    let answer = await first;
    // Not before the first call, which refuses options that cannot be read.
    const walk = begin();
    while (await walk.turn(answer)) {
      yield answer;
      answer = await page(walk.cursor);
    }
    yield answer;
  };
  first[Symbol.asyncIterator] = async function* () {
    for await (const answer of first.pages()) yield* answer[key];
  };
  return first;
}

const wrapped = new WeakSet();

/**
 * Makes the methods of a resource that list something return a listing, once for all clients.
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
      return listing(page, () => start.again(options?.maxPages), key);
    };
    Object.defineProperty(prototype, name, { value: list, configurable: true, writable: true });
  }
}
