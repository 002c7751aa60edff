/** A schema's complaint as one sentence for the person who fed the input. */
import type { z } from 'zod';

/** `authors: Invalid input: expected array, received number`, of the first issue; a nested union says its field only. */
export function explainIssue(error: z.ZodError): string {
  const issue = error.issues[0];
  if (!issue) return 'it does not have the expected form';
  const field = issue.path.length === 0 ? '' : `${issue.path.map(String).join('.')}: `;
  return `${field}${issue.message}`;
}
