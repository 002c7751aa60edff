/**
 * `npm test`: sets up what is missing and runs all checks, or the named ones: `test.mjs unit tests/unit/day`.
 * The last line is `N passed, N failed` over all checks. Skipped tests count as failed.
 */
import { bootstrap } from './bootstrap.mjs';

await bootstrap({ needsAll: true });
const { checks } = await import('./checks.mjs');

const words = process.argv.slice(2);
const named = words.filter((word) => checks.some((check) => check.name === word));
const rest = words.filter((word) => !named.includes(word));
const chosen = checks.filter((check) => named.length === 0 || named.includes(check.name));
const results = [];

for (const check of chosen) {
  console.log(`\n── ${check.title} ${'─'.repeat(Math.max(0, 76 - check.title.length))}`);
  const startedMs = Date.now();
  const counts = await check.run(rest).catch((error) => {
    console.error(error.message);
    return { passed: 0, failed: 1 };
  });
  results.push({ title: check.title, seconds: (Date.now() - startedMs) / 1000, ...counts });
}

const sum = (key) => results.reduce((total, result) => total + result[key], 0);
console.log(`\n── Summary ${'─'.repeat(69)}`);
for (const { title, seconds, passed, failed } of results) {
  console.log(
    `${failed === 0 ? '✓' : '✗'} ${title.padEnd(52)} ${String(passed).padStart(5)} passed ${String(failed).padStart(4)} failed ${seconds.toFixed(1).padStart(7)} s`,
  );
}
console.log(`\n${sum('passed')} passed, ${sum('failed')} failed`);
process.exit(sum('failed') === 0 && sum('passed') > 0 ? 0 : 1);
