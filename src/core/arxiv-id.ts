/** Parses arXiv identifiers: bare, prefixed, versioned, as a URL, old and new style. */

export type ArxivId = {
  /** Without version: `2405.14906`, `hep-th/9901001`. */
  readonly id: string;
  readonly version: number | null;
};

/** Archives whose ids contained a slash, until March 2007. */
const archives =
  `acc-phys adap-org alg-geom ao-sci astro-ph atom-ph bayes-an chao-dyn chem-ph cmp-lg comp-gas cond-mat cs dg-ga
  funct-an gr-qc hep-ex hep-lat hep-ph hep-th math math-ph mtrl-th nlin nucl-ex nucl-th patt-sol physics plasm-ph q-alg q-bio
  quant-ph solv-int supr-con`.split(/\s+/);

const month = '(?:0[1-9]|1[0-2])';
const newId = new RegExp(`^(\\d{2}${month})\\.(\\d{4,5})(?:v(\\d{1,3}))?$`, 'i');
const shortId = new RegExp(`^(\\d{2}${month})\\.(\\d{3})(?:v(\\d{1,3}))?$`, 'i');
const oldId = new RegExp(`^(${archives.join('|')})(?:\\.[A-Za-z]{2})?/(\\d{2}${month}\\d{3})(?:v(\\d{1,3}))?$`, 'i');

/** Maximum length of a paper's URL. */
const charsMax = 1_000;

/** Accepted prefixes: URLs of arXiv and of sites that use its ids, its DOIs, and `arXiv:`. */
const addresses =
  /^(?:https?:\/\/)?(?:(?:[a-z0-9-]+\.)*arxiv\.org\/(?:abs|pdf|html|ps|format|e-print|src)\/|(?:www\.)?huggingface\.co\/(?:api\/)?papers\/|(?:www\.)?alphaxiv\.org\/(?:abs|pdf|overview)\/|scirate\.com\/arxiv\/|(?:www\.)?semanticscholar\.org\/arxiv\/|ar5iv\.org\/(?:abs|html)\/|(?:dx\.)?doi\.org\/(?=10\.48550\/arxiv\.))/i;
const prefixes = /^(?:doi:\s*)?(?:10\.48550\/arxiv\.|oai:arxiv\.org:|arxiv(?:\.|\s*:\s*))/i;

/**
 * Returns the arXiv id in `text`, or null.
 * Behind a prefix or in a URL, a suffix of three digits is padded to five (`2406.105` is `2406.00105`). A bare one is
 * ambiguous. The subject class of an old id is dropped, as arXiv does (`math.GT/0309136`).
 */
export function parseArxivId(text: string): ArxivId | null {
  const trimmed = text.length <= charsMax ? text.trim() : '';
  const path = trimmed.replace(addresses, '');
  const bare = (path === trimmed ? path : path.replace(/[?#].*$/, '').replace(/(?:\.pdf|\.md|\/)$/i, '')).replace(
    prefixes,
    '',
  );
  const id = bare.replace(/\s*\[[\w.-]+\]$/, '');
  return parseBare(id) ?? (bare === trimmed ? null : parseShort(id));
}

/** Returns whether `text` is an arXiv id in its stored form: bare, without version. */
export function isArxivId(text: string): boolean {
  return parseBare(text)?.id === text;
}

function parseBare(text: string): ArxivId | null {
  const old = oldId.exec(text);
  if (old) return withVersion(`${old[1]?.toLowerCase()}/${old[2]}`, old[3]);
  const modern = newId.exec(text);
  // New-style ids start in April 2007.
  return modern?.[1] && modern[1] >= '0704' ? withVersion(`${modern[1]}.${modern[2]}`, modern[3]) : null;
}

function parseShort(text: string): ArxivId | null {
  const short = shortId.exec(text);
  return short ? withVersion(`${short[1]}.${short[2]?.padStart(5, '0')}`, short[3]) : null;
}

function withVersion(id: string, version: string | undefined): ArxivId {
  return { id, version: version === undefined || Number(version) === 0 ? null : Number(version) };
}
