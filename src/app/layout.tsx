/** The root layout of every page: head, header, footer, keyboard shortcuts and command palette. */
import type { Viewport } from 'next';
import type { ReactNode } from 'react';
import { AppError } from '#core/errors.ts';
import { FlagClicks } from '#ui/paper/flag-clicks.tsx';
import { Footer } from '#ui/shell/footer.tsx';
import { Header } from '#ui/shell/header.tsx';
import { HelpDialog } from '#ui/shell/help-dialog.tsx';
import { Keyboard } from '#ui/shell/keyboard.tsx';
import { Palette } from '#ui/shell/palette.tsx';
import { dayPath } from '#view/paths.ts';
import { toDayLabel } from '#view/text/labels.ts';
import { latin } from './fonts.ts';
import { app } from './server.ts';
import './globals.css';

// Pages depend on the store's current content, so none is rendered at build time.
export const dynamic = 'force-dynamic';

export const viewport: Viewport = {
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#fdfbf7' },
    { media: '(prefers-color-scheme: dark)', color: '#171512' },
  ],
};

/** If the store cannot be read, the page shows the error. The layout renders without the latest day. */
function nullIfUnavailable(error: unknown): null {
  if (error instanceof AppError && error.code === 'unavailable') return null;
  throw error;
}

export default async function RootLayout({ children }: { readonly children: ReactNode }) {
  const day = await app().latestDay().catch(nullIfUnavailable);
  return (
    // The script below sets attributes of the root element before hydration.
    <html lang="en" className={latin.variable} suppressHydrationWarning>
      <head>
        {/* Not async: it must run before the first paint. */}
        <script src="/preferences.js" />
        <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
        <link rel="search" type="application/opensearchdescription+xml" title="Paper Digest" href="/opensearch.xml" />
      </head>
      <body>
        <a className="skip" href="#content">
          Skip to the content
        </a>
        <Header latest={day && { datetime: day, label: toDayLabel(day), href: dayPath(day) }} />
        {children}
        <Footer />
        <HelpDialog />
        <Palette />
        <Keyboard />
        <FlagClicks />
      </body>
    </html>
  );
}
