import { Environment } from "@marcbachmann/cel-js";
import { UnsignedInt } from "@marcbachmann/cel-js/evaluator";

/** What an expression may name: the event that triggered the run, and the one that it is compared with. */
export type Scope = { event?: unknown; async?: unknown };

type Compiled = ReturnType<Environment["parse"]>;

const environment = new Environment({ homogeneousAggregateLiterals: false })
  .registerVariable("event", "dyn")
  .registerVariable("async", "dyn");

// Functions may build the expression of a wait from data, so there can be any number of them.
const CACHE_SIZE = 500;
const compiled = new Map<string, Compiled | null>();

/**
 * What a CEL expression comes to, as JSON has it. Undefined when it cannot be evaluated, a missing field included; as
 * on an Inngest server numbers of an event are doubles, so that `event.data.n + 1` is such a mistake.
 */
export function evaluate(expression: string, scope: Scope): unknown {
  try {
    const run = compile(expression);
    return run ? plain(run(scope)) : undefined;
  } catch {
    return undefined;
  }
}

/** True when the expression comes to true; anything else, a mistake included, is not. */
export const isTrue = (expression: string, scope: Scope): boolean => evaluate(expression, scope) === true;

/** Throws an Error that says why when the expression can come to nothing, whatever the event. */
export function checkExpression(expression: string): void {
  const { valid, error } = environment.parse(expression).check();
  if (!valid) throw error ?? new Error("it cannot be evaluated");
}

function compile(expression: string): Compiled | null {
  const known = compiled.get(expression);
  if (known !== undefined) return known;
  const [oldest] = compiled.keys();
  if (oldest !== undefined && compiled.size >= CACHE_SIZE) compiled.delete(oldest);
  const run = parse(expression);
  compiled.set(expression, run);
  return run;
}

function parse(expression: string): Compiled | null {
  try {
    return environment.parse(expression);
  } catch {
    return null;
  }
}

/** CEL's integers are BigInt, which JSON lacks; those beyond a double's exact range stay exact as text. */
function plain(value: unknown): unknown {
  if (value instanceof UnsignedInt) return plain(value.valueOf());
  if (typeof value === "bigint") return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
  if (value instanceof Map) return Object.fromEntries([...value].map(([key, one]) => [String(plain(key)), plain(one)]));
  if (Array.isArray(value)) return value.map(plain);
  if (value instanceof Date) return value.toISOString();
  if (typeof value !== "object" || value === null) return value;
  // What an event brought is JSON already, but a map of the expression's own may hold integers.
  if (Object.getPrototypeOf(value) === Object.prototype)
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, plain(one)]));
  return String(value);
}
