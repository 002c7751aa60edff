/** What the page `/api` shows: every address of the API, for people. */

export type ApiParameterView = { readonly name: string; readonly takes: string };

export type ApiOperationView = {
  readonly path: string;
  readonly summary: string;
  readonly parameters: readonly ApiParameterView[];
  /** An address to try, where one works in every store. */
  readonly example: string | null;
};

export type ApiPageView = {
  readonly groups: readonly { readonly name: string; readonly note: string; readonly operations: readonly ApiOperationView[] }[];
  /** Lines to paste. */
  readonly curl: string;
  readonly python: string;
  readonly mcp: string;
};
