/**
 * `node scripts/run.mjs tests/hf-client/check http://127.0.0.1:3000 [PYTHON]`: the stock Python client of Hugging Face against a
 * running instance. Exit code 0 all passed, 1 some failed, 2 there is no Python with huggingface_hub. The same requests are always
 * checked in tests/integration/hf-api.test.ts.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

type Report = {
  readonly version: string;
  readonly findings: readonly { readonly name: string; readonly passed: boolean; readonly detail: string }[];
};

const [endpoint, python = 'python3'] = process.argv.slice(2);
if (!endpoint || !URL.canParse(endpoint)) {
  console.error('Name the address of a running Paper Digest, such as http://127.0.0.1:3000');
  process.exit(2);
}

// A home of its own: no token of this machine's user, nothing left behind in their cache.
const env = {
  ...process.env,
  HF_ENDPOINT: endpoint.replace(/\/+$/, ''),
  HF_HOME: mkdtempSync(join(tmpdir(), 'hf-home-')),
  HF_HUB_DISABLE_TELEMETRY: '1',
  HF_TOKEN: '',
};

const probe = spawnSync(python, ['-c', 'import huggingface_hub'], { env, encoding: 'utf8' });
if (probe.status !== 0) {
  console.error(`${python} has no huggingface_hub (pip install huggingface_hub): the client was not run.`);
  process.exit(2);
}

const run = spawnSync(python, [join(import.meta.dirname, 'check.py')], { env, encoding: 'utf8', timeout: 300_000 });
if (run.status !== 0) {
  console.error(run.stderr);
  process.exit(1);
}
const { version, findings } = JSON.parse(run.stdout) as Report;
for (const { name, passed, detail } of findings)
  console.log(`${passed ? '✓' : '✗'} ${name}${passed ? '' : `: ${detail}`}`);
const failed = findings.filter((finding) => !finding.passed).length;
console.log(`\nhuggingface_hub ${version}: ${findings.length - failed} passed, ${failed} failed`);
process.exit(failed > 0 || findings.length === 0 ? 1 : 0);
