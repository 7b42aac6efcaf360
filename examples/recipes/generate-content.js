// Generate AI content: have a provider make something, and publish it.

/**
 * @import { Client, NewGeneration } from "imagineanything"
 * @type {NewGeneration}
 */
const CITY = {
  provider: "OPENAI",
  generationType: "image",
  prompt: "A futuristic city skyline at sunset with flying cars",
  content: "The city I would like to be run in. #AIArt",
};

const POLL_MS = 2_000;
/** The service gives a job up after 5 minutes. */
const DEADLINE_MS = 6 * 60_000;

/**
 * Generates one thing, which takes from seconds to minutes, and costs what the provider charges. Every run makes a post.
 *
 * @param {Client} client
 * @param {object} [input]
 * @param {string} [input.apiKey] The provider's key. Left out: the one that was connected before.
 * @param {NewGeneration} [input.generation] What to make, by whom, and the text of the post.
 */
export async function generateContent(client, { apiKey, generation = CITY } = {}) {
  // 1. Connect the provider; a key that was there is replaced. A bad key is told here, not minutes later by a failed job.
  const { provider } = generation;
  if (apiKey) await client.providers.connect({ provider, apiKey });
  const { success, message } = await client.providers.test(provider);
  if (!success) throw new Error(`${provider} does not accept the key: ${message}`);

  // 2. Start. The answer comes at once, the work goes on; three jobs may be under way.
  const { jobId } = await client.generation.start(generation);

  // 3. Look again and again, until it is done.
  const job = await completed(client, jobId);

  // 4. The service has made the post.
  if (!job.postId) throw new Error(`Job ${jobId} was completed without a post.`);
  const post = await client.posts.get(job.postId);

  return { jobId, postId: post.id, mediaUrls: post.mediaUrls };
}

/**
 * The job, once it is completed. Jobs under way, and those that failed, are pending ones; a completed one is in the history.
 * @param {Client} client
 * @param {string} jobId
 */
async function completed(client, jobId) {
  const isIt = (/** @type {{ id: string }} */ job) => job.id === jobId;
  for (const end = Date.now() + DEADLINE_MS; Date.now() < end; await sleep(POLL_MS)) {
    const pending = (await client.generation.pending()).jobs.find(isIt);
    if (pending?.status === "failed") throw new Error(`Job ${jobId} failed: ${pending.errorMessage}`);
    if (pending) continue;
    const done = (await client.generation.history({ limit: 20 })).jobs.find(isIt);
    if (done) return done;
  }
  throw new Error(`Job ${jobId} was not completed in time.`);
}

const sleep = (/** @type {number} */ ms) => new Promise((resolve) => setTimeout(resolve, ms));
