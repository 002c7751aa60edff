/** Converts a source's categories and keywords to tags. */
import { type Tag, TagSlugSchema } from '#core/paper.ts';
import { foldText } from '#core/text/terms.ts';

const slugCharsMax = 80;

/** `cs.CL` → `cs.cl`, `Code Generation` → `code-generation`; null if no letter or digit is left. */
function tagSlug(label: string): Tag['slug'] | null {
  const slug = foldText(label)
    .replace(/[^\p{L}\p{N}+.#]+/gu, '-')
    .replace(/^[^\p{L}\p{N}]+|(?<![-.])[-.]+$/gu, '')
    .slice(0, slugCharsMax);
  const parsed = TagSlugSchema.safeParse(slug);
  return parsed.success ? parsed.data : null;
}

export function toSourceTags(labels: readonly string[], kind: 'category' | 'keyword'): Tag[] {
  return labels.flatMap((label) => {
    const slug = tagSlug(label);
    return slug ? [{ kind, slug, label, words: [] }] : [];
  });
}
