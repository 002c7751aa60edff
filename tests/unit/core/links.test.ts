/** Links in abstracts: repaired where the text broke them, classified by target. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findCodeLinks } from '#core/links.ts';
import { LinkSchema } from '#core/paper.ts';

const found = (text: string) => findCodeLinks(text).map(({ kind, url }) => `${kind} ${url}`);
const lucid = 'code https://github.com/lucid/tree-net';

describe('findCodeLinks', () => {
  it.each([
    ['Code: https://github.com/lucid/tree-net.'],
    ['Released at https: //github.com/lucid/tree-net .'],
    ['(https://github.com/lucid/tree-net)'],
    ['see https://github.com/lucid/tree-net.git, and more'],
    ['see \\url{https://github.com/lucid/tree-net}'],
    ['see \\href{http://www.github.com/lucid/tree-net/}{here}'],
    ['at https://github.com/lucid/tree-net{github.com/lucid/tree-net}'],
    ['[code](https://github.com/lucid/tree-net)'],
    ['at github.com/lucid/tree-net/tree/main/models?x=1#top'],
    ['at https://github.com/lucid/\ntree-net'],
    ['at https://github.com/lucid/tree-\nnet and'],
    ['at https://github.com/lucid\n/tree-net'],
    ['at https://\ngithub.com/lucid/tree-net\nWe also'],
    ['代码见https://github.com/lucid/tree-net。'],
    ['at https://github.com/lucid/tree-net and https://github.com/Lucid/Tree-Net'],
  ])('finds the repository in %j', (text) => {
    expect(found(text)).toEqual([lucid]);
  });

  it.each([
    ['an owner alone: https://github.com/lucid.'],
    ['an owner and a word after it: https://github.com/lucid/ for more'],
    ['no repository: https://github.com/topics/trees and https://github.com/features/actions'],
    ['another site: https://notgithub.com/a/b and me@github.com/a/b and https://x.org/github.com/a/b'],
    ['a model: https://huggingface.co/lucid/tree-net'],
    ['half an address: https:// and https://github.com/'],
  ])('finds none in %j', (text) => {
    expect(found(text)).toEqual([]);
  });

  it('recognizes other forges, nested groups and escaped underscores', () => {
    expect(
      found('https://gitlab.com/a/b/c/-/tree/main, https://bitbucket.org/a/b\\_c and https://github.com/a/b\\\\_c'),
    ).toEqual(['code https://gitlab.com/a/b/c', 'code https://bitbucket.org/a/b_c', 'code https://github.com/a/b_c']);
  });

  it('returns links named as project pages, and pages hosted by forges', () => {
    expect(found('Demos: https://lucid.github.io/trees/.')).toEqual(['project https://lucid.github.io/trees/']);
    expect(found('Our project page is available at https://lab.example/trees.')).toEqual([
      'project https://lab.example/trees',
    ]);
    expect(found('Project: https://trees.example')).toEqual(['project https://trees.example/']);
    expect(found('A project of ours. Data: https://trees.example')).toEqual([]);
    expect(found('Project page: https://github.com/lucid/tree-net')).toEqual([lucid]);
  });

  it('finds a repository in any sentence and returns only valid links', () => {
    const name = fc
      .stringMatching(/^[a-z][a-z0-9-]{0,8}[a-z0-9]$/)
      .filter((text) => !['topics', 'features', 'apps', 'about', 'login', 'join', 'search'].includes(text));
    const before = fc.constantFrom('', 'Code: ', 'at (', '\\url{', '「', '\n');
    const after = fc.constantFrom('', '.', ' .', ').', '}', ', and', '.git', '/', '\nWe', '；');
    fc.assert(
      fc.property(name, name, before, after, (owner, repository, start, end) => {
        expect(found(`${start}https://github.com/${owner}/${repository}${end}`)).toEqual([
          `code https://github.com/${owner}/${repository}`,
        ]);
      }),
    );
    fc.assert(
      fc.property(
        fc.string({
          unit: fc.constantFrom(
            'https://',
            'github.com/',
            'a.github.io',
            ' ',
            '/',
            'b',
            '\n',
            '%',
            ')',
            '\\_',
            '[',
            ':',
          ),
        }),
        (text) => {
          expect(() => findCodeLinks(text).map((link) => LinkSchema.parse(link))).not.toThrow();
        },
      ),
    );
  }, 30_000);

  it('runs in linear time', () => {
    for (const unit of ['https://', 'https://github.com/a/', '/\n', 'http : //\n', 'project page ', '((((']) {
      expect(Array.isArray(findCodeLinks(unit.repeat(100_000 / unit.length)))).toBe(true);
    }
  }, 30_000);
});
