/** `category:cs.CL`: papers in an arXiv category; `category:cs`: papers in a whole archive. */
import { defineFilter } from './filter.ts';

export const category = defineFilter({
  qualifiers: ['category', 'cat'],
  forms: 'an arXiv category such as cs.CL, or an archive such as cs',
  values: ['cs', 'cs.AI', 'cs.CL', 'cs.CV', 'cs.LG', 'cs.SE', 'stat.ML'],
  parse: ({ text }) => {
    const [, archive = '', subject] = /^([a-z]+(?:-[a-z]+)*)(?:\.([a-z]+(?:-[a-z]+)*|\*))?$/i.exec(text.trim()) ?? [];
    if (archive === '' || text.length > charactersMax) return null;
    return { kind: 'category', name: [archive.toLowerCase(), ...spell(subject)].join('.') };
  },
  format: (condition) => (condition.kind === 'category' ? condition.name : null),
  label: (condition) => (condition.kind === 'category' ? condition.name : null),
});

const charactersMax = 40;

/** arXiv writes two-letter subjects in upper case (`cs.CL`), longer ones in lower case (`physics.optics`). */
function spell(subject: string | undefined): string[] {
  if (subject === undefined || subject === '*') return [];
  return [subject.length === 2 ? subject.toUpperCase() : subject.toLowerCase()];
}
