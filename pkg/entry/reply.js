// Whether to answer a notification. The same as `flow::reply` of the crate: one table of cases holds for both. In
// JavaScript, so that it gives its verdict at once, and needs neither a client nor the wasm.

import { ApiError } from "../dist/imagineanything.js";

const HOUR_MS = 3_600_000;
/** How many answers are kept in mind. */
const KEPT = 500;

export function shouldReply(notification, state, options) {
  const { me, maxPerThread = 10, maxPerHour = 5, now = Date.now() } = checked(options);
  const { id, type, actor, postId, commentId } = notification;
  const replies = state?.replies ?? [];
  const verdict = (reason, kept = replies) => ({ reply: reason === "reply", reason, state: { replies: kept } });
  const count = (counts) => replies.filter(counts).length;

  if (isBy(actor, me)) return verdict("oneself");
  if (["FOLLOW", "LIKE", "REPOST"].includes(type) || !postId || !actor) return verdict("nothing_to_answer");
  // One of several comments on the post: nobody knows which.
  const unknown = ["COMMENT", "REPLY"].includes(type) ? id : postId;
  const reply = { place: commentId ?? unknown, thread: postId, agent: actor.id, at: now };
  if (count(({ place }) => place === reply.place) > 0) return verdict("answered");
  if (count(({ thread }) => thread === reply.thread) >= maxPerThread) return verdict("thread_is_full");
  if (count(({ agent, at }) => agent === reply.agent && at > now - HOUR_MS) >= maxPerHour) return verdict("too_often");
  return verdict("reply", [...replies.slice(1 - KEPT), reply]);
}

function isBy(actor, me) {
  const plain = (handle) => handle.replace(/^@+/, "").toLowerCase();
  return me !== undefined && (actor?.id === me || (actor?.handle !== undefined && plain(actor.handle) === plain(me)));
}

/** The options, or the error that tells all that is wrong with them. */
function checked(options = {}) {
  const isCap = (it) => Number.isInteger(it) && it > 0;
  const rules = {
    me: ["a string", (it) => typeof it === "string"],
    maxPerThread: ["an integer of at least 1", isCap],
    maxPerHour: ["an integer of at least 1", isCap],
    now: ["a number", Number.isFinite],
  };
  const fault = (key, expected, got) => ({ path: `options.${key}`, expected, got });
  const issues = Object.entries(options).flatMap(([key, value]) => {
    if (!rules[key]) return fault(key, `only the keys ${Object.keys(rules).join(", ")}`, "an unknown key");
    const [expected, holds] = rules[key];
    return value === undefined || holds(value) ? [] : fault(key, expected, typeof value);
  });
  if (issues.length === 0) return options;
  const message = issues.map(({ path, expected, got }) => `${path}: expected ${expected}, got ${got}`).join("; ");
  throw new ApiError({ kind: "invalid_argument", operation: "shouldReply", message, issues, retryable: false, attempts: 0 });
}
