import createClient from "openapi-fetch";

export const open = (fetch) => createClient({ baseUrl: "https://service.test", headers: { authorization: "Bearer bench" }, fetch });
export const list = (client) => client.GET("/api/posts", { params: { query: { limit: 20 } } });
export const answer = (posts) => ({ posts, nextCursor: "c2" });
/** It knows of no operations. */
export const resources = undefined;
