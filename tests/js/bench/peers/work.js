//! What every party does in every runtime: a page of posts, from a fetch that is a stub.

const URL = "https://service.test/api/posts?limit=20";
const INIT = { method: "GET", headers: { accept: "application/json", authorization: "Bearer bench" } };
/** How many calls are under way at once while the engine gets to know them. */
const AT_ONCE = 50;

/** A service that lets so many calls pass; without it, a client would keep to a hundred a minute. */
export const HEADERS = {
  "content-type": "application/json",
  "x-ratelimit-limit": "1000000000",
  "x-ratelimit-remaining": "999999999",
  "x-ratelimit-reset": "2000000000",
};

/** A fetch that always gives this. */
export function stub(answer) {
  const body = JSON.stringify(answer);
  return async () => new Response(body, { status: 200, headers: HEADERS });
}

export const posts = (count) => Array.from({ length: count }, (_, index) => post(index));

/** A party's call for so many posts, and the floor below it: the same answer by `fetch` and `json()` alone. */
export async function ways({ open, list, answer }, count) {
  const fetch = stub(answer(posts(count)));
  const client = await open(fetch);
  const got = JSON.stringify(await list(client));
  if (!got.includes(post(count - 1).id)) throw new Error("the answer is not whole");
  return {
    party: () => list(client),
    floor: async () => (await fetch(URL, INIT)).json(),
  };
}

/** Makes so many calls, one after the other. */
export async function repeat(call, calls) {
  for (let count = 0; count < calls; count += 1) await call();
}

/** Makes so many calls, many at once: some clients let time pass between two. */
export async function crowd(call, calls) {
  for (let count = 0; count < calls; count += AT_ONCE) {
    await Promise.all(Array.from({ length: Math.min(AT_ONCE, calls - count) }, call));
  }
}

/** Does `crowd` or `repeat` for one of the `ways`; what was made for a party stays for the next time. */
export function contest(parties) {
  const made = new Map();
  return async ({ party, count, way, calls, how }) => {
    const key = `${party} ${count}`;
    if (!made.has(key)) made.set(key, await ways(parties[party], count));
    await { crowd, repeat }[how](made.get(key)[way], calls);
  };
}

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
