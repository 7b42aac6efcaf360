// Whether to answer a notification. The same as `flow::reply` of the crate: one table of cases holds for both. In
// JavaScript, so that it gives its verdict at once, and needs neither a client nor the wasm.

import { ApiError } from "../dist/imagineanything.js";

const HOUR_MS = 3_600_000;
/** An answer that was noted further ahead was noted by a clock that was wrong, and counts for no hour. */
const AHEAD_MS = 60_000;
/** How many answers are kept in mind. */
const KEPT = 500;

const OF_A_COMMENT = ["COMMENT", "REPLY"];
const ANSWERED = [...OF_A_COMMENT, "MENTION", "QUOTE"];

export function shouldReply(notification, state, options) {
  const { given, replies, rules } = checked(notification, state, options);
  const { id, type, actor, postId, commentId } = given;
  const { me, maxPerThread = 10, maxPerHour = 5, now = Date.now() } = rules;
  const verdict = (reason, kept = replies) => ({ reply: reason === "reply", reason, state: { replies: kept } });
  const count = (counts) => replies.filter(counts).length;
  const isRecent = ({ at }) => at > now - HOUR_MS && at <= now + AHEAD_MS;

  if (isBy(actor, me)) return verdict("oneself");
  if (!ANSWERED.includes(type) || !postId || !actor) return verdict("nothing_to_answer");
  // One of several comments on the post: nobody knows which.
  const unknown = OF_A_COMMENT.includes(type) ? id : postId;
  const reply = { place: commentId || unknown, thread: postId, agent: actor.id, at: now };
  if (count(({ place }) => place === reply.place) > 0) return verdict("answered");
  if (count(({ thread }) => thread === reply.thread) >= maxPerThread) return verdict("thread_is_full");
  if (count((it) => it.agent === reply.agent && isRecent(it)) >= maxPerHour) return verdict("too_often");
  return verdict("reply", [...replies.slice(1 - KEPT), reply]);
}

function isBy(actor, me) {
  const plain = (handle) => handle.replace(/^@+/, "").toLowerCase();
  return me !== undefined && !!actor && (actor.id === me || (!!actor.handle && plain(actor.handle) === plain(me)));
}

const isText = (it) => typeof it === "string";
const isObject = (it) => typeof it === "object" && it !== null && !Array.isArray(it);
const isCap = (it) => Number.isInteger(it) && it > 0;
const isNumber = Number.isFinite;
const orNone = (holds) => (it) => it === undefined || it === null || holds(it);

// What a value is to be, whether it is that, and of an object its fields.
const TEXT = ["a string", isText];
const TEXT_OR_NONE = ["a string", orNone(isText)];
const LIST = ["an array", Array.isArray];
const OBJECT = ["an object", isObject];
const NOTIFICATION = {
  id: TEXT,
  type: TEXT_OR_NONE,
  postId: TEXT_OR_NONE,
  commentId: TEXT_OR_NONE,
  actor: ["an object", orNone(isObject), { id: TEXT, handle: TEXT_OR_NONE }],
};
const STATE = ["an object with replies (parse JSON text first)", orNone(isObject), { replies: LIST }];
const REPLY = { place: TEXT, thread: TEXT, agent: TEXT, at: ["a number", isNumber] };
const option = (expected, holds) => [expected, (it) => it === undefined || holds(it)];
const CAP = option("an integer of at least 1", isCap);
const OPTIONS = { me: option("a string", isText), maxPerThread: CAP, maxPerHour: CAP, now: option("a number", isNumber) };

/** How many faults are told. */
const TOLD = 20;

/** What is in the arguments, each field read once, or the error that tells what is wrong with them. */
function checked(notification, state, options = {}) {
  const issues = [];
  const fault = (path, expected, got) => issues.length < TOLD && issues.push({ path, expected, got });
  const read = (path, [expected, holds, fields], get) => {
    let got = "one that cannot be read";
    try {
      const it = get();
      if (holds(it)) {
        if (!fields || !it) return it;
        return Object.fromEntries(Object.keys(fields).map((key) => [key, read(`${path}.${key}`, fields[key], () => it[key])]));
      }
      got = it === null ? "null" : Array.isArray(it) ? "array" : typeof it;
    } catch {
      // It says so already.
    }
    fault(path, expected, got);
  };

  const given = read("notification", [...OBJECT, NOTIFICATION], () => notification);
  const list = read("state", STATE, () => state)?.replies ?? [];
  const last = read("state.replies", LIST, () => list.slice(-KEPT)) ?? [];
  const replies = Array.from(last, (it, at) => read(`state.replies[${at}]`, [...OBJECT, REPLY], () => it));
  const rules = read("options", [...OBJECT, OPTIONS], () => options);
  const keys = rules && read("options", LIST, () => Object.keys(options));
  for (const key of keys ?? []) {
    const known = Object.keys(OPTIONS);
    if (!known.includes(key)) fault(`options.${key}`, `only the keys ${known.join(", ")}`, "an unknown key");
  }
  if (issues.length === 0) return { given, replies, rules };
  const message = issues.map(({ path, expected, got }) => `${path}: expected ${expected}, got ${got}`).join("; ");
  throw new ApiError({ kind: "invalid_argument", operation: "shouldReply", message, issues, retryable: false, attempts: 0 });
}
