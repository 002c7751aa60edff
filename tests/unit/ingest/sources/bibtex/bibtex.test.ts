/** BibTeX: styles of arXiv ids, authors and dates, and recovery after broken entries. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PaperRecordSchema } from '#core/record.ts';
import { type SourceEvent, SourceRefused } from '#ingest/source.ts';
import { bibtex } from '#ingest/sources/bibtex/bibtex.ts';
import { parseBibtex } from '#ingest/sources/bibtex/bibtex-parser.ts';

const now = '2025-12-16T08:00:00.000Z';

async function read(text: string | Uint8Array): Promise<SourceEvent[]> {
  const bytes = async function* () {
    yield Buffer.from(text as Uint8Array);
  };
  return await Array.fromAsync(bibtex.read({ bytes: bytes(), name: 'a.bib', size: null, now }, {}));
}

const recordsOf = async (text: string | Uint8Array) =>
  (await read(text)).flatMap((event) => (event.kind === 'record' ? [PaperRecordSchema.parse(event.record)] : []));

describe('bibtex', () => {
  it('reads an entry as exported by arXiv', async () => {
    const entry = `@misc{lovelace2023engines,
      title={Notes on {Analytical} Engines: $\\{a\\}$ \\& {\\"U}ber \\textsc{Code}},
      author={Ada Lovelace and B{\\"u}chi, Karl and {The Engine Team} and others},
      year={2023}, month=may, day={4},
      eprint={2305.01234v2}, archivePrefix={arXiv}, primaryClass={cs.CL},
      url={https://arxiv.org/abs/2305.01234}, note = "9 pages" # { and more},
}`;
    expect(await recordsOf(entry)).toEqual([
      {
        source: 'bibtex',
        arxivId: '2305.01234',
        version: 2,
        otherIds: [],
        title: 'Notes on Analytical Engines: $\\{a\\}$ & \\"Uber \\textsc{Code}',
        abstract: '',
        authors: ['Ada Lovelace', 'Karl Büchi', 'The Engine Team'],
        authorCount: 3,
        publishedOn: '2023-05-04',
        listings: [],
        links: [],
        categories: ['cs.CL'],
        keywords: [],
        comment: '9 pages and more',
        withdrawn: false,
        fetchedAt: now,
      },
    ]);
  });

  it.each([
    ['journal={arXiv preprint arXiv:2305.01234}', '2305.01234'],
    ['url={https://arxiv.org/pdf/2305.01234v1}', '2305.01234'],
    ['doi={10.48550/arXiv.2305.01234}', '2305.01234'],
    ['eprint={hep-th/9901001}', 'hep-th/9901001'],
    ['eprint={12345}, eprinttype={pubmed}', undefined],
    ['journal={Journal of Things}', undefined],
  ])('finds the arXiv id, if any, in %s', async (field, arxivId) => {
    expect((await recordsOf(`@article{k, title={T}, ${field}}`))[0]?.arxivId).toBe(arxivId);
  });

  it('reads a DOI and a repository URL as links', async () => {
    const [record] = await recordsOf(
      '@article(k, title = "T", year = 2019, doi = {10.1000/a_b}, url = {https://github.com/x/y})',
    );
    expect(record).toMatchObject({
      publishedOn: '2019',
      links: [
        { kind: 'doi', url: 'https://doi.org/10.1000/a_b' },
        { kind: 'code', url: 'https://github.com/x/y' },
      ],
    });
  });

  it('expands macros, skips comments and continues after a broken entry', async () => {
    const text = `A remark with an @ in it.
@string{venue = {Proc. of } # "Things"}
@comment{ @article{no, title={No}} }
@article{a, title = venue # { 2020}}
@article{b, title = {never closed
@article{c, title = {Last}}
@article{d, year = 2020}`;
    const events = await read(text);
    expect(events.flatMap((event) => (event.kind === 'record' ? [event.record.title] : []))).toEqual([
      'Proc. of Things 2020',
      'Last',
    ]);
    expect(events.flatMap((event) => (event.kind === 'rejected' ? [event.rejection] : []))).toEqual([
      { where: 'line 5', reason: 'a brace or a quotation mark is not closed' },
      { where: 'line 7, d', reason: 'a title is missing' },
    ]);
  });

  it('decodes Latin-1 if the file is not UTF-8', async () => {
    expect((await recordsOf(Buffer.from('@misc{k, title={Caf\u00e9}}', 'latin1')))[0]?.title).toBe('Café');
  });

  it('rejects a file without entries', async () => {
    await expect(read('no bibliography')).rejects.toThrow(SourceRefused);
  });

  it('any written fields round-trip', () => {
    const name = fc.stringMatching(/^[a-z]{1,8}$/);
    const value = fc.stringMatching(/^[A-Za-z0-9 ,."@#=\n-]{0,30}$/);
    const entry = fc.record({
      key: fc.stringMatching(/^[a-z0-9:]{0,8}$/),
      fields: fc.dictionary(name, value, { maxKeys: 5 }),
    });
    fc.assert(
      fc.property(fc.array(entry, { maxLength: 5 }), (entries) => {
        const text = entries
          .map(
            ({ key, fields }) =>
              `@misc{${key},\n${Object.entries(fields)
                .map(([field, text]) => `  ${field} = {${text}}`)
                .join(',\n')}\n}`,
          )
          .join('\n\n');
        const read = [...parseBibtex(text)].map((part) =>
          'entry' in part ? { key: part.entry.key, fields: Object.fromEntries(part.entry.fields) } : part,
        );
        expect(read).toEqual(entries.map(({ key, fields }) => ({ key, fields: { ...fields } })));
      }),
    );
  }, 20_000);

  it('any text is parsed without hanging or throwing', () => {
    const piece = fc.constantFrom('@', '{', '}', '"', '#', '=', ',', 'misc', 'a', '\\', '\n', '(', ')', 'title');
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
        expect([...parseBibtex(pieces.join(''))].length).toBeLessThanOrEqual(60);
      }),
    );
    expect([...parseBibtex('@misc{a, title = {\n'.repeat(5_000))]).toHaveLength(5_000);
  }, 30_000);
});
