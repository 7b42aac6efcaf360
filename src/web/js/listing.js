/**
 * A listing: awaited, it is the answer with its first page; iterated, it is every item of every
 * page. Nothing is sent before.
 */
export class Listing {
  #walk;
  #key;
  #first;

  constructor(walk, key) {
    this.#walk = walk;
    this.#key = key;
  }

  /** The answers, page by page. */
  async *pages() {
    const walk = this.#walk.again();
    for (let page = await walk.next(); page !== undefined; page = await walk.next()) yield page;
  }

  async *[Symbol.asyncIterator]() {
    for await (const page of this.pages()) yield* page[this.#key];
  }

  then(resolve, reject) {
    this.#first ??= this.#walk.first();
    return this.#first.then(resolve, reject);
  }

  catch(reject) {
    return this.then(undefined, reject);
  }

  finally(settled) {
    return this.then().finally(settled);
  }
}

export function makeListing(walk, key) {
  return new Listing(walk, key);
}
