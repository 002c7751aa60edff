/**
 * Record linkage: groups records that describe one paper. Depends on the set of records only, not on their order.
 * 1. Records with the same given id match. Two given ids never merge.
 * 2. Otherwise records match by another source's id.
 * 3. Otherwise they match by title and authors, if both have authors.
 * 4. A title alone matches only if one side has no id and exactly one candidate exists.
 */
import type { StoredRecord } from '#core/record.ts';
import { givenIdOf } from './merge-records.ts';
import { authorsAgree, titleKey } from './title-key.ts';

export type Cluster = { readonly givenId: string | null; readonly records: StoredRecord[] };

export function identifyPapers(records: readonly StoredRecord[]): Cluster[] {
  const titleKeys = new Map(records.map((record) => [record, titleKey(record.title)]));
  const given = clusterByGivenId(records.filter((record) => givenIdOf(record) !== null));
  const withoutGivenId = records.filter((record) => givenIdOf(record) === null);

  const withOtherId = clusterWithoutGivenId(
    withoutGivenId.filter((record) => record.otherIds.length > 0),
    titleKeys,
  );
  const withAuthors = clusterWithoutGivenId(
    withoutGivenId.filter((record) => record.otherIds.length === 0 && record.authors.length > 0),
    titleKeys,
  );
  const titleOnly = clusterByTitle(
    withoutGivenId.filter((record) => record.otherIds.length === 0 && record.authors.length === 0),
    titleKeys,
  );

  const merged = [...given];
  mergeInto(
    withOtherId,
    merged,
    titleKeys,
    (candidate, cluster) => sharesOtherId(candidate, cluster) || haveAgreeingAuthors(candidate, cluster),
  );
  mergeInto(
    withAuthors,
    merged,
    titleKeys,
    (candidate, cluster) => authorsOf(candidate).length === 0 || haveAgreeingAuthors(candidate, cluster),
  );
  mergeInto(titleOnly, merged, titleKeys, () => true);
  return merged;
}

type TitleKeys = ReadonlyMap<StoredRecord, string>;

/** Merges each cluster into its only candidate, else adds it to `merged`. Decides for all before merging any. */
function mergeInto(
  clusters: Cluster[],
  merged: Cluster[],
  keys: TitleKeys,
  canJoin: (candidate: Cluster, cluster: Cluster) => boolean,
): void {
  const byKey = indexByBlockingKey(merged, keys);
  const joins = clusters.map((cluster) => {
    const neighbours = new Set(blockingKeysOf(cluster, keys).flatMap((key) => byKey.get(key) ?? []));
    const candidates = [...neighbours].filter(
      (candidate) =>
        (sharesTitle(candidate, cluster, keys) || sharesOtherId(candidate, cluster)) && canJoin(candidate, cluster),
    );
    return { cluster, target: candidates.length === 1 ? candidates[0] : undefined };
  });
  const joinsByTarget = Map.groupBy(joins, ({ target }) => target);
  // Several papers match a candidate that has only a title. The title is ambiguous, so merge none of them.
  const isAmbiguous = (target: Cluster) =>
    authorsOf(target).length === 0 && (joinsByTarget.get(target)?.length ?? 0) > 1;
  const accepted = joins.map(({ cluster, target }) => ({
    cluster,
    target: target && !isAmbiguous(target) ? target : undefined,
  }));
  for (const { cluster, target } of accepted) {
    if (target) target.records.push(...cluster.records);
    else merged.push(cluster);
  }
}

function indexByBlockingKey(clusters: readonly Cluster[], keys: TitleKeys): Map<string, Cluster[]> {
  const index = new Map<string, Cluster[]>();
  for (const cluster of clusters)
    for (const key of blockingKeysOf(cluster, keys)) index.set(key, [...(index.get(key) ?? []), cluster]);
  return index;
}

/** Returns the blocking keys of a cluster: its titles and ids. Only clusters that share one are compared. */
function blockingKeysOf(cluster: Cluster, keys: TitleKeys): string[] {
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

function haveAgreeingAuthors(left: Cluster, right: Cluster): boolean {
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

/** Clusters records that share another id, or title and authors. Takes the transitive closure of the matches. */
function clusterWithoutGivenId(records: readonly StoredRecord[], keys: TitleKeys): Cluster[] {
  const recordsByKey = new Map<string, StoredRecord[]>();
  const clusterOf = new Map<StoredRecord, Cluster>();
  for (const record of records) {
    let cluster: Cluster = { givenId: null, records: [record] };
    clusterOf.set(record, cluster);
    const blockingKeys = [`title:${keys.get(record)}`, ...record.otherIds.map((id) => `id:${id}`)];
    for (const key of blockingKeys) {
      const neighbours = recordsByKey.get(key) ?? [];
      for (const other of neighbours)
        if (isSamePaper(key, record, other)) cluster = join(cluster, clusterOf.get(other), clusterOf);
      recordsByKey.set(key, [...neighbours, record]);
    }
  }
  return [...new Set(clusterOf.values())];
}

const isSamePaper = (key: string, left: StoredRecord, right: StoredRecord): boolean =>
  key.startsWith('id:') ||
  (left.authors.length > 0 && right.authors.length > 0 && authorsAgree(left.authors, right.authors));

function join(left: Cluster, right: Cluster | undefined, clusterOf: Map<StoredRecord, Cluster>): Cluster {
  if (!right || left === right) return left;
  const [larger, smaller] = left.records.length >= right.records.length ? [left, right] : [right, left];
  for (const record of smaller.records) clusterOf.set(record, larger);
  larger.records.push(...smaller.records);
  return larger;
}
