import { expect, it } from "vitest";
import { mask } from "./mask";

const masked: [what: string, text: string, result: string][] = [
  [
    "numbers and amounts",
    "total is 12,50 after 3 items at € 4.10",
    "total is <number> after <number> items at <number>",
  ],
  ["UUIDs and hashes", "order 6e6e2767-5979-4a49-8403-a68b366c8d7d at 9f86d081884c", "order <uuid> at <hex>"],
  ["addresses", "Cart@1b2c3d4 at 0x7fa90ebb4108", "Cart@<address> at <address>"],
  ["dates and times", "at 2026-11-20T10:11:12.345Z and 10:11:12", "at <time> and <time>"],
  ["durations", "after 30000ms and 5 seconds or 2.5s", "after <duration> and <duration> or <duration>"],
  ["sizes", "heap of 512MB and 20 MiB", "heap of <size> and <size>"],
  ["paths", "cannot open /tmp/engine-8812/stone.ktx or C:\\Temp\\a.txt", "cannot open <path> or <path>"],
  ["e-mails", "no user ann@shop.example here", "no user <email> here"],
  [
    "addresses of machines, but well-known ports",
    "10.0.0.5:5432 and [x] 10.1.2.3:51234",
    "<ip>:5432 and [x] <ip>:<port>",
  ],
  [
    "URLs to host and skeleton",
    "GET https://api.shop.io/v1/orders/991?x=1 failed",
    "GET https://api.shop.io/v1/orders/* failed",
  ],
  ["routes to their skeleton", "POST /api/users/17/orders said no", "POST /api/users/*/orders said no"],
  ["quoted values", `order "A-1" of 'ann' is gone`, "order <quoted> of <quoted> is gone"],
  ["literals", `assert {"a": 1, "b": 2} == [1, 2, 3]`, "assert <object> == <list>"],
  ["lists of values as one", "rows 3, 4, 5 differ", "rows <number> differ"],
  ["names of pods", "pod shop-api-7d9f8b6c5d-x2x4z is gone", "pod shop-api-<id> is gone"],
];

it.each(masked)("[J1] masks %s", (_, text, result) => {
  expect(mask(text).text).toBe(result);
});

const kept: [what: string, text: string][] = [
  ["a status", "Expected status code 200 but got 503."],
  ["an exit code", "Process exited with code 137"],
  ["codes of tools", "ORA-00942: table or view does not exist"],
  ["locators", "waiting for getByRole('button', { name: 'Pay' }).first()"],
  ["selectors", 'Unable to locate element: {"method":"css selector","selector":"#pay"}'],
  ["elements of Selenium", "waiting for visibility of element located by By.id: spinner"],
  ["constraints", 'violates unique constraint "users_email_key"'],
  ["properties", "Cannot read properties of undefined (reading 'total')"],
  ["methods and nulls", "undefined method `rate' for nil"],
  ["classes", "Unable to resolve service for type 'Acme.Shop.IClock'"],
  ["apostrophes", "can't find what isn't there"],
];

it.each(kept)("[J1] keeps %s", (_, text) => {
  expect(mask(text)).toEqual({ text, values: [] });
});

it("[J1] says what it took out, in its order and by its kind", () => {
  expect(mask(`order "A-1" of 'ann' cost 12 after 30ms`).values).toEqual([
    { label: "quoted value 1", value: "A-1" },
    { label: "quoted value 2", value: "ann" },
    { label: "number 1", value: "12" },
    { label: "duration 1", value: "30ms" },
  ]);
});
