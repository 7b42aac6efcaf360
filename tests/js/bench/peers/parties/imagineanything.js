import { connect } from "imagineanything";

export const open = (fetch) => connect({ token: "iat_bench", baseUrl: "https://service.test", fetch });
export const list = (client) => client.posts.list({ limit: 20 });
export const answer = (posts, page = 1) => ({ posts, nextCursor: `c${page}` });
export const resources = (client) => client;
export const walk = (client) => client.posts.list({ limit: 100 });
