//! The end of a script that was started to make one call: prints how long that took since the process began, in milliseconds.

export function done() {
  const { user, system } = process.cpuUsage();
  const { rss } = process.memoryUsage();
  console.log(JSON.stringify({ ms: performance.now(), workedMs: (user + system) / 1000, rss }));
}
