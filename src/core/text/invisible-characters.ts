/** Characters that nobody sees. Apart from `clean-text`, whose table of HTML names is too large for a browser. */

/**
 * Controls that are not white space, format characters (zero-width, bidirectional, soft hyphens; not the visible Arabic ones), lone
 * surrogates, and joiners that join no emoji.
 */
const invisible =
  /[\p{Cc}--\s]|[\p{Cf}--[\u0600-\u0605\u06dd\u08e2\u200d]]|\p{Cs}|\p{Noncharacter_Code_Point}|(?<!\p{Extended_Pictographic}|\ufe0f|[\u{1f3fb}-\u{1f3ff}])\u200d|\u200d(?!\p{Extended_Pictographic})/gv;

/** No text that is kept has such characters, so none that is looked for needs them. */
export function withoutInvisible(text: string): string {
  return text.replace(invisible, '');
}
