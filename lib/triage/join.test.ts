import { expect, it } from "vitest";
import { algorithm } from "./algorithm";
import { seal } from "./fingerprint/seal";
import { assign } from "./join";

const refused = (host: string) =>
  algorithm.fingerprint({ type: "Error", message: `no answer from ${host}`, stack: null });
const broken = (message: string) =>
  algorithm.fingerprint({
    type: "java.lang.NullPointerException",
    message,
    stack:
      "java.lang.NullPointerException\n\tat com.shop.Cart.total(Cart.java:3)\n\tat com.shop.CartTest.adds(CartTest.java:9)",
  });

it("[J1] joins the group of the most similar known one, and says how alike", () => {
  const known = broken('Cannot invoke "Price.of()" because "price" is null');
  const bare = broken("");
  const answer = assign([bare], [{ ...known, groupId: "g" }], algorithm).get(bare.hash);
  expect(answer).toMatchObject({ groupId: "g", joinedBy: "similar", to: known.hash });
  expect(answer && "similarity" in answer && answer.similarity).toBeGreaterThanOrEqual(algorithm.threshold);
});

it("[J1] lets the first found a group, and those like it join it", () => {
  const first = broken('Cannot invoke "Price.of()" because "price" is null');
  const second = broken("");
  const assigned = assign([first, second], [], algorithm);
  expect(assigned.get(first.hash)).toEqual({ founds: true });
  expect(assigned.get(second.hash)).toMatchObject({ founds: true, with: first.hash, to: first.hash });
});

it("[J1] leaves other causes apart", () => {
  const prints = [refused("stock.internal:8443"), refused("payments.internal:8443")];
  expect([...assign(prints, [], algorithm).values()]).toEqual([{ founds: true }, { founds: true }]);
});

it("[J1] never joins what a person has told apart", () => {
  const base = broken("");
  const place = { suite: "s", name: "a" };
  const text = { type: null, message: null, stack: null };
  const one = algorithm.refine(base, { kind: "case" }, text, place);
  const other = algorithm.refine(base, { kind: "case" }, text, { ...place, name: "b" });
  expect(algorithm.similarity(one.parts, other.parts)).toBe(0);
  expect([...assign([base, one, other], [], algorithm).values()]).toEqual([
    { founds: true },
    { founds: true },
    { founds: true },
  ]);
});

// Words of letters alone, since a digit would be masked.
const word = (n: number): string => (n < 26 ? "" : word(Math.floor(n / 26) - 1)) + String.fromCharCode(97 + (n % 26));

function cpuMs(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}

it("[J1] folds 20,000 unknown ones in less than two seconds, however alike they are, and always the same", () => {
  const alike = Array.from({ length: 20_000 }, (_, n) =>
    seal(1, { type: "Error", message: `the service ${word(n)} did not answer its caller in time`, frames: [] }),
  );
  const bare = Array.from({ length: 20_000 }, (_, n) =>
    seal(1, {
      type: "AssertionError",
      message: "expected true",
      frames: ["com.shop.Check.that", `com.shop.${word(n)}Test.runs`],
    }),
  );
  for (const prints of [alike, bare]) {
    let first = new Map();
    const spentMs = cpuMs(() => {
      first = assign(prints, [], algorithm);
    });
    expect(spentMs).toBeLessThan(2_000);
    const some = prints.slice(0, 2_000);
    expect([...assign(some, [], algorithm)]).toEqual([...first].slice(0, 2_000));
  }
}, 60_000);

it("[J1] takes a place of the same name in another package for another place", () => {
  const at = (place: string) =>
    algorithm.fingerprint({
      type: "java.lang.NullPointerException",
      message: null,
      stack: `java.lang.NullPointerException\n\tat com.shop.${place}.Step.run(Step.java:3)`,
    }).parts;
  expect(algorithm.similarity(at("billing"), at("search"))).toBeLessThan(algorithm.threshold);
});
