/** Parses a page of an OAI-PMH harvest, in the formats `arXiv` and `oai_dc` (Dublin Core). */
import { type Day, parseDay } from '#core/day.ts';
import { FetchFailure } from '#core/ports/http-client.ts';
import type { ArxivPaper } from './arxiv-paper.ts';
import { childOf, childrenOf, parseXml, textOf, type XmlNode } from './parse-xml.ts';
import { MalformedResponse } from './xml-scanner.ts';

export type OaiPage = {
  readonly papers: readonly Partial<ArxivPaper>[];
  readonly deleted: readonly string[];
  /** Null on the last page. */
  readonly token: string | null;
  readonly isTokenBad: boolean;
  /** The server reports `noRecordsMatch`. A page without records and without this error is incomplete. */
  readonly isEmpty: boolean;
  /** The server's day, at which the next harvest starts. */
  readonly respondedOn: Day | null;
  /** Number of records before this page; null if the server does not count them. */
  readonly offset: number | null;
  readonly total: number | null;
};

export function parseOai(body: Uint8Array): OaiPage {
  const response = childOf(parseXml(body), 'OAI-PMH');
  if (response === undefined) throw new MalformedResponse('It is no OAI-PMH answer.');
  const error = childOf(response, 'error');
  const code = textOf(error, '@code');
  if (error !== undefined && code !== 'noRecordsMatch' && code !== 'badResumptionToken') {
    throw new FetchFailure(`arXiv refuses the harvest: ${textOf(error).slice(0, 200) || code}`);
  }
  const list = childOf(response, 'ListRecords');
  if (error === undefined && list === undefined) throw new MalformedResponse('It has no list of records.');
  const records = childrenOf(list, 'record');
  const isDeleted = (record: XmlNode) => textOf(record, 'header', '@status') === 'deleted';
  const token = childOf(list, 'resumptionToken');
  return {
    papers: records.filter((record) => !isDeleted(record)).map(toPaper),
    deleted: records.filter(isDeleted).map(idOf),
    token: textOf(token) || null,
    isTokenBad: code === 'badResumptionToken',
    isEmpty: code === 'noRecordsMatch',
    respondedOn: parseDay(textOf(response, 'responseDate').slice(0, 10)),
    offset: numberOf(textOf(token, '@cursor')),
    total: numberOf(textOf(token, '@completeListSize')),
  };
}

function numberOf(text: string): number | null {
  return /^\d+$/.test(text) ? Number(text) : null;
}

function idOf(record: XmlNode): string {
  return textOf(record, 'header', 'identifier').replace(/^oai:arXiv\.org:/i, '');
}

function toPaper(record: XmlNode): Partial<ArxivPaper> {
  const arxivFormat = childOf(record, 'metadata', 'arXiv');
  return arxivFormat === undefined ? fromDublinCore(record) : fromArxiv(arxivFormat, idOf(record));
}

function fromArxiv(paper: XmlNode, id: string): Partial<ArxivPaper> {
  const publishedOn = parseDay(textOf(paper, 'created'));
  const authors = childrenOf(childOf(paper, 'authors'), 'author');
  return {
    id,
    title: textOf(paper, 'title'),
    abstract: textOf(paper, 'abstract'),
    authors: authors.map((author) => ['forenames', 'keyname', 'suffix'].map((part) => textOf(author, part)).join(' ')),
    ...(publishedOn ? { publishedOn } : {}),
    categories: textOf(paper, 'categories').split(/\s+/),
    comment: textOf(paper, 'comments'),
    doi: textOf(paper, 'doi'),
  };
}

/** In Dublin Core the dates are those of the versions, and the comment is a description. There are no categories. */
function fromDublinCore(record: XmlNode): Partial<ArxivPaper> {
  const dc = childOf(record, 'metadata', 'dc');
  const all = (name: string) => childrenOf(dc, name).map((node) => textOf(node));
  const publishedOn = parseDay(all('date').sort()[0] ?? '');
  const [abstract = '', ...others] = all('description');
  return {
    id: idOf(record),
    title: textOf(dc, 'title'),
    abstract,
    authors: all('creator').map((name) => name.split(/,\s*/).reverse().join(' ')),
    ...(publishedOn ? { publishedOn } : {}),
    categories: [],
    comment: others.map((text) => text.replace(/^Comment:\s*/i, '')).join(' '),
    doi: (all('identifier').find((identifier) => /^doi:/i.test(identifier)) ?? '').replace(/^doi:/i, ''),
  };
}
