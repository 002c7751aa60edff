/** What the page `/api` shows: every address of the API, for people. */

export type ApiParameterView = {
  readonly name: string;
  readonly takes: string;
  /** Null for what only an earlier answer can tell. */
  readonly example: ExampleView | null;
};

/** An address to try. */
type ExampleView = { readonly label: string; readonly href: string };

export type ApiOperationView = {
  readonly path: string;
  readonly summary: string;
  readonly parameters: readonly ApiParameterView[];
  readonly href: string;
};

export type ApiPageView = {
  /** The page's own address, absolute. */
  readonly url: string;
  readonly groups: readonly {
    readonly name: string;
    readonly note: string;
    readonly operations: readonly ApiOperationView[];
  }[];
  /** Lines to paste. */
  readonly curl: string;
  readonly python: string;
  readonly mcp: string;
};
