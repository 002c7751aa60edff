/** Topics (placeholder until the vocabulary lands). */
import type { Tag } from '#core/paper';
export function tagPaper(_paper: { readonly title: string; readonly abstract: string }): readonly Tag[] {
  return [];
}
