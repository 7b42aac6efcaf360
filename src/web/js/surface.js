// The methods of a client, made from its operations: one function for them all, one for listings.

import { copyOf, snapshot } from "../../value/kind.js";
import { promised } from "../events.js";
import { headerOf, onAbort, rateOf } from "../fetch.js";
import { caller, settled } from "./error.js";

/** What the resources of every client inherit: their methods, by the path of the resource. */
let prototypes;

export function isDefined() {
  return prototypes !== undefined;
}

/** Makes the methods of all operations, and those of longer work. */
export function define(operations, works) {
  prototypes = new Map();
  for (const [operation, about] of operations.trim().split("\n").entries()) {
    const [id, takes, pages] = about.split(" ");
    const dot = id.lastIndexOf(".");
    const [path, name] = [id.slice(0, dot), id.slice(dot + 1)];
    if (!prototypes.has(path)) prototypes.set(path, {});
    const value = pages ? listing(operation, Number(takes), pages) : method(operation, Number(takes));
    add(path, name, value);
  }
  for (const [path, name, value] of works) add(path, name, value);
}

function add(path, name, value) {
  Object.defineProperty(value, "name", { value: name });
  Object.defineProperty(prototypes.get(path), name, { value, configurable: true, writable: true });
}

/**
 * Gives a client its resources, always the same objects. They do their calls through `core`, which
 * outlives a client that is freed, and keep their client alive, for those who hold nothing else of
 * it: a client that is collected is closed.
 */
export function attach(client, core) {
  const held = { client: { value: client }, core: { value: core } };
  const add = (parent, name, prototype) => {
    const value = Object.create(prototype, held);
    Object.defineProperty(parent, name, { value, enumerable: true });
  };
  Object.defineProperty(client, "limits", { value: () => core.limits() });
  freeOnce(client);
  add(client, "auth", auth);
  for (const [path, prototype] of prototypes) {
    const [name, parent] = path.split(".").reverse();
    if (parent && !client[parent]) add(client, parent, {});
    add(parent ? client[parent] : client, name, prototype);
  }
}

/** Freeing it again does nothing: what is disposed of by `using` may have been freed before. */
function freeOnce(client) {
  const { free } = client;
  let isFree = false;
  const value = () => {
    if (!isFree) free.call(client);
    isFree = true;
  };
  for (const name of ["free", Symbol.dispose]) {
    if (name) Object.defineProperty(client, name, { value });
  }
}

const auth = {
  token() {
    return settled(promised((deferred) => this.core.token(deferred)), caller());
  },
  refresh() {
    return settled(promised((deferred) => this.core.refresh(deferred)), caller());
  },
  signOut() {
    return settled(promised((deferred) => this.core.signOut(deferred)), caller());
  },
};

function method(operation, takes) {
  return function (...args) {
    return called(this, performed(operation, this.core, args.slice(0, takes).map((arg) => snapshot(arg)), copyOf(args[takes])), caller());
  };
}

/** The promise of what an operation comes to. */
function performed(operation, core, args, options) {
  return promised((deferred) => core.perform(deferred, operation, args, options));
}

/**
 * The call of a resource, whose outcome is promised: the promise of its answer, which can tell what
 * came with it. It keeps the resource, and so its client, until it is over.
 */
function called(resource, outcome, here) {
  // What is handed to whoever asks is not kept for who does not: a call that holds on to its
  // response makes the engine's garbage collection cost more than the call.
  const asked = { resource };
  const call = settled(outcome, here, (it) => {
    asked.give?.(it);
    asked.resource = undefined;
    return it.value;
  });
  // By `this`: with functions that hold it, a promise keeps its answer for long in engines with little
  // room for what is young, as in Workers, and collecting that costs more than the call.
  call.withResponse = function () {
    if (!asked.resource) return Promise.reject(new TypeError("ask for withResponse() before the answer is there"));
    asked.given ??= new Promise((resolve) => {
      asked.give = resolve;
    });
    return this.then(() => asked.given).then(described);
  };
  return call;
}

function described(outcome) {
  const { value: data, status, headers } = outcome;
  if (status === undefined) return { data };
  const { limit, remaining, reset } = rateOf(outcome) ?? {};
  const rateLimit = remaining === undefined ? undefined : { limit, remaining, reset };
  return { data, status, headers, requestId: headerOf(outcome, "x-request-id"), rateLimit };
}

/**
 * A method that gives a listing: the promise of the answer with its first page, which is also every
 * item of every page when it is iterated. A plain promise, so that awaiting it takes the engine's
 * shortest way. Every page is a call of its own, with the cursor in its query, the last argument.
 */
function listing(operation, takes, key) {
  return function (...args) {
    const [path, query, options] = [args.slice(0, takes - 1), snapshot(args[takes - 1]), copyOf(args[takes])];
    const page = (asked, given) => performed(operation, this.core, [...path, asked], given);
    const first = called(this, page(query, options), caller());
    const walk = (first, within) => pagesOf(first, { core: this.core, operation, key, query, options, page, within });
    // Of the frames `settled`, or `caller`, and a generator are ours, or two of these.
    first.pages = function () {
      return walk(this, 2);
    };
    first[Symbol.asyncIterator] = function () {
      return itemsOf(walk(this, 3), key, options);
    };
    return first;
  };
}

/**
 * The answers of a listing whose first page is under way. It is the listing's own; those after it
 * are the walk's, and end when it is left.
 */
function pagesOf(first, { core, operation, key, query, options, page, within }) {
  const leaving = new AbortController();
  const ask = (cursor) => page({ ...query, cursor }, { ...options, signal: either(leaving.signal, options?.signal) });
  async function* walk() {
    try {
      let answer = await first;
      if (answer?.dryRun === true) return yield answer;
      const { maxPages, maxItems, prefetch } = options ?? {};
      let [cursor, items] = [query?.cursor ?? undefined, 0];
      for (let pages = 0; ; pages += 1) {
        items += answer?.[key]?.length ?? 0;
        const next = core.turn(operation, answer, cursor, pages, items, maxPages ?? undefined, maxItems ?? undefined);
        if (typeof next === "object") await settled(Promise.reject(next), caller(), undefined, within);
        const ahead = prefetch && next !== undefined ? ask(next) : undefined;
        // What is wrong with it is told in its turn.
        ahead?.catch(() => {});
        first.cursor = cursor;
        yield answer;
        if (next === undefined) return;
        cursor = next;
        answer = await settled(ahead ?? ask(cursor), caller(), (it) => it.value, within);
      }
    } catch (error) {
      if (!leaving.signal.aborted) throw error;
    }
  }
  return leavable(walk(), () => leaving.abort());
}

function itemsOf(pages, key, options) {
  async function* walk() {
    let rest;
    for await (const answer of pages) {
      // Not before they were found to be options.
      rest ??= options?.maxItems ?? Infinity;
      const items = answer[key] ?? [];
      yield* items.slice(0, rest);
      rest -= items.length;
    }
  }
  return leavable(walk(), () => pages.return());
}

/** A generator that is left at once: `leave` ends what it waits for. */
export function leavable(generator, leave) {
  const { return: end } = generator;
  generator.return = (value) => {
    leave();
    return end.call(generator, value);
  };
  return generator;
}

/** A signal that aborts when one of two does. It holds nobody: whoever listens, listens to both. */
export function either(one, other) {
  if (!one || !other) return one ?? other;
  const stops = new Map();
  return {
    get aborted() {
      return one.aborted || other.aborted;
    },
    get reason() {
      return one.aborted ? one.reason : other.reason;
    },
    addEventListener(_, listener) {
      stops.set(listener, [one, other].map((signal) => onAbort(signal, listener)));
    },
    removeEventListener(_, listener) {
      stops.get(listener)?.forEach((stop) => stop?.());
      stops.delete(listener);
    },
  };
}
