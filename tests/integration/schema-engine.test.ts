/** Prisma's command line works offline: its engine has the expected version, and the migrations produce the schema. */
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';

const timeoutMs = 120_000;
const folder = mkdtempSync(join(tmpdir(), 'paper-digest-prisma-'));
afterAll(() => rmSync(folder, { recursive: true }));

type Outcome = { readonly code: number; readonly output: string };

function prisma(...args: string[]): Promise<Outcome> {
  const env = {
    ...process.env,
    DATABASE_URL: `file:${join(folder, 'store.db')}`,
    CHECKPOINT_DISABLE: '1',
    NO_COLOR: '1',
  };
  return new Promise((resolve) => {
    execFile(process.execPath, ['node_modules/prisma/build/index.js', ...args], { env }, (error, stdout, stderr) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : error ? -1 : 0, output: stdout + stderr });
    });
  });
}

const diff = (schema: string) =>
  prisma('migrate', 'diff', '--from-migrations', 'prisma/migrations', '--to-schema', schema, '--exit-code');

describe('the schema engine', () => {
  it('has the version that Prisma expects', () => {
    const { version } = JSON.parse(readFileSync('node_modules/@prisma/schema-engine-wasm/package.json', 'utf8')) as {
      version: string;
    };
    const { prisma: expected } = JSON.parse(
      readFileSync('node_modules/@prisma/engines-version/package.json', 'utf8'),
    ) as {
      prisma: { enginesVersion: string };
    };
    expect(expected.enginesVersion).toMatch(/^[0-9a-f]{40}$/);
    expect(version.endsWith(`.${expected.enginesVersion}`)).toBe(true);
  });

  it('finds no difference between the migrations and the schema', { timeout: timeoutMs }, async () => {
    const { code, output } = await diff('prisma/schema.prisma');
    expect(output).toContain('No difference detected');
    expect(code).toBe(0);
  });

  it('reports a column that no migration creates', { timeout: timeoutMs }, async () => {
    const schema = readFileSync('prisma/schema.prisma', 'utf8');
    const drifted = join(folder, 'drifted.prisma');
    writeFileSync(drifted, schema.replace(/^model Paper \{$/m, 'model Paper {\n  planted Int?'));
    const { code, output } = await diff(drifted);
    expect(output).toContain('planted');
    expect(code).toBe(2);
  });

  it('applies the migrations once', { timeout: timeoutMs }, async () => {
    const before = await prisma('migrate', 'status');
    expect(before.code).toBe(1);
    const deploy = await prisma('migrate', 'deploy');
    expect(deploy.output).toContain('successfully applied');
    const after = await prisma('migrate', 'status');
    expect(after.output).toContain('up to date');
    expect(after.code).toBe(0);
  });
});
