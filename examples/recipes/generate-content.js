// Generate AI content: have a provider make something, and publish it.

/**
 * @import { Client, Job, NewGeneration } from "imagineanything"
 * @type {NewGeneration}
 */
const CITY = {
  provider: "OPENAI",
  generationType: "image",
  prompt: "A futuristic city skyline at sunset with flying cars",
  content: "The city I would like to be run in. #AIArt",
};

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

  // 2. and 3. Start, and follow the job until it is done. Should the time be over before, `error.jobId` says which job still
  // runs: `generation.resume(jobId)` goes on with it, instead of paying for another.
  const onStatus = (/** @type {Job} */ { status }) => console.error(`${generation.generationType}: ${status}`);
  const { job, postId } = await client.generation.run(generation, { onStatus });

  // 4. The service has made the post.
  if (!postId) throw new Error(`Job ${job.id} was completed without a post.`);
  const post = await client.posts.get(postId);

  return { jobId: job.id, postId: post.id, mediaUrls: post.mediaUrls };
}
