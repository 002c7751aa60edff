/** Compares status, headers and body of two servers' responses, for a list of requests and the pages' links. */
import { type IncomingHttpHeaders, request } from 'node:http';
import type { Build } from './build.ts';
import { type Difference, differenceOf } from './difference.ts';
import { normalize, normalizeHeaders, withoutFlightData } from './normalize.ts';
import { type RouteRequest, requestsOfEveryKind } from './requests.ts';

type Received = { readonly status: number; readonly headers: IncomingHttpHeaders; readonly body: string };

export async function compareRoutes(before: Build, after: Build, pagesMax: number): Promise<Difference[]> {
  const differences: Difference[] = [];
  const known = new Set<string>();
  const queue: RouteRequest[] = [...requestsOfEveryKind];
  for (let followed = 0; queue.length > 0; ) {
    const request = queue.shift() as RouteRequest;
    const requestLabel = `${request.method ?? 'GET'} ${request.path} ${JSON.stringify(request.headers ?? {})}`;
    if (known.has(requestLabel)) continue;
    known.add(requestLabel);
    const [beforeResponse, afterResponse] = await Promise.all([send(before, request), send(after, request)]);
    differences.push(...differencesOf(requestLabel, beforeResponse, afterResponse));
    for (const path of linksIn(beforeResponse)) {
      if (followed >= pagesMax || known.has(`GET ${path} {}`)) continue;
      followed += 1;
      queue.push({ path });
    }
  }
  console.error(`${known.size} requests compared`);
  return differences;
}

function differencesOf(what: string, one: Received, two: Received): Difference[] {
  return [
    ...differenceOf(`${what} status`, String(one.status), String(two.status)),
    ...differenceOf(`${what} headers`, normalizeHeaders(one.headers), normalizeHeaders(two.headers)),
    ...differenceOf(`${what} body`, bodyOf(one), bodyOf(two)),
  ];
}

const isHtml = ({ headers }: Received): boolean => String(headers['content-type']).startsWith('text/html');
const bodyOf = (received: Received): string =>
  normalize(isHtml(received) ? withoutFlightData(received.body) : received.body);

function linksIn(received: Received): string[] {
  if (!isHtml(received)) return [];
  const links = [...received.body.matchAll(/<a [^>]*?href="([^"]+)"/g)].map(([, link = '']) =>
    link.replaceAll('&amp;', '&'),
  );
  return links
    .map((link) => link.replace(/^http:\/\/papers\.example/, '').replace(/#.*/, ''))
    .filter((link) => /^\/(?!\/)/.test(link));
}

function send({ url }: Build, { path, method = 'GET', headers = {}, body }: RouteRequest): Promise<Received> {
  return new Promise((resolve, reject) => {
    request(url + path, { method, headers: { host: 'papers.example', ...headers }, agent: false }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: Buffer.concat(chunks).toString(),
        }),
      );
    })
      .on('error', reject)
      .end(body);
  });
}
