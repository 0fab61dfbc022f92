import { expect, it } from "vitest";
import { algorithm } from "./algorithm";
import { Hashes } from "./hashes";

it("[J1] tells failures apart that share a message, in whichever order they come, and reads none twice in a row", () => {
  let reads = 0;
  const hashes = new Hashes({
    ...algorithm,
    fingerprint(failure) {
      reads += 1;
      return algorithm.fingerprint(failure);
    },
  });
  const at = (place: string) => `    at ${place} (/work/app/src/${place}.ts:1:1)`;
  const failures = [
    { type: "Oops", message: "boom", stack: at("pay") },
    { type: "Oops", message: "boom", stack: at("ship") },
    { type: "Ouch", message: "boom", stack: at("ship") },
    { type: null, message: null, stack: at("pay") },
    { type: null, message: "", stack: null },
  ];
  for (const failure of [...failures, ...failures.reverse()])
    expect(hashes.of(failure)).toBe(algorithm.fingerprint(failure).hash);
  reads = 0;
  const same = { type: "Oops", message: "again", stack: at("pay") };
  for (let count = 0; count < 100; count += 1) hashes.of({ ...same });
  expect(reads).toBe(1);
});

it("[J1] remembers a bounded number of texts, and none that is long", () => {
  let reads = 0;
  const hashes = new Hashes({
    ...algorithm,
    fingerprint: (failure) => {
      reads += 1;
      return { ...algorithm.fingerprint({ ...failure, stack: null }), hash: String(failure.message) };
    },
  });
  for (let index = 0; index < 5_000; index += 1) hashes.of({ type: null, message: `m${index}`, stack: null });
  hashes.of({ type: null, message: "m0", stack: null });
  expect(reads).toBe(5_001);
  const long = { type: null, message: "long", stack: "x".repeat(10_000) };
  hashes.of(long);
  hashes.of(long);
  expect(reads).toBe(5_003);
});
