import { expect, it } from "vitest";
import { suitePath } from "./suite-path";

it.each([
  ["checkout › shop.ShippingTest", "shop.ShippingTest", "checkout › shop.ShippingTest"],
  ["checkout", "shop.ShippingTest", "checkout › shop.ShippingTest"],
  ["shop.ShippingTest", "shop.ShippingTest", "shop.ShippingTest"],
  ["", "shop.ShippingTest", "shop.ShippingTest"],
  ["checkout", "", "checkout"],
  ["a › b › a", "c", "a › b › a › c"],
  ["", "", ""],
])("[B2] “%s” and class “%s” say each name once", (suite, className, path) => {
  expect(suitePath({ suite, className })).toBe(path);
});
