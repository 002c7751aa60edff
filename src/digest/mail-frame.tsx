/** What every mail stands in: head, one column that fits a phone, light and dark, and its foot. */
import type { ReactNode } from 'react';

/** Small enough for every client; those that drop it show the same text in their own type. */
const style = `
:root { color-scheme: light dark; }
body { margin: 0; padding: 0; background: #fdfbf7; color: #1d1a16; }
.column { max-width: 36rem; margin: 0 auto; padding: 24px 16px 32px; font: 16px/1.5 Georgia, 'Times New Roman', serif; overflow-wrap: anywhere; }
.name { font-size: 14px; letter-spacing: .04em; margin: 0 0 4px; }
h1 { font-size: 24px; line-height: 1.25; margin: 0 0 4px; }
h2 { font: 600 12px/1.5 Arial, sans-serif; letter-spacing: .08em; text-transform: uppercase; margin: 28px 0 0; padding-bottom: 4px; border-bottom: 1px solid #1d1a16; }
h3 { font-size: 18px; line-height: 1.3; margin: 18px 0 2px; }
p { margin: 0 0 6px; }
a { color: #9c2a1f; }
h3 a { color: #1d1a16; text-decoration: none; }
.small { font: 13px/1.5 Arial, sans-serif; color: #665f55; }
.why { color: #9c2a1f; }
.button { display: inline-block; padding: 10px 18px; border: 1px solid #9c2a1f; border-radius: 2px; text-decoration: none; }
.foot { margin-top: 32px; padding-top: 12px; border-top: 1px solid #ddd6c9; }
@media (prefers-color-scheme: dark) {
body { background: #171512 !important; color: #ece7dd !important; }
h2 { border-color: #8d8678 !important; }
a, .why { color: #f09a88 !important; }
h3 a { color: #ece7dd !important; }
.small { color: #a59d90 !important; }
.small.why { color: #f09a88 !important; }
.foot { border-color: #37332c !important; }
}`;

type Props = { readonly title: string; readonly children: ReactNode };

export function MailFrame({ title, children }: Props) {
  return (
    <html lang="en">
      <head>
        <meta httpEquiv="Content-Type" content="text/html; charset=utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="supported-color-schemes" content="light dark" />
        <title>{title}</title>
        <style>{style}</style>
      </head>
      <body>
        <div className="column">{children}</div>
      </body>
    </html>
  );
}
