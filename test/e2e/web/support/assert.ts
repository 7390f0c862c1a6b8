// What the suites use of Node's `assert/strict`, where there is no Node. It fails where that fails.

function fail(message: string | Error | undefined, otherwise: string): never {
  throw message instanceof Error ? message : new Error(message ?? otherwise);
}

function shown(value: unknown): string {
  return typeof value === 'string' ? JSON.stringify(value) : (JSON.stringify(value, undefined, 2) ?? String(value));
}

function isSame(one: unknown, other: unknown): boolean {
  if (Object.is(one, other)) return true;
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false;
  if (Object.getPrototypeOf(one) !== Object.getPrototypeOf(other)) return false;
  if (one instanceof Map || one instanceof Set) return isSame([...one], [...(other as Iterable<unknown>)]);
  const [keys, others] = [Object.keys(one), Object.keys(other)];
  const members = (object: object, key: string): unknown => (object as Readonly<Record<string, unknown>>)[key];
  return keys.length === others.length && keys.every((key) => Object.hasOwn(other, key) && isSame(members(one, key), members(other, key)));
}

/** Whether an error is as expected: its text matches. */
function assertExpected(error: unknown, expected: RegExp | undefined): void {
  const text = error instanceof Error ? error.message : String(error);
  if (expected !== undefined && !expected.test(text)) fail(undefined, `${shown(text)} does not match ${String(expected)}`);
}

const assert = {
  ok(value: unknown, message?: string): void {
    if (!value) fail(message, `${shown(value)} is not true`);
  },
  equal(found: unknown, expected: unknown, message?: string): void {
    if (!Object.is(found, expected)) fail(message, `${shown(found)} is not ${shown(expected)}`);
  },
  notEqual(found: unknown, unexpected: unknown, message?: string): void {
    if (Object.is(found, unexpected)) fail(message, `it is ${shown(found)}`);
  },
  deepEqual(found: unknown, expected: unknown, message?: string): void {
    if (!isSame(found, expected)) fail(message, `found ${shown(found)}\nexpected ${shown(expected)}`);
  },
  match(text: string, expected: RegExp, message?: string): void {
    if (!expected.test(text)) fail(message, `${shown(text)} does not match ${String(expected)}`);
  },
  doesNotMatch(text: string, unexpected: RegExp, message?: string): void {
    if (unexpected.test(text)) fail(message, `${shown(text)} matches ${String(unexpected)}`);
  },
  fail(message?: string): never {
    return fail(message, 'failed');
  },
  async rejects(act: Promise<unknown> | (() => PromiseLike<unknown>), expected?: RegExp): Promise<void> {
    try {
      await (typeof act === 'function' ? act() : act);
    } catch (error) {
      assertExpected(error, expected);
      return;
    }
    fail(undefined, 'nothing was rejected');
  },
  throws(act: () => unknown, expected?: RegExp): void {
    try {
      act();
    } catch (error) {
      assertExpected(error, expected);
      return;
    }
    fail(undefined, 'nothing was thrown');
  },
};

// The suites import what Node's module gives by default.
export { assert as default };
