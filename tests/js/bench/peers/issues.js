//! The calls of Octokit, which two packages have.

export const list = (client) => client.rest.issues.listForRepo({ owner: "ada", repo: "engine", per_page: 20 });
export const answer = (posts) => posts;
export const resources = (client) => client.rest;
export async function* walk(client) {
  const query = { owner: "ada", repo: "engine", per_page: 100 };
  for await (const { data } of client.paginate.iterator(client.rest.issues.listForRepo, query)) yield* data;
}
