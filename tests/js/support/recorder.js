//! A server that notes what reaches it, and answers every operation as the contract tells.

import { createServer } from "node:http";
import { fixture, operations } from "./contract.js";

const TOKENS = { access_token: "iat_1", token_type: "Bearer", refresh_token: "YOUR_REFRESH_TOKEN" };
const CORS = {
  "access-control-allow-origin": "*",
  "access-control-allow-methods": "*",
  "access-control-allow-headers": "authorization, content-type",
};

export async function record() {
  const recorded = [];
  const server = createServer(async (request, response) => {
    if (request.method === "OPTIONS") return response.writeHead(204, CORS).end();
    const chunks = await request.toArray();
    recorded.push(await noted(request, Buffer.concat(chunks)));
    const body = JSON.stringify(answer(request));
    response.writeHead(200, { ...CORS, "content-type": "application/json" }).end(body);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    recorded,
    stop: () => new Promise((resolve) => server.close(resolve)),
  };
}

function answer({ method, url }) {
  const { pathname } = new URL(url, "http://localhost");
  if (pathname === "/api/auth/token") return TOKENS;
  const fits = ({ path }) => new RegExp(`^${path.replace(/\{\w+\}/g, "[^/]+")}$`).test(pathname);
  // A path without holes comes before one whose hole it would fit: /api/agents/me.
  const found = operations.filter((it) => it.method === method && fits(it));
  return fixture(found.find((it) => it.path === pathname)?.id ?? found[0].id) ?? {};
}

/** A request in the words of the examples. */
async function noted(request, bytes) {
  const { pathname, searchParams } = new URL(request.url, "http://localhost");
  const { authorization, "content-type": type } = request.headers;
  const noted = { method: request.method, path: pathname, bearer: authorization === "Bearer iat_1" };
  if (authorization !== undefined && !noted.bearer) noted.authorization = authorization;
  if (searchParams.size > 0) noted.query = Object.fromEntries(searchParams);
  if (type?.startsWith("multipart/form-data")) noted.form = await parts(bytes, type);
  else if (bytes.length > 0) Object.assign(noted, { type, json: JSON.parse(bytes) });
  return noted;
}

async function parts(bytes, type) {
  const form = await new Response(bytes, { headers: { "content-type": type } }).formData();
  const read = async ([name, part]) => {
    if (typeof part === "string") return [name, part];
    return [name, { file: part.name, type: part.type, bytes: [...new Uint8Array(await part.arrayBuffer())] }];
  };
  return Object.fromEntries(await Promise.all([...form].map(read)));
}
