/** Limits open streamed responses. Above the limit, the client with the most loses its newest one. */
import type { ServerResponse } from 'node:http';
import { createGroups } from './client-groups.ts';

export function createOpenStreams(streamsMax: number) {
  const open = createGroups<ServerResponse>();
  return {
    /** Returns false if this client already has the most. */
    admit(client: string, response: ServerResponse): boolean {
      open.add(client, response);
      response.once('close', () => open.remove(client, response));
      if (open.size() <= streamsMax) return true;
      const loser = open.clientWithMost(client);
      const newest = [...open.of(loser)].at(-1);
      if (newest === undefined || newest === response) {
        open.remove(client, response);
        return false;
      }
      newest.destroy();
      return true;
    },
  };
}
