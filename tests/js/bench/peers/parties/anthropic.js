import Anthropic from "@anthropic-ai/sdk";

export const open = (fetch) => new Anthropic({ apiKey: "bench", baseURL: "https://service.test", dangerouslyAllowBrowser: true, fetch });
export const list = (client) => client.models.list({ limit: 20 });
export const answer = (data) => ({ data, has_more: true, last_id: "c2" });
export const resources = (client) => Object.fromEntries(Object.entries(client).filter(([, it]) => it?._client === client));
export const walk = (client) => client.models.list({ limit: 100 });
