/** What every object inherits from, as it was when this module was loaded: no input may change any of it. */

const named: readonly (readonly [string, object])[] = [
  ...[
    Object,
    Array,
    String,
    Number,
    Boolean,
    Function,
    Symbol,
    BigInt,
    RegExp,
    Date,
    Map,
    Set,
    WeakMap,
    Promise,
    Error,
    TypeError,
    RangeError,
    SyntaxError,
    ArrayBuffer,
    Uint8Array,
    Buffer,
    URL,
    URLSearchParams,
    TextDecoder,
  ].map((one): readonly [string, object] => [`${one.name}.prototype`, one.prototype]),
  ['Uint8Array.prototype.__proto__', Reflect.getPrototypeOf(Uint8Array.prototype) ?? {}],
  ['Object', Object],
  ['Array', Array],
  ['JSON', JSON],
  ['Math', Math],
  ['Reflect', Reflect],
];

type Descriptors = ReadonlyMap<PropertyKey, PropertyDescriptor>;

const descriptorsOf = (object: object): Descriptors =>
  new Map(
    Reflect.ownKeys(object).map((key) => [key, Reflect.getOwnPropertyDescriptor(object, key) ?? {}] as const),
  );

const before = named.map(([name, object]) => ({ name, object, properties: descriptorsOf(object) }));

const isSame = (a: PropertyDescriptor, b: PropertyDescriptor): boolean =>
  Object.is(a.value, b.value) && a.get === b.get && a.set === b.set && a.writable === b.writable;

/** The first property that is not as it was, such as `Object.prototype.polluted`; `undefined` when all are. */
export function changedIntrinsics(): string | undefined {
  for (const { name, object, properties } of before) {
    const keys = Reflect.ownKeys(object);
    for (const key of keys) {
      const now = Reflect.getOwnPropertyDescriptor(object, key);
      const was = properties.get(key);
      if (was === undefined || now === undefined || !isSame(now, was)) return `${name}.${String(key)}`;
    }
    if (keys.length !== properties.size) return `${name}: a property is gone`;
  }
  const added = Reflect.ownKeys(globalThis).find((key) => !globals.has(key));
  return added === undefined ? undefined : `globalThis.${String(added)}`;
}

/** Names alone: Node replaces some of its globals when they are first used. */
const globals = new Set(Reflect.ownKeys(globalThis));

/** Puts everything back. */
export function restoreIntrinsics(): void {
  for (const { object, properties } of before) {
    for (const key of Reflect.ownKeys(object)) if (!properties.has(key)) Reflect.deleteProperty(object, key);
    for (const [key, was] of properties) {
      const now = Reflect.getOwnPropertyDescriptor(object, key);
      if (now === undefined || !isSame(now, was)) Reflect.defineProperty(object, key, was);
    }
  }
  for (const key of Reflect.ownKeys(globalThis))
    if (!globals.has(key)) Reflect.deleteProperty(globalThis, key);
}
