/** Turns a validation error of Zod into a message for the person who wrote the input. */
import type { z } from 'zod';

/** Returns the message of the first issue: `authors: a list is expected, not a number`. */
export function explainIssue(error: z.ZodError): string {
  const issue = error.issues[0];
  if (!issue) return 'it does not have the expected form';
  const field = issue.path.length === 0 ? '' : `${issue.path.map(String).join('.')}: `;
  return `${field}${toPlainMessage(issue.message)}`;
}

const typeNames: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  null: 'null',
  undefined: 'nothing',
};

const typeNameOf = (name = ''): string => typeNames[name] ?? name;

/** Rewrites Zod's default messages, which address programmers. Custom messages stay as they are. */
function toPlainMessage(message: string): string {
  const mismatch = /^Invalid input: expected (\w+), received (\w+)$/.exec(message);
  if (mismatch) return `${typeNameOf(mismatch[1])} is expected, not ${typeNameOf(mismatch[2])}`;
  const bound = /^Too (?:small|big): expected \w+ to (be|have) ([<>]=?)(-?\d+)(.*)$/.exec(message);
  if (bound) return `it must ${bound[1]} ${bound[2]?.startsWith('>') ? 'at least' : 'at most'} ${bound[3]}${bound[4]}`;
  const options = /^Invalid option: expected one of (.+)$/.exec(message)?.[1];
  return options ? `one of ${options.replaceAll('"', '').split('|').join(', ')} is expected` : message;
}
