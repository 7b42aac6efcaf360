//! A server for what may become of an upload from a page. What it does stands in the first segment of the path.

import { createServer } from "node:http";

const CORS = {
  "access-control-allow-origin": "*",
  "access-control-allow-methods": "*",
  "access-control-allow-headers": "authorization, x-trace",
  "access-control-expose-headers": "x-request-id, x-ratelimit-limit, x-ratelimit-remaining, x-ratelimit-reset",
};
const HEADERS = { "x-request-id": "r1", "x-ratelimit-limit": "10", "x-ratelimit-remaining": "7", "x-ratelimit-reset": "1800000000" };

/** Starts it; `seen` has what reached it, and how. `elsewhere` is the origin to redirect to. */
export async function startUploads(elsewhere) {
  const seen = [];
  const server = createServer(async (request, response) => {
    const answer = (status, headers = {}, body = "") => response.writeHead(status, { ...CORS, ...headers }).end(body);
    if (request.method === "OPTIONS") return answer(204);
    const [, behaviour] = request.url.split("/");
    const { url, headers } = request;
    const end = request.toArray().then(
      () => "whole",
      () => "aborted",
    );
    seen.push({ url, authorization: headers.authorization, trace: headers["x-trace"], end });
    if ((await end) === "aborted") return undefined;
    const path = url.slice(behaviour.length + 1);
    const tries = seen.filter((other) => other.url === url).length;
    const json = { "content-type": "application/json", ...HEADERS };
    switch (behaviour) {
      case "away":
        return answer(307, { location: elsewhere + path });
      case "aside":
        return answer(307, { location: `/ok${path}` });
      case "get":
        return answer(303, { location: `/ok${path}` });
      case "html":
        return answer(200, { "content-type": "text/html" }, "<html>a proxy</html>");
      case "empty":
        return answer(204);
      case "limited":
        return answer(429, { ...json, "x-ratelimit-remaining": "0" }, '{"error":"rate_limit_exceeded","retryAfter":7}');
      case "busy":
        return tries === 1 ? answer(503, { ...json, "retry-after": "0" }, '{"error":"busy","retryAfter":0}') : answer(201, json, '{"id":"m2"}');
      case "broken":
        return request.socket.destroy();
      case "silent":
        return undefined;
      default:
        return answer(201, json, '{"id":"m1"}');
    }
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    seen,
    stop: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    },
  };
}
