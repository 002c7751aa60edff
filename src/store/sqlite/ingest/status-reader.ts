/** Reads the run log, the health of sources and the requested days for the status page. */
import type { Day } from '#core/day.ts';
import type { SourceHealth } from '#core/ports/fetching.ts';
import type { PrismaClient } from '#store/generated/client.ts';

const runsMax = 20;
const rejectionsMax = 20;
const emptyDaysMax = 60;
const recentDaysMax = 500;

export function createStatusReader(prisma: PrismaClient) {
  return {
    runs: async () =>
      prisma.ingestRun.findMany({
        orderBy: { id: 'desc' },
        take: runsMax,
        include: {
          rejections: {
            take: rejectionsMax,
            orderBy: { id: 'asc' },
            select: { place: true, title: true, reason: true },
          },
        },
      }),
    async healths(): Promise<ReadonlyMap<string, SourceHealth>> {
      const rows = await prisma.source.findMany();
      return new Map(rows.map(({ told: _, ...row }) => [row.name, { ...row, latestDay: row.latestDay as Day | null }]));
    },
    /** Returns the latest requested days with papers, then the latest without, each newest first. */
    async askedDays() {
      const [recent, empty] = await Promise.all([
        prisma.sourceDay.findMany({ where: { items: { gt: 0 } }, orderBy: { day: 'desc' }, take: recentDaysMax }),
        prisma.sourceDay.findMany({ where: { items: 0 }, orderBy: { day: 'desc' }, take: emptyDaysMax }),
      ]);
      return [...recent, ...empty].map(({ source, day, reason, items }) => ({
        source,
        day: day as Day,
        reason,
        items,
      }));
    },
  };
}
