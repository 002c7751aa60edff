/** The tools of the MCP server. All are read-only. */
import { z } from 'zod';
import type { ListCursors } from '#api/v1/list-cursors.ts';
import { listPapersForApi, listRelatedForApi } from '#api/v1/list-papers.ts';
import { sortKeys } from '#core/condition.ts';
import { ListingDaySchema } from '#core/day.ts';
import { AppError } from '#core/errors.ts';
import type { Paper } from '#core/paper.ts';
import { citationForms, renderCitations } from '#formats/shared/citations.ts';
import { renderPaperMarkdown } from '#formats/shared/paper-markdown.ts';
import { findPaper } from '#read/find-paper.ts';
import type { Library } from '#read/library.ts';
import { latestDay } from '#read/list-papers.ts';
import { toApiPaper } from '#view/api.ts';
import type { ApiPaper } from '#view/api-schemas.ts';

export type Tools = { readonly library: Library; readonly cursors: ListCursors };

/** The result as text for the model and as structured content. */
type ToolResult = { readonly text: string; readonly data: Readonly<Record<string, unknown>> };

export type Tool = {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly input: z.ZodObject;
  readonly output: z.ZodObject;
  /** Throws an `AppError` with a message for the model. */
  readonly run: (input: unknown, tools: Tools) => Promise<ToolResult>;
};

const HitSchema = z.object({
  id: z.string(),
  title: z.string(),
  authors: z.array(z.string()),
  publishedOn: z.string().nullable(),
  url: z.url(),
  abstract: z.string().describe('Its beginning.'),
  partial: z.literal(true).optional().describe('Only some of the words that were asked for are in it.'),
});
const HitListSchema = z.object({
  total: z.int().describe('Papers that match everything.'),
  papers: z.array(HitSchema),
});

const abstractCharsMax = 400;
const authorsMax = 8;
const idSchema = z
  .string()
  .min(1)
  .max(200)
  .describe('The id of a paper: an arXiv id such as 2405.14906, or the last part of its address here.');
const limitSchema = (most: number) => z.int().min(1).max(most).default(10);

const syntax =
  'words (all wanted), "a phrase", -word, a OR b, prefix*, author:name, title:word, tag:code-generation, category:cs.CL, authors:2..5, published:2024-01..2024-06, listed:2025-12-16, upvotes:>=10, has:code';

const searchPapers = defineTool({
  name: 'search_papers',
  title: 'Search papers',
  description: `Finds research papers in the digest. The query knows ${syntax}.`,
  input: z.object({
    query: z.string().max(500).default('').describe('Empty for every paper.'),
    sort: z.enum(sortKeys).optional(),
    limit: limitSchema(50),
  }),
  output: HitListSchema,
  async run({ query, sort, limit }, { library, cursors }) {
    const params = new URLSearchParams({ q: query, limit: String(limit), ...(sort && { sort }) });
    const body = await listPapersForApi(library, cursors, params);
    const corrected = body.didYouMean.map(({ q, total }) => `Did you mean ${q}? It finds ${total}.`);
    const notes = [...body.problems.map(({ message }) => message), ...corrected];
    return toHits(body.total, body.papers, notes);
  },
});

const getPaper = defineTool({
  name: 'get_paper',
  title: 'Get a paper',
  description: 'One paper as Markdown: title, authors, abstract, links, topics, BibTeX.',
  input: z.object({ id: idSchema }),
  output: z.object({ id: z.string(), url: z.url(), markdown: z.string() }),
  async run({ id }, { library }) {
    const paper = await paperOf(library, id);
    const markdown = renderPaperMarkdown(paper, library.siteUrl);
    return { text: markdown, data: { id: paper.id, url: toApiPaper(paper, library.siteUrl).url, markdown } };
  },
});

const listDay = defineTool({
  name: 'list_day',
  title: 'List a day',
  description: 'The papers featured on a day, in the order of the listing.',
  input: z.object({
    day: ListingDaySchema.optional().describe('YYYY-MM-DD; the latest day with papers when left out.'),
    limit: z.int().min(1).max(100).default(50),
  }),
  output: HitListSchema.extend({ day: z.string() }),
  async run({ day, limit }, { library, cursors }) {
    const latest = latestDay(await library.reader.listingDays());
    const shownDay = day ?? latest;
    const body = await listPapersForApi(
      library,
      cursors,
      new URLSearchParams({ listed: shownDay, sort: 'listing', limit: String(limit) }),
    );
    const { text, data } = toHits(
      body.total,
      body.papers,
      body.total === 0 ? [`The latest day with papers is ${latest}.`] : [],
    );
    return { text: `Papers of ${shownDay}\n\n${text}`, data: { day: shownDay, ...data } };
  },
});

const relatedPapers = defineTool({
  name: 'related_papers',
  title: 'Related papers',
  description: 'Papers like one, the most alike first.',
  input: z.object({ id: idSchema, limit: limitSchema(50) }),
  output: HitListSchema,
  async run({ id, limit }, { library }) {
    const { papers } = await listRelatedForApi(
      library,
      (await paperOf(library, id)).id,
      new URLSearchParams({ limit: String(limit) }),
    );
    return toHits(papers.length, papers, []);
  },
});

const cite = defineTool({
  name: 'cite',
  title: 'Cite papers',
  description: 'References of papers, to paste into a bibliography.',
  input: z.object({ ids: z.array(idSchema).min(1).max(50), format: z.enum(citationForms).default('bibtex') }),
  output: z.object({ format: z.enum(citationForms), citations: z.string() }),
  async run({ ids, format }, { library }) {
    const papers = await Promise.all(ids.map((id) => paperOf(library, id)));
    // Cite each paper once, even if several ids name it.
    const unique = [...new Map(papers.map((paper) => [paper.id, paper])).values()];
    const citations = renderCitations(unique, format, library.siteUrl);
    return { text: citations, data: { format, citations } };
  },
});

export const tools: readonly Tool[] = [searchPapers, getPaper, listDay, relatedPapers, cite];

/** Throws `not_found` with the id. */
async function paperOf({ reader }: Library, id: string): Promise<Paper> {
  const found = await findPaper(reader, id);
  if (!found) throw new AppError('not_found', `Paper not found: ${id}`);
  return found.paper;
}

type Definition<I extends z.ZodObject> = Omit<Tool, 'input' | 'run'> & {
  readonly input: I;
  run(input: z.output<I>, tools: Tools): Promise<ToolResult>;
};

function defineTool<I extends z.ZodObject>(definition: Definition<I>): Tool {
  return { ...definition, run: (input, context) => definition.run(input as z.output<I>, context) };
}

/** Labels partial matches, which come last. */
function toHits(total: number, papers: readonly FoundPaper[], notes: readonly string[]): ToolResult {
  const hits = papers.map(toHit);
  const lines = hits.map(
    ({ id, title, authors, publishedOn, url, partial }) =>
      `- [${id}] ${title}: ${[authors.join(', '), publishedOn].filter(Boolean).join(', ')} <${url}>${partial ? ' (partial match)' : ''}`,
  );
  const partial = hits.filter((hit) => hit.partial).length;
  const rest = partial > 0 ? `, and ${partial} with only some of the words` : '';
  const text = [`${hits.length - partial} of ${total} papers${rest}`, ...notes, ...lines].join('\n');
  return { text, data: { total, papers: hits } };
}

function toHit({ id, title, authors, publishedOn, url, abstract, partial }: FoundPaper): z.infer<typeof HitSchema> {
  const shown = authors.length <= authorsMax ? [...authors] : [...authors.slice(0, authorsMax), 'et al.'];
  return {
    id,
    title,
    authors: shown,
    publishedOn,
    url,
    abstract: abstract.length <= abstractCharsMax ? abstract : `${cutText(abstract)}…`,
    ...(partial && { partial }),
  };
}

type FoundPaper = ApiPaper & { readonly partial?: boolean };

/** Never ends with half a surrogate pair: some JSON parsers reject the whole response then. */
const cutText = (text: string): string => text.slice(0, abstractCharsMax).replace(/[\uD800-\uDBFF]$/, '');
