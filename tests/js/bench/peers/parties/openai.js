import OpenAI from "openai";

export const open = (fetch) => new OpenAI({ apiKey: "bench", baseURL: "https://service.test/v1", dangerouslyAllowBrowser: true, fetch });
export const list = (client) => client.files.list({ limit: 20 });
export const answer = (data) => ({ object: "list", data, has_more: true });
export const resources = (client) => Object.fromEntries(Object.entries(client).filter(([, it]) => it?._client === client));
export const walk = (client) => client.files.list({ limit: 100 });
