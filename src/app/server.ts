/** The one door from routes to the application; never part of a browser's bundle. */
import 'server-only';
import type { Site } from '#serve/site';
import { answerStatus, openSite } from '#wiring';

export { answerStatus };

// One per process: Next loads this module once for pages and once for route handlers.
const key: unique symbol = Symbol.for('paper-digest.site');
type Shared = typeof globalThis & { [key]?: Site };

export function app(): Site {
  const shared = globalThis as Shared;
  shared[key] ??= openSite();
  return shared[key];
}
