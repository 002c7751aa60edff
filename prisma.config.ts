/** How Prisma's command line finds schema, migrations, store, and an engine where its own cannot be downloaded. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { defineConfig } from 'prisma/config';

const root = import.meta.dirname;

// Prisma downloads a native schema engine on first use. Where there is none we run the WebAssembly build of the same engine,
// which comes with the packages, so that every command works without that download. (Windows cannot run a script as an engine.)
const engines = join(root, 'node_modules/@prisma/engines');
const isNativeThere = existsSync(engines) && readdirSync(engines).some((file) => file.startsWith('schema-engine'));
if (!isNativeThere && process.platform !== 'win32')
  process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= join(root, 'scripts/schema-engine.mjs');

export default defineConfig({
  schema: 'prisma/schema.prisma',
  migrations: { path: 'prisma/migrations' },
  datasource: { url: process.env.DATABASE_URL ?? 'file:./data/digest.db' },
});
