/** The row that grades pages like the MDN Observatory, through a TLS proxy that adds no headers. */
import { execFile, execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { freePort } from '#tests/free-port.ts';
import { type AttackRow, type Outcome, SkippedRow, type Stage } from './attack-row.ts';

const paths = ['/', '/papers?q=model', '/tags', '/status', '/subscribe'];
const packages = ['@mdn/mdn-http-observatory', 'csp_evaluator'];
const modules = join(import.meta.dirname, '..', '..', 'node_modules');
/** The CSP evaluator's severity for `'self'`, which allows all files of this site. A smaller number is worse. */
const knownSeverity = 50;

type Graded = {
  readonly path: string;
  readonly grade: string;
  readonly score: number;
  readonly findings: readonly { readonly severity: number; readonly directive: string; readonly value?: string }[];
};

export const observatoryRow: AttackRow = {
  name: 'observatory',
  title: 'the rules of the MDN Observatory, over TLS behind a plain proxy',
  needsOwnInstance: true,
  run,
};

async function run(stage: Stage): Promise<Outcome> {
  // The scanner has too many dependencies to be a dependency of the project.
  const missing = packages.filter((name) => !existsSync(join(modules, name)));
  if (missing.length > 0)
    throw new SkippedRow(`install them first: npm install --no-save --ignore-scripts ${missing.join(' ')}`);
  for (const program of ['nginx', 'openssl'])
    if (!isThere(program)) throw new SkippedRow(`${program} is not installed here`);
  const [http, https] = [await freePort(), await freePort()];
  const instance = await stage.start({ settings: { SITE_URL: `https://localhost:${https}` } });
  const folder = mkdtempSync(join(tmpdir(), 'paper-digest-tls-'));
  const proxy = startProxy({ folder, http, https, port: instance.port });
  try {
    await sleep(1000);
    const graded = await scan(folder, [String(http), String(https), ...paths]);
    return {
      passed: graded.every(
        ({ grade, findings }) => grade === 'A+' && findings.every(({ severity }) => severity >= knownSeverity),
      ),
      seen: graded
        .map(({ path, grade, score, findings }) => `${path} ${grade} ${score}, ${findings.length} findings`)
        .join('; '),
    };
  } finally {
    proxy.kill();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function scan(folder: string, args: readonly string[]): Promise<readonly Graded[]> {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [join(import.meta.dirname, 'observatory-scan.mjs'), ...args],
    {
      env: { ...process.env, NODE_EXTRA_CA_CERTS: join(folder, 'cert.pem') },
    },
  );
  return JSON.parse(stdout) as readonly Graded[];
}

type Proxy = { readonly folder: string; readonly http: number; readonly https: number; readonly port: number };

function startProxy({ folder, http, https, port }: Proxy) {
  const files = ['-keyout', join(folder, 'key.pem'), '-out', join(folder, 'cert.pem')];
  const names = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost'];
  execFileSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', ...files, ...names], {
    stdio: 'ignore',
  });
  writeFileSync(
    join(folder, 'nginx.conf'),
    `daemon off; pid ${folder}/pid; error_log ${folder}/error.log; events {}
http {
  access_log off; client_body_temp_path ${folder}/b; proxy_temp_path ${folder}/p; fastcgi_temp_path ${folder}/f;
  uwsgi_temp_path ${folder}/u; scgi_temp_path ${folder}/s;
  server { listen 127.0.0.1:${http}; return 301 https://localhost:${https}$request_uri; }
  server {
    listen 127.0.0.1:${https} ssl; ssl_certificate ${folder}/cert.pem; ssl_certificate_key ${folder}/key.pem;
    location / { proxy_pass http://127.0.0.1:${port}; proxy_set_header Host $http_host; }
  }
}
`,
  );
  return spawn('nginx', ['-p', folder, '-c', join(folder, 'nginx.conf')], { stdio: 'ignore' });
}

function isThere(program: string): boolean {
  try {
    execFileSync('sh', ['-c', `command -v ${program}`], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
