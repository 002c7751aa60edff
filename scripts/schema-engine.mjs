#!/usr/bin/env node
/**
 * Prisma's schema engine where its native binary cannot be downloaded: answers what the Prisma command line asks, one JSON-RPC
 * message a line on standard input and output, with the WebAssembly build of the engine. SQLite only.
 */
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3';
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils';
import * as wasm from '@prisma/schema-engine-wasm/schema_engine_bg';

// The engine's own statement for the table in which it records migrations.
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
else if (positionals[0] === 'cli') answerCommand(positionals[1]);
else await answerMessages();
process.exit(0);

async function loadEngine() {
  const folder = dirname(createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm/schema_engine_bg'));
  const { instance } = await WebAssembly.instantiate(readFileSync(join(folder, 'schema_engine_bg.wasm')), {
    './schema_engine_bg.js': wasm,
  });
  wasm.__wbg_set_wasm(instance.exports);
  // Called by the engine when it panics; the message reaches us as an exception too.
  globalThis.PRISMA_WASM_PANIC_REGISTRY = { set_message() {} };
  instance.exports.__wbindgen_start();
}

/** `schema-engine cli …`: answers by its exit code and by log lines on standard error, of which Prisma drops the first. */
function answerCommand(command) {
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

async function answerMessages() {
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
      // Emptied table by table, the ones behind a full-text index refuse; the native engine deletes the file too.
      if (method === 'reset') {
        removeDatabase();
        engine = undefined;
      }
      engine ??= await open();
      send({ id, result: method === 'reset' ? null : ((await ask(engine, method, params)) ?? null) });
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

async function ask(engine, method, params) {
  const result = await (method === 'getDatabaseVersion' ? engine.version(params) : engine[method](params));
  // What the native engine prints as it goes, this one hands over at the end.
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

/** The engine hands the shadow database whole migration files where the driver takes single statements. */
function withScripts(adapter) {
  const executeRaw = adapter.executeRaw.bind(adapter);
  adapter.executeRaw = async (query) => {
    if (query.args.length > 0) return executeRaw(query);
    await adapter.executeScript(query.sql);
    return 0;
  };
  return adapter;
}

/** In an empty database this engine fails to see that no migration was applied yet, unless the table is there. */
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
