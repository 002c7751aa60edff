/** A port whose methods may answer later: for whoever waits for each answer, and so takes implementations of both kinds. */
export type AsyncPort<Port> = {
  readonly [Name in keyof Port]: Port[Name] extends (...given: infer Given) => infer Answer
    ? (...given: Given) => Answer | Promise<Awaited<Answer>>
    : Port[Name];
};
