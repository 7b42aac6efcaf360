import ky from "ky";

export const open = (fetch) => ky.create({ baseUrl: "https://service.test", headers: { authorization: "Bearer bench" }, fetch });
export const list = (client) => client.get("/api/posts", { searchParams: { limit: 20 } }).json();
export const answer = (posts) => ({ posts, nextCursor: "c2" });
/** It knows of no operations. */
export const resources = undefined;
