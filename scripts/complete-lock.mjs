/**
 * Completes package-lock.json after a registry lacked optional packages of other platforms. npm then leaves them out of
 * the lock, and `npm ci` rejects it. Each missing package gets an entry with the version that its parent requires and
 * the platform in its name.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { root } from './bootstrap.mjs';

const systems = ['aix', 'android', 'darwin', 'freebsd', 'linux', 'netbsd', 'openbsd', 'openharmony', 'sunos', 'win32'];
const processors = ['arm64', 'arm', 'ia32', 'loong64', 'mips64el', 'ppc64', 'riscv64', 's390x', 'wasm32', 'x64'];

/** Returns the optional dependencies that the lock lacks, as sorted pairs `[name, version]`. */
export function missingOptionals(packages) {
  const named = Object.values(packages).flatMap((entry) => Object.entries(entry.optionalDependencies ?? {}));
  const missing = named.filter(
    ([name]) =>
      !(`node_modules/${name}` in packages) &&
      !Object.keys(packages).some((path) => path.endsWith(`/node_modules/${name}`)),
  );
  return [...new Map(missing)].sort(([a], [b]) => (a < b ? -1 : 1));
}

/** Derives npm's `os`, `cpu` and `libc` from the words of a package's name. */
export function platformOf(name) {
  const words = name.split(/[^a-z0-9]+/);
  const os = systems.find((system) => words.includes(system)) ?? (words.includes('windows') ? 'win32' : undefined);
  const cpu = processors.find((processor) => words.includes(processor));
  const libc = words.some((word) => word.startsWith('musl'))
    ? 'musl'
    : words.some((word) => word.startsWith('gnu'))
      ? 'glibc'
      : undefined;
  return { ...(os && { os: [os] }), ...(cpu && { cpu: [cpu] }), ...(libc && { libc: [libc] }) };
}

function complete(lock) {
  const entries = missingOptionals(lock.packages).flatMap(([name, version]) => {
    const platform = platformOf(name);
    if (!/^\d+\.\d+\.\d+/.test(version) || !(platform.os || platform.cpu))
      throw new Error(`${name}@${version} is missing for another reason than its platform.`);
    return [[`node_modules/${name}`, { version, ...platform, optional: true }]];
  });
  lock.packages = Object.fromEntries(
    Object.entries({ ...lock.packages, ...Object.fromEntries(entries) }).sort(([a], [b]) => (a < b ? -1 : 1)),
  );
  return entries.length;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const file = join(root, 'package-lock.json');
  const lock = JSON.parse(readFileSync(file, 'utf8'));
  const added = complete(lock);
  writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);
  console.log(`${added} entries were added to package-lock.json.`);
}
