/** The texts of a paper's preview image on other sites (Open Graph). */
import type { Paper } from '#core/paper.ts';
import type { TexPart } from '#core/text/tex.ts';
import { toReadableParts, toReadableText } from '#view/text/readable-text.ts';
import { plainCardContext, toPaperCard } from './paper-card.ts';

export type ImageView = {
  readonly title: string;
  readonly authors: string;
  readonly topics: string;
  readonly published: string;
};

const titleCharsMax = 160;
const topicsMax = 3;

/** Uses only characters of the bundled font: for others the renderer would download a font. */
export function toImageView(paper: Paper): ImageView {
  const card = toPaperCard(paper, plainCardContext);
  const names = card.authors.map(({ label }) => toDrawable(toReadableText(label))).filter((name) => name !== '');
  const title = toDrawable(toReadableParts(paper.title).map(toPlain).join(''));
  return {
    title: title === '' ? paper.id : cut(title),
    authors: cut([names.join(', '), toDrawable(card.authorsLabel)].filter((part) => part !== '').join(' ')),
    topics: toDrawable(
      card.tags
        .filter((tag) => tag.kind === 'topic')
        .slice(0, topicsMax)
        .map(({ label }) => label)
        .join(' · '),
    ),
    published: card.published?.label ?? '',
  };
}

/** Characters that the font lacks: all but Latin letters and Latin punctuation. */
const lacking =
  /[^ -~\u00a1-\u00ac\u00ae-\u0113\u0116-\u012b\u012e-\u0137\u0139-\u013e\u0141-\u0148\u014a-\u014d\u0150-\u017e–—‘’‚“”•…]/gu;

/** The letters from U+03B1 on; sigma has two code points. */
const greek =
  'alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigma sigma tau upsilon phi chi psi omega'.split(
    ' ',
  );

/** Drops accents that the font lacks, spells out Greek letters and omits other scripts. */
export function toDrawable(text: string): string {
  return text
    .replace(
      lacking,
      (letter) =>
        greek[(letter.toLowerCase().codePointAt(0) ?? 0) - 0x3b1] ?? letter.normalize('NFKD').replace(/[^ -~]/gu, ''),
    )
    .replace(/\s+/g, ' ')
    .trim();
}

/** `$\\alpha_{1}$` → `alpha_1`. */
function toPlain(part: TexPart): string {
  return part.kind === 'formula' ? part.tex.replace(/\\([A-Za-z]+)/g, '$1').replace(/[{}\\]/g, '') : part.text;
}

function cut(text: string): string {
  return text.length <= titleCharsMax ? text : `${text.slice(0, titleCharsMax).replace(/\s+\S*$/, '')}…`;
}
