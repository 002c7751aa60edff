/** Every parser of external input as a function of a text, and seeds that cost careless parsers superlinear time. */
import { parseArxivId } from '#core/arxiv-id.ts';
import type { Day } from '#core/day.ts';
import { parseInstant, parsePeriod } from '#core/day.ts';
import { isKnownTag } from '#core/entity-tag.ts';
import { findCodeLinks } from '#core/links.ts';
import { parseMailAddress } from '#core/ports/mail.ts';
import { cleanAuthorNames } from '#core/text/author-names.ts';
import { cleanText, isWithdrawn } from '#core/text/clean-text.ts';
import { decodeEntities } from '#core/text/html-entities.ts';
import { contentWordsOf, isCommonText, termsOf, tokenize, wordsOf } from '#core/text/terms.ts';
import { decodeTexAccents, splitFormulas } from '#core/text/tex.ts';
import { toMarkdown } from '#formats/markdown.ts';
import { splitName } from '#formats/shared/author-name.ts';
import { escapeBibtex, titleToBibtex } from '#formats/shared/tex-to-bibtex.ts';
import { encodingOf, prefersMarkdown } from '#http/cache/content-negotiation.ts';
import { createClientFinder } from '#http/guard/client-address.ts';
import { toFoundEvent } from '#ingest/find-records.ts';
import { surnameKey, titleKey, titleSlug } from '#ingest/identify/title-key.ts';
import type { SourceEvent } from '#ingest/source.ts';
import { parseFeed } from '#ingest/sources/arxiv/arxiv-feed.ts';
import { parseOai } from '#ingest/sources/arxiv/arxiv-oai-page.ts';
import { toArxivRecord } from '#ingest/sources/arxiv/arxiv-paper.ts';
import { parseRss } from '#ingest/sources/arxiv/arxiv-rss.ts';
import { toBibtexRecord } from '#ingest/sources/bibtex/bibtex.ts';
import { parseBibtex } from '#ingest/sources/bibtex/bibtex-parser.ts';
import { toHfEvents } from '#ingest/sources/hf/hf-record.ts';
import { parseIdList } from '#ingest/sources/ids/ids.ts';
import { jsonl } from '#ingest/sources/jsonl/jsonl.ts';
import { parseListing } from '#ingest/sources/listing/listing.ts';
import { tagPaper } from '#ingest/topics/tag-paper.ts';
import { parseMime, splitMailbox } from '#mail/bounces/parse-mime.ts';
import { readBounces } from '#mail/bounces/read-bounces.ts';
import { toFormulaText } from '#mail/compose/formula-text.ts';
import { parseRetryAfter } from '#platform/http-client/retry.ts';
import { parsePaperQuery } from '#query/parse-paper-query.ts';
import { toReadableParts } from '#view/text/readable-text.ts';
import { toSegments } from '#view/text/text-segments.ts';

/** The limit of a request's head also limits addresses. Node.js splits query parameters in quadratic time. */
const headCharsMax = 16_384;

const now = '2025-12-31T12:00:00.000Z';
const day = '2025-12-16' as Day;

/** Ignores errors, because only the time of a parser matters here. */
function attempt(parse: () => unknown): unknown {
  try {
    return parse();
  } catch (error) {
    return error;
  }
}

const find = (events: Iterable<SourceEvent>) =>
  [...events].map((event) => (event.kind === 'record' ? toFoundEvent(event, now) : event));

async function* bytesOf(text: string) {
  yield Buffer.from(text);
}

const arxivPaper = { id: '2401.00001', categories: [], authors: [], comment: '', doi: '', title: 'A', abstract: '' };

export const parsers: Readonly<Record<string, (text: string) => unknown>> = {
  'XML of arXiv’s search': (text) => attempt(() => parseFeed(Buffer.from(`<feed>${text}`))),
  'XML of arXiv’s search, in a title': (text) =>
    attempt(() => parseFeed(Buffer.from(`<feed><entry><title>${text}</title></entry></feed>`))),
  'XML of arXiv’s harvest': (text) => attempt(() => parseOai(Buffer.from(`<OAI-PMH><ListRecords>${text}`))),
  'XML of arXiv’s RSS': (text) =>
    attempt(() => parseRss(Buffer.from(`<rss><channel><item><description>${text}`), 'cs.CL')),
  'arXiv’s paper': (text) =>
    toArxivRecord(
      { ...arxivPaper, title: text, abstract: text, authors: [text], comment: text, doi: text, categories: [text] },
      now,
    ),
  'Hugging Face’s item': (text) =>
    find(
      toHfEvents(
        [
          {
            paper: {
              id: '2401.00001',
              title: 'A',
              summary: text,
              authors: [{ name: text }],
              githubRepo: text,
              projectPage: text,
              ai_keywords: [text],
            },
          },
        ],
        day,
        now,
      ),
    ),
  'JSON Lines': (text) =>
    Array.fromAsync(jsonl.read({ bytes: bytesOf(text), name: '-', size: null, now }, {})).catch(() => []),
  'JSON Lines, in a field': (text) => {
    const line = JSON.stringify({
      title: 'A',
      abstract: text,
      authors: text,
      categories: text,
      keywords: text,
      comment: text,
      aliases: text,
      date: text,
    });
    return Array.fromAsync(jsonl.read({ bytes: bytesOf(line), name: '-', size: null, now }, {}));
  },
  'a listing as text': (text) => attempt(() => parseListing(`Daily Papers\n\n${text}`, { name: 'x', today: day, day })),
  'a listing as Markdown': (text) =>
    attempt(() =>
      parseListing(`# Daily Papers\n\n### A title\n\n• 4 authors\n${text}`, { name: 'x', today: day, day }),
    ),
  'a listing with such lines': (text) =>
    attempt(() =>
      parseListing(`Dec 16\n\nA title\n\n${text.replaceAll(' ', '\n')}\n\n• 4 authors`, { name: 'x', today: day, day }),
    ),
  BibTeX: (text) => [...parseBibtex(text)],
  'BibTeX, in an entry': (text) => [...parseBibtex(`@misc{a,\n title={${text}`)],
  'BibTeX’s fields': (text) => {
    const names = ['title', 'author', 'abstract', 'keywords', 'note', 'url', 'doi', 'journal', 'year', 'date'];
    return toBibtexRecord({ type: 'misc', key: 'a', line: 1, fields: new Map(names.map((name) => [name, text])) }, now);
  },
  'a list of ids': parseIdList,
  'a mailbox': async (text) => {
    for (const mail of splitMailbox(text)) await readBounces(await parseMime(mail));
  },
  'a mail’s head': async (text) => [
    await parseMime(text),
    await parseMime(`Subject: ${text}`),
    await parseMime(`To: ${text.repeat(4)}`),
  ],
  'a mail in parts': (text) => parseMime(`Content-Type: multipart/mixed; boundary="${text.slice(0, 60)}"\n\n${text}`),
  'a mail, quoted-printable': (text) => parseMime(`Content-Transfer-Encoding: quoted-printable\n\n${text}`),
  'a bounce': async (text) =>
    readBounces(
      await parseMime(
        `Content-Type: multipart/report; boundary=b\n\n--b\nContent-Type: message/delivery-status\n\n${text}\n--b\nContent-Type: message/rfc822\n\nMessage-ID: <a@b>\n${text}\n--b--`,
      ),
    ),
  'a mail address': parseMailAddress,
  'a query': (text) => parsePaperQuery(new URLSearchParams({ q: text })),
  'an address’s parameters': (text) => parsePaperQuery(new URLSearchParams(text.slice(0, headCharsMax))),
  'Accept and Accept-Encoding': (text) => [encodingOf(text), prefersMarkdown(text)],
  'If-None-Match': (text) => isKnownTag(text, '"a"'),
  'X-Forwarded-For': (text) => createClientFinder(['127.0.0.0/8'])('127.0.0.1', text),
  'Retry-After and RateLimit': (text) => parseRetryAfter({ 'retry-after': text, ratelimit: text }, 0),
  'clean text': cleanText,
  'character references': decodeEntities,
  'TeX accents': decodeTexAccents,
  formulas: splitFormulas,
  'readable text': toReadableParts,
  'text as a page shows it': (text) => toSegments(text),
  'text as BibTeX': (text) => [titleToBibtex(text), escapeBibtex(text)],
  'text as Markdown': toMarkdown,
  'MathML as text': toFormulaText,
  'authors’ names': (text) => [cleanAuthorNames([text]), cleanAuthorNames(text.split(' ')), surnameKey(text)],
  'family names': splitName,
  'links in a text': findCodeLinks,
  'keys of a title': (text) => [titleKey(text), titleSlug(text)],
  'terms and words': (text) => [termsOf(text), tokenize(text), wordsOf(text)],
  'common and telling words': (text) => [isCommonText(text), contentWordsOf(text)],
  'topics of a paper': (text) =>
    tagPaper({ title: text.slice(0, 200), abstract: text, keywords: [], categories: [] } as never),
  'arXiv ids': parseArxivId,
  'days and times': (text) => [parsePeriod(text), parseInstant(text)],
  withdrawals: (text) => isWithdrawn(text, text),
};

/** Repeated seeds trigger backtracking in ambiguous patterns, and repeated searches for a missing end. */
export const seeds: readonly string[] = [
  ...[
    '<!--',
    '<![CDATA[',
    '<a>',
    '<a b="',
    '</a>',
    '<',
    '<?',
    '&amp;',
    '&amp;amp;',
    '&#1',
    '&a',
    '<a b="1"/>',
    'x<a/>',
    'x<!---->',
    '<item><title>A</title></item>',
    '<entry><id>2401.00001</id><title>A</title></entry>',
    '<i>',
    '<i></b>',
    '<math><mi>',
  ],
  ...[
    '{',
    '}',
    '{}',
    '{{',
    '{a}',
    '\\{',
    '\\',
    '\\\\',
    '$',
    '$$',
    '$a',
    '$a$',
    '\\(',
    '\\[',
    '\\"',
    "\\'{",
    '\\c ',
    '\\u{',
    '\\alpha',
    '{\\em ',
    '^',
    '_',
    '^{',
    '_{',
    '\\frac{',
    '\\sqrt{',
    '\\text{',
    '\\left(',
  ],
  ...[
    '"',
    "'",
    '``',
    "''",
    '(',
    ')',
    '[',
    ']',
    '[](',
    '![](',
    '[a](b "',
    '](',
    '((((',
    '&&&&',
    '`',
    '~',
    '|',
    '*',
    '#',
    '%',
    '-',
    '--',
    '.',
    ',',
    ';',
    ':',
    '!',
    '/',
    '=',
    '@',
    '\u2026',
  ],
  ...[
    ' ',
    '\t',
    '\n',
    '\r\n',
    ' \n',
    '\n\n',
    '\n ',
    '\u00a0',
    '\u2028',
    '\0',
    '\u200d',
    '\u200b',
    '\ud800',
    '\u0301',
    'e\u0301',
    '🙂\u200d',
    '\u0080',
    'Ã\u00a9',
    'â\u0080',
    '㎧',
    'ﷺ',
    '深',
    'ß',
  ],
  ...[
    'a',
    'A',
    '1',
    'a ',
    'A ',
    'aA ',
    'a a  ',
    'word ',
    'the ',
    ' and ',
    'and ',
    'and A',
    ', ',
    ' , and ',
    'Team ',
    'A. ',
    "a'",
    'withdrawn ',
    'this paper has been ',
    'not ',
    'project page ',
    'project:',
  ],
  ...[
    'a@a@',
    'a@a.',
    'a.a.',
    'a-a-',
    'http://',
    'https://a',
    'http : // ',
    '//_\n',
    '//a \n',
    'github.com/',
    'github.com/a/',
    'https://github.com/a/b).',
    'doi:',
    'arxiv:',
    'arxiv: ',
    '10.48550/arxiv.',
    '1234.',
    '2401.00001 ',
    'v1',
    '[cs.CL]',
    'oai:arxiv.org:',
  ],
  ...[
    '### A\n',
    '## A\n',
    '• 4 authors\n',
    '• 4 authors\n·\nDec 16\n\n',
    'Dec 16\n\n',
    'upvote\n\n',
    '> ',
    '>>',
    '---\n',
    '[a\\\n',
    '12,',
    '1,1,',
    'submitted by\n',
    'A title\n\nA text.\n\n',
  ],
  ...[
    '@misc{a,\n',
    '@misc{a, b=',
    '@a{',
    '@string{a="',
    '@comment{',
    'a=b,',
    'a={b}#',
    '#',
    '@ ',
    '\n@',
    '@misc{a,b={c}}\n',
  ],
  ...[
    '=?utf-8?Q?',
    '=?a?b?=',
    '=?a?q?b?= ',
    '=',
    '= ',
    '=41',
    '= \n',
    '\n--b',
    'From a\n',
    'From a\na:',
    'a: b\n',
    'a: b\n ',
    'a:\n\n',
    '\r\n\r\n',
    'Action: failed\n\n',
  ],
  ...[
    '"a" ',
    'a:',
    'tag:a|',
    'tag:',
    '-',
    '-(',
    'OR ',
    'NOT ',
    'a OR ',
    'authors:1..',
    'published:2024 ',
    '"a',
    'a*',
    'q=a&',
    'tag=a&',
    'W/"a",',
    'a;q=0.5,',
    ';q=',
    ';r=0;',
    '; r=0',
    '1.1.1.1, ',
  ],
  ...[
    '{"title":',
    '{"a":[',
    '[',
    '{}\n',
    '{"title":"a"}\n',
    '{"a":1e9}',
    '"\\u',
    '<think>',
    '</i>',
    '<sub>',
    'sim1',
    '1times',
    'a~',
    '-- ',
    '--- ',
  ],
];

/** Repeats a seed to about `chars` characters, between two other characters. */
export const hostileText = (seed: string, chars: number): string =>
  `a ${seed.repeat(Math.round(chars / seed.length))} b`;
