/** `node observatory-scan.mjs HTTP_PORT HTTPS_PORT PATH…`: grades pages by the rules of the MDN Observatory. */
import { existsSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { ALL_TESTS } from '@mdn/mdn-http-observatory/src/constants.js';
import { MINIMUM_SCORE_FOR_EXTRA_CREDIT } from '@mdn/mdn-http-observatory/src/grader/charts.js';
import { getGradeForScore, getScoreModifier } from '@mdn/mdn-http-observatory/src/grader/grader.js';
import { retrieve } from '@mdn/mdn-http-observatory/src/retriever/retriever.js';
import { CspEvaluator } from 'csp_evaluator/dist/evaluator.js';
import { CspParser } from 'csp_evaluator/dist/parser.js';

// The package fetches the list of preloaded hosts when it is installed with its scripts. This host is on no such list.
const preloaded = fileURLToPath(import.meta.resolve('@mdn/mdn-http-observatory/conf/hsts-preload.json'));
if (!existsSync(preloaded)) writeFileSync(preloaded, '{}');

const [httpPort, httpsPort, ...paths] = process.argv.slice(2);

/** Does the same as the package's `scan`, which has no parameter for the port. */
async function grade(path) {
  const retrieved = await retrieve('localhost', { httpPort: Number(httpPort), httpsPort: Number(httpsPort), path });
  if (!retrieved.responses.auto) throw new Error(`${path} did not answer.`);
  const results = ALL_TESTS.map((test) => test(retrieved));
  const modifiers = results.map(({ result }) => getScoreModifier(result));
  const sum = (numbers) => numbers.reduce((total, number) => total + number, 100);
  const uncurved = sum(modifiers.filter((number) => number < 0));
  const { score, grade: letter } = getGradeForScore(
    uncurved >= MINIMUM_SCORE_FOR_EXTRA_CREDIT ? sum(modifiers) : uncurved,
  );
  const policy = String(retrieved.responses.auto.headers['content-security-policy']);
  const findings = new CspEvaluator(new CspParser(policy).csp).evaluate();
  return {
    path,
    grade: letter,
    score,
    results: Object.fromEntries(results.map((one) => [one.constructor.name, one.result])),
    findings: findings.map(({ severity, directive, value }) => ({ severity, directive, value })),
  };
}

console.log(JSON.stringify(await Promise.all(paths.map(grade))));
