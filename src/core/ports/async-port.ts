/**
 * A port whose methods may return promises. Callers await every result, so they accept synchronous and asynchronous
 * implementations.
 */
export type AsyncPort<Port> = {
  readonly [Name in keyof Port]: Port[Name] extends (...given: infer Given) => infer Answer
    ? (...given: Given) => Answer | Promise<Awaited<Answer>>
    : Port[Name];
};
