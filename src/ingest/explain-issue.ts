/** A schema's complaint as one sentence for the person who fed the input. */
import type { z } from 'zod';

/** `authors: a list is expected, not a number`, of the first issue; a nested union says its field only. */
export function explainIssue(error: z.ZodError): string {
  const issue = error.issues[0];
  if (!issue) return 'it does not have the expected form';
  const field = issue.path.length === 0 ? '' : `${issue.path.map(String).join('.')}: `;
  return `${field}${inWords(issue.message)}`;
}

const kinds: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  null: 'null',
  undefined: 'nothing',
};

const kindOf = (name = ''): string => kinds[name] ?? name;

/** The schema library's own sentences are for programmers; those that were written for the field stay. */
function inWords(message: string): string {
  const mismatch = /^Invalid input: expected (\w+), received (\w+)$/.exec(message);
  if (mismatch) return `${kindOf(mismatch[1])} is expected, not ${kindOf(mismatch[2])}`;
  const bound = /^Too (?:small|big): expected \w+ to (be|have) ([<>]=?)(-?\d+)(.*)$/.exec(message);
  if (bound) return `it must ${bound[1]} ${bound[2]?.startsWith('>') ? 'at least' : 'at most'} ${bound[3]}${bound[4]}`;
  const options = /^Invalid option: expected one of (.+)$/.exec(message)?.[1];
  return options ? `one of ${options.replaceAll('"', '').split('|').join(', ')} is expected` : message;
}
