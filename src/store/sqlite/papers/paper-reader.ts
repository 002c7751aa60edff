/**
 * Reads papers for pages through Prisma's client. Lists use a prepared statement, because an export reads thousands of
 * papers.
 */
import type { Database } from 'better-sqlite3';
import { type Day, listingDays } from '#core/day.ts';
import type { PaperId } from '#core/paper.ts';
import type { PaperReader } from '#core/ports/papers.ts';
import type { PrismaClient } from '#store/generated/client.ts';
import { createNameReader } from './name-reader.ts';
import { fromPaperRow, type StoredPaperRow } from './paper-rows.ts';

/** `database` may be read-only. */
export function createPaperReader(prisma: PrismaClient, database: Database): PaperReader {
  const byKeys = database.prepare<[string], StoredPaperRow>(
    'SELECT * FROM Paper WHERE key IN (SELECT value FROM json_each(?))',
  );
  return {
    ...createNameReader(prisma),
    revision: async () =>
      (await prisma.store.findUniqueOrThrow({ where: { id: 1 }, select: { revision: true } })).revision,
    paperCount: () => prisma.paper.count(),

    async papersByKey(keys) {
      return new Map(byKeys.all(JSON.stringify(keys)).map((row) => [row.key, fromPaperRow(row)]));
    },

    async findPaper(idOrAlias) {
      const row =
        (await prisma.paper.findUnique({ where: { id: idOrAlias } })) ??
        (
          await prisma.alias.findFirst({
            where: { alias: idOrAlias },
            orderBy: { paper: { id: 'asc' } },
            select: { paper: true },
          })
        )?.paper ??
        null;
      return row && { key: row.key, paper: fromPaperRow(row) };
    },

    async listingDays() {
      const rows = await prisma.$queryRaw<
        { day: Day; count: bigint }[]
      >`SELECT day, count(DISTINCT paperKey) AS count FROM Listing
        WHERE day BETWEEN ${listingDays.from} AND ${listingDays.to} GROUP BY day ORDER BY day`;
      return rows.map(({ day, count }) => ({ day, count: Number(count) }));
    },

    async listedOn(day) {
      const rows = await prisma.listing.findMany({
        where: { day },
        orderBy: [{ position: 'asc' }, { paperKey: 'asc' }],
        select: { paperKey: true },
      });
      return [...new Set(rows.map((row) => row.paperKey))];
    },

    latestKey: async () => (await prisma.paper.aggregate({ _max: { key: true } }))._max.key ?? 0,

    idsAfter: async (after, limit) =>
      (await prisma.paper.findMany({
        where: { key: { gt: after } },
        orderBy: { key: 'asc' },
        select: { key: true, id: true },
        take: limit,
      })) as {
        key: number;
        id: PaperId;
      }[],
  };
}
