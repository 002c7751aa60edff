/** The view of the page `/api`, the API's documentation. */

export type ApiParameterView = {
  readonly name: string;
  readonly takes: string;
  /** Null for values that come from an earlier response, such as a cursor. */
  readonly example: ExampleView | null;
};

/** A link to an example request. */
type ExampleView = { readonly label: string; readonly href: string };

export type ApiOperationView = {
  readonly path: string;
  readonly summary: string;
  readonly parameters: readonly ApiParameterView[];
  readonly href: string;
};

export type ApiPageView = {
  /** Absolute address of the page. */
  readonly url: string;
  readonly groups: readonly {
    readonly name: string;
    readonly note: string;
    readonly operations: readonly ApiOperationView[];
  }[];
  /** Command lines and configuration to copy. */
  readonly curl: string;
  readonly python: string;
  readonly mcp: string;
};
