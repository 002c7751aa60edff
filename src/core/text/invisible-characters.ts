/** Removes invisible characters. Separate from `clean-text`, whose table of HTML names is too large for a browser. */

/**
 * Control characters other than white space, lone surrogates, and joiners outside emoji.
 * Also format characters: zero-width, bidirectional and soft hyphens, but not the visible Arabic ones.
 */
const invisible =
  /[\p{Cc}--\s]|[\p{Cf}--[\u0600-\u0605\u06dd\u08e2\u200d]]|\p{Cs}|\p{Noncharacter_Code_Point}|(?<!\p{Extended_Pictographic}|\ufe0f|[\u{1f3fb}-\u{1f3ff}])\u200d|\u200d(?!\p{Extended_Pictographic})/gv;

/** Removes these characters from a query: no stored text contains them. */
export function withoutInvisible(text: string): string {
  return text.replace(invisible, '');
}
