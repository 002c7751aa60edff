/** Renders the layout of every mail: header and one column that fits a phone, in light and dark. */
import type { ReactNode } from 'react';

/** Kept small: mail clients limit the size of style sheets. A client that drops it shows the same text. */
const style = `
:root { color-scheme: light dark; supported-color-schemes: light dark; }
body { margin: 0; padding: 0; background: #fdfbf7; color: #1d1a16; -webkit-text-size-adjust: 100%; }
.column { max-width: 35rem; margin: 0 auto; padding: 32px 20px 40px; font: 17px/1.55 Georgia, 'Times New Roman', serif; overflow-wrap: break-word; }
.name { margin: 0 0 12px; font-size: 32px; line-height: 1.1; letter-spacing: -.015em; text-align: center; }
.date { margin: 0 0 28px; padding: 7px 0 6px; border-top: 1px solid #1d1a16; border-bottom: 3px double #1d1a16; text-align: center; }
.date, h2 { font: 12px/1.5 Arial, sans-serif; letter-spacing: .09em; text-transform: uppercase; }
h1 { margin: 0 0 14px; font-size: 26px; line-height: 1.25; font-weight: normal; letter-spacing: -.01em; }
h2 { margin: 36px 0 -8px; padding-top: 8px; border-top: 1px solid #1d1a16; font-weight: bold; }
h3 { margin: 30px 0 4px; font-size: 21px; line-height: 1.28; font-weight: normal; letter-spacing: -.005em; }
p { margin: 0 0 8px; }
a { color: #8f2619; }
h1 a, h3 a { color: #1d1a16; text-decoration: none; }
.small { font: 13px/1.5 Arial, sans-serif; color: #635c52; }
.why { font-size: 15px; font-style: italic; color: #635c52; }
.links { margin: 0; font: 14px/2 Arial, sans-serif; }
.links a { margin-right: 18px; }
.button { display: inline-block; margin: 12px 0; padding: 12px 22px; border: 1px solid #8f2619; font: bold 15px/1.2 Arial, sans-serif; text-decoration: none; }
.foot { margin: 40px 0 0; padding-top: 14px; border-top: 1px solid #d5cdbf; }
`;

/** A separate sheet: a client that cannot parse it drops nothing else. */
const darkStyle = `
@media (prefers-color-scheme: dark) {
body { background: #171512 !important; color: #ece7dd !important; }
h1 a, h3 a { color: #ece7dd !important; }
.date, h2 { border-color: #8d8678 !important; }
a { color: #f2a392 !important; }
.small, .why { color: #aaa295 !important; }
.button { border-color: #f2a392 !important; }
.foot { border-color: #3b362f !important; }
}
`;

/** Hides the preheader in the mail. Inboxes still show it next to the subject. */
const hiddenStyle = { display: 'none', maxHeight: 0, overflow: 'hidden' };

type Props = {
  readonly title: string;
  /** Preheader: the text that an inbox shows next to the subject. */
  readonly summary: string;
  /** The line below the site's name. */
  readonly date: string;
  readonly children: ReactNode;
};

export function MailFrame({ title, summary, date, children }: Props) {
  return (
    <html lang="en">
      <head>
        <meta httpEquiv="Content-Type" content="text/html; charset=utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="supported-color-schemes" content="light dark" />
        <title>{title}</title>
        <style>{style}</style>
        <style>{darkStyle}</style>
      </head>
      <body>
        <div style={hiddenStyle}>{summary}</div>
        <div className="column">
          <p className="name">Paper Digest</p>
          <p className="date">{date}</p>
          {children}
        </div>
      </body>
    </html>
  );
}
