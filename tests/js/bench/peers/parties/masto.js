import { createRestAPIClient } from "masto";

/** It has no option for what to send with. */
export const open = (fetch) => ({ client: createRestAPIClient({ url: "https://service.test", accessToken: "bench" }), fetch });
export const list = ({ client, fetch }) => {
  globalThis.fetch = fetch;
  return client.v1.timelines.public.list({ limit: 20 });
};
export const answer = (posts) => posts;
/** Its methods are made of the names that they are called by. */
export const resources = undefined;
export async function* walk({ client, fetch }) {
  globalThis.fetch = fetch;
  for await (const posts of client.v1.timelines.public.list({ limit: 100 })) yield* posts;
}
