/** Decides when to restart the server: after 1 s, then twice as long each time, at most 5 times in 10 minutes. */

const firstDelayMs = 1000;
export const restartsMax = 5;
export const windowMs = 600_000;

/** `next` returns the delay before the next start in ms, or null after too many restarts. */
export function createRestartPolicy(nowMs = () => performance.now()) {
  let restarts = [];
  return {
    next() {
      const now = nowMs();
      restarts = restarts.filter((at) => now - at < windowMs);
      if (restarts.length >= restartsMax) return null;
      restarts.push(now);
      return firstDelayMs * 2 ** (restarts.length - 1);
    },
  };
}
