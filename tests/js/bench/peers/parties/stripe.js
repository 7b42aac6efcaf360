import Stripe from "stripe";

export const open = (fetch) => new Stripe("sk_test_bench", { httpClient: Stripe.createFetchHttpClient(fetch) });
export const list = (client) => client.customers.list({ limit: 20 });
export const answer = (data) => ({ object: "list", data, has_more: true, url: "/v1/customers" });
export function resources(client) {
  const isResource = ([key]) => /^[a-z]/.test(key) && !["errors", "webhooks"].includes(key);
  return Object.fromEntries(Object.entries(client).filter(isResource));
}
export const walk = (client) => client.customers.list({ limit: 100 });
