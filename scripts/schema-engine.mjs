#!/usr/bin/env node
/**
 * Replaces Prisma's native schema engine with its WebAssembly build, where the binary cannot be downloaded. Speaks
 * JSON-RPC with the Prisma command line, one message per line. SQLite only.
 */
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3';
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils';
import * as wasm from '@prisma/schema-engine-wasm/schema_engine_bg';

// Copied from the engine: the table that records migrations.
const migrationsTable = `CREATE TABLE IF NOT EXISTS "_prisma_migrations" (
    "id"                    TEXT PRIMARY KEY NOT NULL,
    "checksum"              TEXT NOT NULL,
    "finished_at"           DATETIME,
    "migration_name"        TEXT NOT NULL,
    "logs"                  TEXT,
    "rolled_back_at"        DATETIME,
    "started_at"            DATETIME NOT NULL DEFAULT current_timestamp,
    "applied_steps_count"   INTEGER UNSIGNED NOT NULL DEFAULT 0
)`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  strict: false,
  options: {
    version: { type: 'boolean', short: 'V' },
    datamodels: { type: 'string', multiple: true },
    datasource: { type: 'string' },
  },
});
const { url = '' } = JSON.parse(values.datasource ?? '{}');
const file = url.replace(/^file:/, '');

await loadEngine();
if (values.version) console.log(`schema-engine-wasm ${wasm.version()}`);
else if (positionals[0] === 'cli') handleCommand(positionals[1]);
else await handleMessages();
process.exit(0);

async function loadEngine() {
  const folder = dirname(createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm/schema_engine_bg'));
  const { instance } = await WebAssembly.instantiate(readFileSync(join(folder, 'schema_engine_bg.wasm')), {
    './schema_engine_bg.js': wasm,
  });
  wasm.__wbg_set_wasm(instance.exports);
  // The engine calls it when it panics. The message also arrives as an exception.
  globalThis.PRISMA_WASM_PANIC_REGISTRY = { set_message() {} };
  instance.exports.__wbindgen_start();
}

/** `schema-engine cli …`: responds with exit code and log lines on standard error. Prisma skips the first line. */
function handleCommand(command) {
  log('INFO', 'Starting schema engine CLI');
  if (command === 'can-connect-to-database' && !existsSync(file)) {
    log('ERROR', `Database ${file} does not exist`, { is_panic: false, error_code: 'P1003' });
    process.exit(1);
  }
  if (command === 'create-database') {
    mkdirSync(dirname(resolve(file)), { recursive: true });
    closeSync(openSync(file, 'a'));
  }
  if (command === 'drop-database') removeDatabase();
}

function log(level, message, fields = {}) {
  const line = {
    timestamp: new Date().toISOString(),
    level,
    fields: { message, ...fields },
    target: 'schema_engine::logger',
  };
  process.stderr.write(`${JSON.stringify(line)}\n`);
}

function removeDatabase() {
  for (const suffix of ['', '-wal', '-shm', '-journal']) rmSync(file + suffix, { force: true });
}

async function handleMessages() {
  const datamodels = (values.datamodels ?? []).map((path) => [path, readFileSync(path, 'utf8')]);
  const open = async () =>
    wasm.SchemaEngine.new(
      { datamodels: datamodels.length ? datamodels : undefined },
      () => {},
      bindMigrationAwareSqlAdapterFactory(await adapters()),
    );
  let engine;
  for await (const line of createInterface({ input: process.stdin })) {
    if (!line.trim()) continue;
    const { id, method, params } = JSON.parse(line);
    try {
      // Deletes the file, like the native engine: the tables of a full-text index cannot be dropped one by one.
      if (method === 'reset') {
        removeDatabase();
        engine = undefined;
      }
      engine ??= await open();
      send({ id, result: method === 'reset' ? null : ((await call(engine, method, params)) ?? null) });
    } catch (error) {
      const data = {
        is_panic: false,
        message: error.message ?? String(error),
        error_code: error.code ?? null,
        meta: null,
      };
      send({ id, error: { code: 4466, message: 'The schema engine failed.', data } });
    }
  }
}

async function call(engine, method, params) {
  const result = await (method === 'getDatabaseVersion' ? engine.version(params) : engine[method](params));
  // The native engine prints while it runs. This build returns the text at the end.
  if (method === 'diff' && result?.stdout) send({ id: 1_000_000, method: 'print', params: { content: result.stdout } });
  return result;
}

function send(message) {
  process.stdout.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);
}

async function adapters() {
  const factory = new PrismaBetterSqlite3({ url }, { shadowDatabaseUrl: ':memory:', timestampFormat: 'unixepoch-ms' });
  const connectToShadowDb = factory.connectToShadowDb.bind(factory);
  factory.connectToShadowDb = async () => withScripts(await connectToShadowDb());
  await createMigrationsTable(factory);
  return factory;
}

/** Runs whole migration files on the shadow database, where the driver expects single statements. */
function withScripts(adapter) {
  const executeRaw = adapter.executeRaw.bind(adapter);
  adapter.executeRaw = async (query) => {
    if (query.args.length > 0) return executeRaw(query);
    await adapter.executeScript(query.sql);
    return 0;
  };
  return adapter;
}

/** Without this table, the engine does not recognize that an empty database has no migrations. */
async function createMigrationsTable(factory) {
  const connection = await factory.connect();
  const { rows } = await connection.queryRaw({
    sql: `SELECT count(*) FROM sqlite_master WHERE type = 'table'`,
    args: [],
    argTypes: [],
  });
  if (Number(rows[0][0]) === 0) await connection.executeScript(migrationsTable);
  await connection.dispose();
}
