/** Tests how the size of the code is measured. */
import { describe, expect, it } from 'vitest';
import { limits, measure, report } from '#scripts/code-metrics.mjs';

const none = { issues: [] };
const lines = (count: number) => '  work();\n'.repeat(count);
const ofOne = (text: string, path = 'core/a.ts') => measure([{ path, text }], none);
const wide = (length: number) => `const a = ${'1'.repeat(length - 11)};`;

describe('code metrics', () => {
  it('the size of a folder is the number of its own files, and routes do not count', () => {
    const files = ['ui/a.tsx', 'ui/b.css', 'ui/list/c.tsx', 'app/a.ts', 'app/b.ts', 'app/c.ts'].map((path) => ({
      path,
      text: '',
    }));
    expect(measure(files, none).folder).toEqual({ value: 2, where: 'ui' });
  });

  it('the size of a function excludes blank lines and nested functions', () => {
    const inner = `  const inner = () => {\n${lines(9)}  };\n`;
    expect(ofOne(`\nfunction outer() {\n${lines(3)}\n${inner}}\n`).function).toMatchObject({
      value: 11,
      where: 'core/a.ts:7',
    });
    expect(ofOne(`function outer() {\n${lines(12)}${inner}}\n`).function).toMatchObject({
      value: 16,
      where: 'core/a.ts:1',
    });
    expect(ofOne(`class A {\n  method() {\n${lines(4)}  }\n}\n`).function.value).toBe(6);
  });

  it('components are measured separately from other functions', () => {
    const measured = ofOne(`export function A() {\n${lines(5)}}\n`, 'ui/a.tsx');
    expect([measured.component.value, measured.function.value]).toEqual([7, 0]);
  });

  it('a line that a string or an address makes too wide does not count', () => {
    expect(ofOne(wide(130)).columns).toEqual({ value: 130, where: 'core/a.ts:1' });
    expect(ofOne(`// ${'word '.repeat(30)}`).columns.value).toBe(153);
    for (const text of [
      `const a = '${'x'.repeat(200)}';`,
      `const a = \`${'x'.repeat(200)}\`;`,
      `// https://a.example/${'x'.repeat(200)}`,
    ])
      expect(ofOne(text).columns.value, text.slice(0, 20)).toBe(0);
    expect(ofOne(`const a = 'short'; ${wide(140)}`).columns.value).toBe(159);
  });
});

it('a number above its limit fails, and the report prints every number', () => {
  const printed: string[] = [];
  const count = (text: string, unused = none) =>
    report(measure([{ path: 'core/a.ts', text }], unused), (line: string) => printed.push(line));
  const all = Object.keys(limits).length;
  expect(count('')).toEqual({ passed: all, failed: 0 });
  expect(printed).toHaveLength(all + 1);
  expect(count('\n'.repeat(200) + wide(20))).toEqual({ passed: all - 1, failed: 1 });
  expect(count(wide(1_000))).toEqual({ passed: all - 1, failed: 1 });
  expect(count('', { issues: [{ exports: [{ name: 'a' }] }] } as never)).toEqual({ passed: all - 1, failed: 1 });
});
