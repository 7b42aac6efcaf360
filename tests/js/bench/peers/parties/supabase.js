import { createClient } from "@supabase/supabase-js";

export const open = (fetch) => createClient("https://service.test", "bench", { global: { fetch }, auth: { persistSession: false } });
export const list = (client) => client.from("posts").select("*").limit(20);
export const answer = (posts) => posts;
/** Of the database it has no operations, but a builder of queries. */
export const resources = ({ auth, storage, functions }) => ({ auth, storage, functions });
