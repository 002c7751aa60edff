/** Whether the store is whole: the file, its references, the full-text index, and room on the disk. */
import { statfsSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Database } from 'better-sqlite3';

export type HealthCheck = { readonly name: string; readonly passed: boolean; readonly detail: string };
export type HealthReport = readonly HealthCheck[];

const freeBytesMin = 500_000_000;

export function checkHealth(database: Database, databaseFile: string): HealthReport {
  const one = (sql: string): unknown => database.prepare(sql).pluck().get();
  const broken = String(one('PRAGMA integrity_check'));
  const orphans = database.prepare('PRAGMA foreign_key_check').all().length;
  const papers = Number(one('SELECT count(*) FROM Paper'));
  const indexed = Number(one('SELECT count(*) FROM paper_fts'));
  const missing = Number(one('SELECT count(*) FROM Paper WHERE key NOT IN (SELECT rowid FROM paper_fts)'));
  const disk = statfsSync(dirname(databaseFile));
  const freeBytes = disk.bavail * disk.bsize;
  return [
    { name: 'SQLite', passed: true, detail: `version ${one('SELECT sqlite_version()')}, ${one('PRAGMA journal_mode')} journal` },
    { name: 'database file', passed: broken === 'ok', detail: broken === 'ok' ? `whole, ${papers} papers` : broken },
    {
      name: 'references',
      passed: orphans === 0,
      detail: orphans === 0 ? 'all lead somewhere' : `${orphans} rows refer to rows that do not exist`,
    },
    indexCheck(database, papers, indexed, missing),
    { name: 'disk', passed: freeBytes >= freeBytesMin, detail: `${Math.round(freeBytes / 1e6).toLocaleString('en')} MB free` },
  ];
}

function indexCheck(database: Database, papers: number, indexed: number, missing: number): HealthCheck {
  const name = 'full-text index';
  try {
    database.exec(`INSERT INTO paper_fts (paper_fts) VALUES ('integrity-check')`);
  } catch (error) {
    return { name, passed: false, detail: `broken: ${error instanceof Error ? error.message : String(error)}` };
  }
  const passed = papers === indexed && missing === 0;
  return {
    name,
    passed,
    detail: passed ? `holds all ${papers} papers` : `holds ${indexed} of ${papers} papers; ${missing} cannot be found`,
  };
}
