import { carryOut, type Order } from "./test-scene";

// A process of its own for tests: it carries out what it is told, with the test's database.
process.on("message", ({ id, order }: { id: number; order: Order }) => {
  carryOut(order).then(
    (attempts) => process.send?.({ id, attempts }),
    (error: unknown) => process.send?.({ id, error: String(error) }),
  );
});
process.send?.("ready");
