/** The parts of an address and of the headers that belong to the cache key. */
import { expect, test } from 'vitest';
import { cacheRuleOf } from '#http/cache/cache-rules.ts';

const keyOf = (url: string, headers: Readonly<Record<string, string>> = {}) => {
  const rule = cacheRuleOf({ method: 'GET', url, headers });
  return rule.kind === 'cache' ? rule.key : null;
};

test.each([
  ['/papers?', '/papers'],
  ['/papers?q=a&utm_source=mail&utm_medium=x', '/papers?q=a'],
  ['/papers?q=a&&', '/papers?q=a'],
  ['/papers?_rsc=abc', '/papers'],
  ['/papers?q=a?b', '/papers?q=a?b'],
  ['/papers?unknown=1', '/papers?unknown=1'],
  ['/og/2405.14906?x=1', '/og/2405.14906'],
  ['/og/2405.14906?related=new', '/og/2405.14906'],
  ['/papers/2405.14906?x=1&related=new', '/papers/2405.14906?related=new'],
  ['/papers/hep-th/9901001?x=1', '/papers/hep-th/9901001'],
  ['/papers/date/2025-12-16?q=a', '/papers/date/2025-12-16?q=a'],
  ['/papers/trending?q=a', '/papers/trending?q=a'],
  ['/tags?x=1', '/tags'],
  ['/tags/nlp?q=a', '/tags/nlp?q=a'],
  ['/library?x=1', '/library'],
  ['/api?x=1', '/api'],
  ['/api/health?x=1', '/api/health'],
  ['/api/papers/2405.14906?x=1', '/api/papers/2405.14906'],
  ['/api/papers/search?q=a', '/api/papers/search?q=a'],
  ['/api/papers?limit=2', '/api/papers?limit=2'],
  ['/api/arxiv/2405.14906/repos?x=1', '/api/arxiv/2405.14906/repos'],
  ['/_next/static/a.js?x=1', '/_next/static/a.js'],
  ['/favicon.svg?x=1', '/favicon.svg'],
  ['/feeds/papers.atom?q=a', '/feeds/papers.atom?q=a'],
])('%s has the cache key %s', (url, key) => {
  expect(keyOf(url)).toBe(key);
});

test('cookies, credentials and malformed RSC fields are not part of the cache key', () => {
  const others = {
    cookie: 'a=b',
    authorization: 'Basic x',
    'next-url': '/a',
    'next-router-state-tree': 'x',
    'user-agent': 'x',
    rsc: '2',
  };
  expect(keyOf('/papers', others)).toBe('/papers');
  expect(keyOf('/papers', { rsc: '1', 'next-router-prefetch': '9' })).toBe('/papers');
  expect(keyOf('/papers', { rsc: '1', 'next-router-state-tree': 'x'.repeat(4001) })).toBe('/papers');
});

test('the cache key of an RSC request contains its RSC fields', () => {
  const part = { rsc: '1', 'next-router-state-tree': 'x', 'next-router-prefetch': '1' };
  expect(keyOf('/papers?q=a&_rsc=abc', part)).toBe(
    '/papers?q=a&_rsc=abc\nrsc: 1\nnext-router-prefetch: 1\nnext-router-state-tree: x',
  );
  expect(keyOf('/og/1?x=1&_rsc=abc', part)?.split('\n')[0]).toBe('/og/1?_rsc=abc');
});
