/** Checks dependencies: minimum versions with security fixes, exact versions and the lock file. */
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

/** Returns the versions of all copies of a package in the lock file, including nested ones. */
function lockedVersions(name: string): string[] {
  return Object.entries(packages).flatMap(([path, entry]) =>
    (path === `node_modules/${name}` || path.endsWith(`/node_modules/${name}`)) && entry.version ? [entry.version] : [],
  );
}

function isAtLeast(version: string, minimumVersion: string): boolean {
  const [a = [], b = []] = [version, minimumVersion].map((text) => text.split(/[.-]/, 3).map(Number));
  const first = a.findIndex((part, i) => part !== b[i]);
  return first === -1 || (a[first] ?? 0) > (b[first] ?? 0);
}

describe('the dependencies', () => {
  it.each(Object.entries(minimum).filter(([name]) => lockedVersions(name).length > 0))(
    'include %s at %s or newer',
    (name, least) => {
      expect(lockedVersions(name).filter((version) => !isAtLeast(version, least))).toEqual([]);
    },
  );

  it('include the packages that these tests check', () => {
    for (const name of ['next', 'react', 'react-dom', 'better-sqlite3'])
      expect(lockedVersions(name), name).not.toEqual([]);
  });

  it('have exact versions in package.json', () => {
    const named = Object.entries({ ...dependencies, ...devDependencies, ...optionalDependencies });
    expect(named.length).toBeGreaterThan(20);
    expect(named.filter(([, version]) => !/^\d+\.\d+\.\d+(?:-[\w.]+)?$/.test(version))).toEqual([]);
  });

  it('have no registry address in the lock file', () => {
    expect(Object.entries(packages).filter(([, entry]) => entry.resolved?.startsWith('http'))).toEqual([]);
  });

  it('include a SQLite with the corruption fix of 3.51.3', () => {
    const database = new Sqlite(':memory:');
    const version = database.prepare<[], string>('SELECT sqlite_version()').pluck().get() ?? '';
    database.close();
    expect(isAtLeast(version, '3.51.3'), version).toBe(true);
  });

  it('are compared by numeric version parts', () => {
    expect(isAtLeast('16.10.0', '16.4.6')).toBe(true);
    expect(isAtLeast('16.4.5', '16.4.6')).toBe(false);
    expect(isAtLeast('15.9.9', '16.4.6')).toBe(false);
    expect(isAtLeast('17.0.0', '16.4.6')).toBe(true);
  });
});
