/** Names one value that a handler keeps with a socket, and its type. Make it once, beside the handler. */
export class Attribute<Value> {
  readonly #values = new WeakMap<Attributes, Value>()

  /** `name` is for people who read a log or a debugger; two attributes of one name are still two. */
  constructor(readonly name: string) {}

  /** For `Attributes` alone. The values lie here, so that their type needs no assertion. */
  get values(): WeakMap<Attributes, Value> {
    return this.#values
  }
}

/** A handler's own data of one socket: a map whose keys know the types of their values. It goes with the socket. */
export class Attributes {
  has(attribute: Attribute<unknown>): boolean {
    return attribute.values.has(this)
  }

  get<Value>(attribute: Attribute<Value>): Value | undefined {
    return attribute.values.get(this)
  }

  set<Value>(attribute: Attribute<Value>, value: Value): this {
    attribute.values.set(this, value)
    return this
  }

  /** Whether there was a value. */
  delete(attribute: Attribute<unknown>): boolean {
    return attribute.values.delete(this)
  }
}
