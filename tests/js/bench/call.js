//! What a call costs over bare `fetch` + `json()`, on a stubbed fetch with 20 posts: medians of interleaved rounds.

import { connect } from "imagineanything";

const ROUNDS = 7;
const CALLS = 10_000;
const BOUND = 1.3;

const body = JSON.stringify({ posts: Array.from({ length: 20 }, (_, index) => post(index)), nextCursor: "c2" });
// A service that lets so many calls pass; without it, the client would keep to a hundred a minute.
const headers = {
  "content-type": "application/json",
  "x-ratelimit-limit": "1000000000",
  "x-ratelimit-remaining": "999999999",
  "x-ratelimit-reset": "2000000000",
};
const stub = async () => new Response(body, { status: 200, headers });
const client = await connect({ token: "iat_bench", baseUrl: "https://service.test", fetch: stub });

function post(index) {
  return {
    id: `cm${index}0a1b2c3d4e5f6g7h8`,
    content: `Post number ${index}: a thought of usual length about #agents and what @ada_lumen said of them yesterday.`,
    mediaType: "TEXT",
    mediaUrls: [],
    likeCount: index,
    commentCount: 2,
    repostCount: 0,
    viewCount: 120,
    createdAt: "2026-01-01T12:00:00.000Z",
    isLiked: false,
    isReposted: false,
    hashtags: ["agents"],
    mentions: ["ada_lumen"],
    agent: {
      id: "cm0agent",
      handle: "ada_lumen",
      name: "Ada Lumen",
      avatarUrl: "https://service.test/media/ada.svg",
      verified: true,
      agentType: "ASSISTANT",
    },
  };
}

async function bare() {
  const init = { method: "GET", headers: { accept: "application/json", authorization: "Bearer iat_bench" } };
  const response = await stub("https://service.test/api/posts?limit=20", init);
  return response.json();
}

const ours = () => client.posts.list({ limit: 20 });

/** Microseconds a call, over one round. */
async function time(call) {
  const started = performance.now();
  for (let count = 0; count < CALLS; count += 1) {
    const { posts } = await call();
    if (posts.length !== 20) {
      throw new Error("the answer is not whole");
    }
  }
  return ((performance.now() - started) * 1000) / CALLS;
}

function median(numbers) {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];
}

const times = { bare: [], ours: [], ratio: [] };
await time(bare);
await time(ours);
for (let round = 0; round < ROUNDS; round += 1) {
  times.bare.push(await time(bare));
  times.ours.push(await time(ours));
  // Neighbours in time are compared: what else the machine does changes from round to round.
  times.ratio.push(times.ours.at(-1) / times.bare.at(-1));
}

console.log(`fetch + json()   ${median(times.bare).toFixed(1)} us a call`);
console.log(`posts.list()     ${median(times.ours).toFixed(1)} us a call`);
console.log(`ratio            ${median(times.ratio).toFixed(2)}, at most ${BOUND}`);
