/** Packages below these versions have known holes or faults that we rely on being mended. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { root } from './source-files.ts';

const minimum: Readonly<Record<string, string>> = {
  next: '16.4.6',
  react: '19.3.1',
  'react-dom': '19.3.1',
  'better-sqlite3': '13.2.0',
  nodemailer: '9.0.1',
  'fast-xml-parser': '5.5.7',
};

const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
  packages: Record<string, { version?: string; resolved?: string }>;
};
const { dependencies, devDependencies, optionalDependencies } = JSON.parse(
  readFileSync(join(root, 'package.json'), 'utf8'),
) as Record<string, Record<string, string>>;

/** Every copy of a package that the lock file has, also those inside other packages. */
function lockedVersions(name: string): string[] {
  return Object.entries(packages).flatMap(([path, entry]) =>
    (path === `node_modules/${name}` || path.endsWith(`/node_modules/${name}`)) && entry.version ? [entry.version] : [],
  );
}

function isAtLeast(version: string, least: string): boolean {
  const [a = [], b = []] = [version, least].map((text) => text.split(/[.-]/, 3).map(Number));
  const first = a.findIndex((part, i) => part !== b[i]);
  return first === -1 || (a[first] ?? 0) > (b[first] ?? 0);
}

describe('the packages', () => {
  it.each(Object.entries(minimum).filter(([name]) => lockedVersions(name).length > 0))(
    'hold %s at %s or newer',
    (name, least) => {
      expect(lockedVersions(name).filter((version) => !isAtLeast(version, least))).toEqual([]);
    },
  );

  it('are there at all', () => {
    for (const name of ['next', 'react', 'react-dom', 'better-sqlite3'])
      expect(lockedVersions(name), name).not.toEqual([]);
  });

  it('are named by exact versions', () => {
    const named = Object.entries({ ...dependencies, ...devDependencies, ...optionalDependencies });
    expect(named.length).toBeGreaterThan(20);
    expect(named.filter(([, version]) => !/^\d+\.\d+\.\d+(?:-[\w.]+)?$/.test(version))).toEqual([]);
  });

  it('are locked without the address they were fetched from', () => {
    expect(Object.entries(packages).filter(([, entry]) => entry.resolved?.startsWith('http'))).toEqual([]);
  });

  it('bring a SQLite without the corruption fixed in 3.51.3', () => {
    const database = new Sqlite(':memory:');
    const version = database.prepare<[], string>('SELECT sqlite_version()').pluck().get() ?? '';
    database.close();
    expect(isAtLeast(version, '3.51.3'), version).toBe(true);
  });

  it('are compared as numbers', () => {
    expect(isAtLeast('16.10.0', '16.4.6')).toBe(true);
    expect(isAtLeast('16.4.5', '16.4.6')).toBe(false);
    expect(isAtLeast('15.9.9', '16.4.6')).toBe(false);
    expect(isAtLeast('17.0.0', '16.4.6')).toBe(true);
  });
});
