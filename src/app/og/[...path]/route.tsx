/** `GET /og/{id}`: the Open Graph image of a paper, with title, authors and topics. */
import { ImageResponse } from 'next/og';
import { toPath } from '#app/api-route.ts';
import { app } from '#app/server.ts';
import { route } from '#http/routes/problem-document.ts';
import type { ImageView } from '#view/paper/image-view.ts';

export const dynamic = 'force-dynamic';

const size = { width: 1200, height: 630 };
const colours = { paper: '#fdfbf7', ink: '#1d1a15', soft: '#5c564c', accent: '#8c2f1b' };

export const GET = route(async (_request, { params }) => {
  const id = toPath((await params).path);
  return new ImageResponse(draw(await app().api.image(id)), { ...size, headers: { 'cache-control': 'no-cache' } });
});

/** `ImageResponse` supports inline styles and flexbox only. */
function draw({ title, authors, topics, published }: ImageView) {
  return (
    <div
      style={{
        display: 'flex',
        flexDirection: 'column',
        justifyContent: 'space-between',
        width: '100%',
        height: '100%',
        padding: 72,
        background: colours.paper,
        color: colours.ink,
      }}
    >
      <div style={{ display: 'flex', justifyContent: 'space-between', color: colours.accent, fontSize: 28 }}>
        <div>Paper Digest</div>
        <div>{published}</div>
      </div>
      <div style={{ display: 'flex', fontSize: title.length > 90 ? 52 : 64, lineHeight: 1.2 }}>{title}</div>
      <div style={{ display: 'flex', flexDirection: 'column', color: colours.soft, fontSize: 30 }}>
        <div>{authors}</div>
        <div style={{ color: colours.accent }}>{topics}</div>
      </div>
    </div>
  );
}
