// The work that is measured: a page of posts by the client, and by `fetch` and `json()` alone. The fetch is a stub.

// A service that lets so many calls pass; without it, the client would keep to a hundred a minute.
const headers = {
  "content-type": "application/json",
  "x-ratelimit-limit": "1000000000",
  "x-ratelimit-remaining": "999999999",
  "x-ratelimit-reset": "2000000000",
};

/** The two ways to get a page of so many posts. */
export async function ways(connect, posts) {
  const body = JSON.stringify({ posts: Array.from({ length: posts }, (_, index) => post(index)), nextCursor: "c2" });
  const stub = async () => new Response(body, { status: 200, headers });
  const client = await connect({ token: `iat_bench_${posts}`, baseUrl: "https://service.test", fetch: stub });
  return {
    async bare() {
      const init = { method: "GET", headers: { accept: "application/json", authorization: "Bearer iat_bench" } };
      const response = await stub("https://service.test/api/posts?limit=20", init);
      return response.json();
    },
    ours: () => client.posts.list({ limit: 20 }),
  };
}

/** Makes so many calls, one after the other. */
export async function repeat(call, calls, posts) {
  for (let count = 0; count < calls; count += 1) {
    const answer = await call();
    if (answer.posts.length !== posts) throw new Error("the answer is not whole");
  }
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
