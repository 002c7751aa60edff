/**
 * One paper once: which records are of one paper (product rules). By given id; else by another source's id; else by title
 * and authors where both have them; by title alone only where one side has no id of its own and exactly one candidate
 * exists. Two given ids are never merged. A function of the set of records, whatever their order.
 */
import type { StoredRecord } from '#core/record.ts';
import { givenIdOf } from './merge-records.ts';
import { authorsAgree, titleKey } from './title-key.ts';

export type Cluster = { readonly givenId: string | null; readonly records: StoredRecord[] };

export function identifyPapers(records: readonly StoredRecord[]): Cluster[] {
  const keys = new Map(records.map((record) => [record, titleKey(record.title)]));
  const given = clusterByGivenId(records.filter((record) => givenIdOf(record) !== null));
  const weak = records.filter((record) => givenIdOf(record) === null);

  const withOtherId = clusterWeak(
    weak.filter((record) => record.otherIds.length > 0),
    keys,
  );
  const named = clusterWeak(
    weak.filter((record) => record.otherIds.length === 0 && record.authors.length > 0),
    keys,
  );
  const nameless = clusterByTitle(
    weak.filter((record) => record.otherIds.length === 0 && record.authors.length === 0),
    keys,
  );

  const settled = [...given];
  settle(
    withOtherId,
    settled,
    keys,
    (candidate, own) => sharesOtherId(candidate, own) || bothNamedAndAgree(candidate, own),
  );
  settle(
    named,
    settled,
    keys,
    (candidate, own) => authorsOf(candidate).length === 0 || bothNamedAndAgree(candidate, own),
  );
  settle(nameless, settled, keys, () => true);
  return settled;
}

type TitleKeys = ReadonlyMap<StoredRecord, string>;

/** Joins each cluster to the one settled cluster it can be of, or settles it by itself; decided for all before any is joined. */
function settle(
  clusters: Cluster[],
  settled: Cluster[],
  keys: TitleKeys,
  canJoin: (candidate: Cluster, own: Cluster) => boolean,
): void {
  const byKey = indexByKey(settled, keys);
  const joins = clusters.map((own) => {
    const near = new Set(clusterKeys(own, keys).flatMap((key) => byKey.get(key) ?? []));
    const candidates = [...near].filter(
      (candidate) => (sharesTitle(candidate, own, keys) || sharesOtherId(candidate, own)) && canJoin(candidate, own),
    );
    return { own, target: candidates.length === 1 ? candidates[0] : undefined };
  });
  const suitors = Map.groupBy(joins, ({ target }) => target);
  // Several papers of one title that could each be a nameless candidate: none is.
  const contested = (target: Cluster) => authorsOf(target).length === 0 && (suitors.get(target)?.length ?? 0) > 1;
  const welcomed = joins.map(({ own, target }) => ({ own, target: target && !contested(target) ? target : undefined }));
  for (const { own, target } of welcomed) {
    if (target) target.records.push(...own.records);
    else settled.push(own);
  }
}

function indexByKey(clusters: readonly Cluster[], keys: TitleKeys): Map<string, Cluster[]> {
  const index = new Map<string, Cluster[]>();
  for (const cluster of clusters)
    for (const key of clusterKeys(cluster, keys)) index.set(key, [...(index.get(key) ?? []), cluster]);
  return index;
}

/** Everything by which a cluster can be found: its titles and other ids. */
function clusterKeys(cluster: Cluster, keys: TitleKeys): string[] {
  const ids = cluster.records.flatMap((record) => record.otherIds.map((id) => `id:${id}`));
  const titles = cluster.records.map((record) => `title:${keys.get(record)}`);
  return [...new Set([...ids, ...titles, ...(cluster.givenId ? [`id:${cluster.givenId}`] : [])])];
}

function sharesTitle(left: Cluster, right: Cluster, keys: TitleKeys): boolean {
  const titles = new Set(left.records.map((record) => keys.get(record)));
  return right.records.some((record) => titles.has(keys.get(record)));
}

function sharesOtherId(left: Cluster, right: Cluster): boolean {
  const ids = new Set([...left.records.flatMap((record) => record.otherIds), ...(left.givenId ? [left.givenId] : [])]);
  return right.records.some((record) => record.otherIds.some((id) => ids.has(id)));
}

const authorsOf = (cluster: Cluster): readonly string[] => cluster.records.flatMap((record) => record.authors);

function bothNamedAndAgree(left: Cluster, right: Cluster): boolean {
  return left.records.some(
    (a) =>
      a.authors.length > 0 && right.records.some((b) => b.authors.length > 0 && authorsAgree(a.authors, b.authors)),
  );
}

function clusterByGivenId(records: readonly StoredRecord[]): Cluster[] {
  return [...Map.groupBy(records, (record) => givenIdOf(record))].map(([givenId, group]) => ({
    givenId,
    records: group,
  }));
}

function clusterByTitle(records: readonly StoredRecord[], keys: TitleKeys): Cluster[] {
  return [...Map.groupBy(records, (record) => keys.get(record)).values()].map((group) => ({
    givenId: null,
    records: group,
  }));
}

/** Records without a given id: together when they share another id, or title and authors; the relation's closure. */
function clusterWeak(records: readonly StoredRecord[], keys: TitleKeys): Cluster[] {
  const near = new Map<string, StoredRecord[]>();
  const clusterOf = new Map<StoredRecord, Cluster>();
  for (const record of records) {
    let own: Cluster = { givenId: null, records: [record] };
    clusterOf.set(record, own);
    const places = [`title:${keys.get(record)}`, ...record.otherIds.map((id) => `id:${id}`)];
    for (const place of places) {
      const neighbours = near.get(place) ?? [];
      for (const other of neighbours)
        if (isSamePaper(place, record, other)) own = join(own, clusterOf.get(other), clusterOf);
      near.set(place, [...neighbours, record]);
    }
  }
  return [...new Set(clusterOf.values())];
}

const isSamePaper = (place: string, left: StoredRecord, right: StoredRecord): boolean =>
  place.startsWith('id:') ||
  (left.authors.length > 0 && right.authors.length > 0 && authorsAgree(left.authors, right.authors));

function join(left: Cluster, right: Cluster | undefined, clusterOf: Map<StoredRecord, Cluster>): Cluster {
  if (!right || left === right) return left;
  const [larger, smaller] = left.records.length >= right.records.length ? [left, right] : [right, left];
  for (const record of smaller.records) clusterOf.set(record, larger);
  larger.records.push(...smaller.records);
  return larger;
}
