import { expect, it } from "vitest";
import { foldFrames } from "./frames";

const shape = (stack: string) =>
  foldFrames(stack).map(({ isLibrary, lines }) => `${isLibrary ? "library" : "own"} ${lines}`);

it("[B1] folds library frames and leaves the project's own", () => {
  const stack = `java.lang.AssertionError: no
\tat com.shop.PaymentTest.pays(PaymentTest.java:27)
\tat sun.reflect.NativeMethodAccessorImpl.invoke0(Native Method)
\tat java.lang.reflect.Method.invoke(Method.java:498)
\tat org.junit.runners.ParentRunner.run(ParentRunner.java:363)
\tat com.shop.Main.run(Main.java:3)`;
  expect(shape(stack)).toEqual(["own 2", "library 3", "own 1"]);
});

it("[B1] folds nothing that stands alone, and loses no line", () => {
  const stack =
    "Error: x\n    at a (src/a.ts:1:1)\n    at b (/app/node_modules/b/index.js:1:1)\n    at c (src/c.ts:1:1)";
  expect(shape(stack)).toEqual(["own 4"]);
  expect(
    foldFrames(stack)
      .map(({ text }) => text)
      .join("\n"),
  ).toBe(stack);
});
