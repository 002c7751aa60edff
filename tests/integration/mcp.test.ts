/** The Model Context Protocol at `/mcp`, with the SDK's client and with invalid messages. */
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
import { describe, expect, onTestFinished, test } from 'vitest';
import { siteUrl } from '#tests/a-library.ts';
import { type Call, openApi } from '#tests/call-api.ts';
import { aStoreWithPapers } from '#tests/stored-papers.ts';

const anApi = async () => openApi((await aStoreWithPapers()).file);

async function aClient(): Promise<Client> {
  const api = await anApi();
  const client = new Client({ name: 'test', version: '1' });
  const transport = new StreamableHTTPClientTransport(new URL('/mcp', siteUrl), {
    fetch: (url, init) => api(String(url), init),
  });
  // The SDK's own types disagree about optional members.
  await client.connect(transport as unknown as Transport);
  onTestFinished(() => client.close());
  return client;
}

const post = (api: Call, body: string, headers = {}) =>
  api('/mcp', { method: 'POST', body, headers: { 'content-type': 'application/json', ...headers } });
const message = (method: string, params: object = {}, id: number | null = 1) =>
  JSON.stringify({ jsonrpc: '2.0', ...(id === null ? {} : { id }), method, params });

type Hits = { readonly total: number; readonly papers: readonly { readonly id: string; readonly partial?: boolean }[] };

async function ask(client: Client, name: string, args: Record<string, unknown> = {}) {
  const result = await client.callTool({ name, arguments: args });
  const [content] = result.content as { readonly text: string }[];
  return {
    text: content?.text ?? '',
    data: result.structuredContent as Hits & Record<string, unknown>,
    isError: result.isError === true,
  };
}

describe('with the SDK’s client', () => {
  test('all tools have a description and are read-only', async () => {
    const client = await aClient();
    const { tools } = await client.listTools();
    expect(tools.map(({ name }) => name)).toEqual(['search_papers', 'get_paper', 'list_day', 'related_papers', 'cite']);
    for (const tool of tools)
      expect([tool.annotations?.readOnlyHint, tool.inputSchema.type, tool.outputSchema?.type]).toEqual([
        true,
        'object',
        'object',
      ]);
    expect(client.getServerVersion()).toMatchObject({ name: 'paper-digest' });
    await client.ping();
  });

  // The client checks every response against the tool's output schema.
  test('the tools find, read, list and cite papers', async () => {
    const client = await aClient();
    await client.listTools();
    const found = await ask(client, 'search_papers', { query: 'drafted decoder' });
    expect(found.data.total).toBe(1);
    expect(found.data.papers[0]).toMatchObject({
      id: '2406.00105',
      url: `${siteUrl}/papers/2406.00105`,
      abstract: 'Speculative decoding.',
    });
    expect(found.text).toContain('[2406.00105] A drafted decoder: Jane Doe, 2024-06-01');
    const inPart = await ask(client, 'search_papers', { query: 'drafted another' });
    expect(inPart.text).toMatch(
      /^0 of 0 papers, and 3 with only some of the words\n(?:- .*> \(partial match\)\n?){3}$/,
    );
    expect(inPart.data.papers.map(({ partial }) => partial)).toEqual([true, true, true]);
    expect(found.data.papers.map(({ partial }) => partial)).toEqual([undefined, true, true]);
    expect((await ask(client, 'search_papers', { query: 'autor:doe' })).text).toContain('did you mean');
    expect((await ask(client, 'get_paper', { id: 'arXiv:2405.14906v2' })).text).toContain('## Abstract');
    expect((await ask(client, 'list_day')).data.papers.map(({ id }) => id)).toEqual([
      '2405.14906',
      '2406.00105',
      '2407.00002',
    ]);
    expect((await ask(client, 'list_day', { day: '2025-12-12' })).data).toMatchObject({ day: '2025-12-12', total: 1 });
    expect((await ask(client, 'related_papers', { id: '2405.14906' })).data).toMatchObject({
      total: 1,
      papers: [{ id: '2406.00105' }],
    });
    const bibtex = await ask(client, 'cite', { ids: ['2405.14906', '2406.00105'] });
    expect(bibtex.text.match(/^@misc\{/gm)).toHaveLength(2);
    const same = await ask(client, 'cite', { ids: ['2405.14906', 'arXiv:2405.14906v2', '2405.14906'] });
    expect(same.text.match(/^@misc\{/gm)).toHaveLength(1);
    expect((await ask(client, 'cite', { ids: ['2405.14906'], format: 'ris' })).text).toMatch(/^TY {2}- /);
    expect(JSON.parse((await ask(client, 'cite', { ids: ['2405.14906'], format: 'csl-json' })).text)).toMatchObject([
      { type: 'article' },
    ]);
  });

  test('the model gets error messages as results', async () => {
    const client = await aClient();
    expect(await ask(client, 'get_paper', { id: 'none' })).toMatchObject({
      isError: true,
      text: 'Paper not found: none',
    });
    expect((await ask(client, 'cite', { ids: ['2405.14906', '2999.99999'] })).text).toContain('2999.99999');
    expect(await ask(client, 'search_papers', { limit: 1000 })).toMatchObject({
      isError: true,
      text: expect.stringContaining('<=50'),
    });
    expect(await ask(client, 'list_day', { day: '2025-02-30' })).toMatchObject({
      isError: true,
      text: expect.stringContaining('day'),
    });
    await expect(ask(client, 'nothing')).rejects.toThrow('nothing');
  });
});

describe('with raw messages', () => {
  test('the server accepts known protocol versions and answers others with its newest', async () => {
    const api = await anApi();
    const versionFor = async (protocolVersion: string) =>
      (
        (await (await post(api, message('initialize', { protocolVersion }))).json()) as {
          result: { protocolVersion: string };
        }
      ).result.protocolVersion;
    expect(await versionFor('2025-03-26')).toBe('2025-03-26');
    expect(await versionFor('1999-01-01')).toBe('2025-11-25');
    expect((await post(api, message('ping'), { 'mcp-protocol-version': '1999-01-01' })).status).toBe(400);
  });

  test('the server accepts notifications, answers batches and rejects invalid messages', async () => {
    const api = await anApi();
    const notified = await post(api, message('notifications/initialized', {}, null));
    expect([notified.status, await notified.text()]).toEqual([202, '']);
    const batch = await post(
      api,
      `[${message('ping')},${message('notifications/x', {}, null)},${message('nothing', {}, 2)}]`,
    );
    expect(await batch.json()).toEqual([
      { jsonrpc: '2.0', id: 1, result: {} },
      { jsonrpc: '2.0', id: 2, error: { code: -32601, message: expect.any(String) } },
    ]);
    expect(await (await post(api, '{')).json()).toMatchObject({ error: { code: -32700 } });
    for (const body of ['null', '1', '"x"', '{}', '{"jsonrpc":"1.0","id":1,"method":"ping"}']) {
      expect(await (await post(api, body)).json(), body).toMatchObject({ error: { code: -32600 } });
    }
    for (const body of [
      '{"jsonrpc":"1.0","id":7,"method":"ping"}',
      '{"jsonrpc":"2.0","id":7,"method":"ping","params":[]}',
    ]) {
      expect(await (await post(api, body)).json(), body).toMatchObject({ id: 7, error: { code: -32600 } });
    }
    for (const body of ['[]', `[${Array(21).fill(message('ping')).join()}]`])
      expect((await post(api, body)).status).toBe(400);
    expect((await post(api, `"${'x'.repeat(300_000)}"`)).status).toBe(413);
  });

  test('the server has no stream and no session', async () => {
    const api = await anApi();
    for (const method of ['GET', 'DELETE']) {
      const { status, headers } = await api('/mcp', { method });
      expect([status, headers.get('allow')]).toEqual([405, 'POST, OPTIONS']);
    }
    expect((await api('/mcp', { method: 'OPTIONS' })).headers.get('allow')).toBe('POST, OPTIONS');
  });

  test('the server rejects other origins, including DNS rebinding', async () => {
    const api = await anApi();
    const foreign = [
      'https://evil.example',
      'null',
      '',
      `${siteUrl}.evil.example`,
      `${siteUrl}:8443`,
      'http://localhost:3001',
    ];
    for (const origin of foreign)
      for (const method of ['POST', 'GET', 'DELETE', 'OPTIONS']) {
        const body = method === 'POST' ? { body: message('ping') } : {};
        const hosts = [new URL(siteUrl).host, URL.parse(origin)?.host ?? '', 'localhost:3000'].filter(
          (host) => host !== 'localhost:3001',
        );
        for (const host of hosts) {
          const answer = await api('/mcp', { method, headers: { origin, host }, ...body });
          expect(
            [answer.status, answer.headers.get('access-control-allow-origin')],
            `${method} ${origin} ${host}`,
          ).toEqual([403, null]);
        }
      }
    expect(await (await post(api, message('ping'), { origin: 'https://evil.example' })).json()).toMatchObject({
      error: { code: -32600 },
    });
  });

  test('the server answers its own origin and programs, without CORS headers for others', async () => {
    const api = await anApi();
    const hosts = { host: 'localhost:3000', origin: 'http://localhost:3000' };
    for (const headers of [{}, { origin: siteUrl }, { origin: siteUrl, host: 'proxied:3000' }, hosts] as Record<
      string,
      string
    >[]) {
      const answer = await post(api, message('ping'), headers);
      expect([answer.status, answer.headers.get('access-control-allow-origin')]).toEqual([200, null]);
    }
  });
});
