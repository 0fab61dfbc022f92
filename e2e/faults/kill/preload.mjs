// Loaded before the product (`node --import`). Watches what it sends to the database and to trackers, and at one point
// ends its process. The product knows nothing of it: there is no hook in it.
import { subscribe } from "node:diagnostics_channel";
import { existsSync, writeFileSync } from "node:fs";
import pg from "pg";

/** @typedef {import("./points").Watch} Watch */
/** @typedef {{ name: string, watch: Watch, act: "kill" | "hold" | "terminate", record: string }} Order */

/** @type {Order | undefined} */
let order = process.env.FAULTLINE_KILL ? JSON.parse(process.env.FAULTLINE_KILL) : undefined;
process.on("message", (message) => {
  if (message?.order) order = message.order;
});

/** The point is reached: says so where the parent looks, then ends the process, or stands still in the middle of it. */
function strike() {
  if (!order) return;
  const { name, act, record } = order;
  order = undefined;
  writeFileSync(record, name);
  if (act === "hold") {
    // Blocks the whole process, as a suspended one is: nothing of it goes on until the parent says so.
    const clock = new Int32Array(new SharedArrayBuffer(4));
    while (!existsSync(`${record}.go`)) Atomics.wait(clock, 0, 0, 10);
  } else process.kill(process.pid, act === "kill" ? "SIGKILL" : "SIGTERM");
}

/** @param {(watch: Watch) => boolean} fits */
function meet(fits) {
  if (order && fits(order.watch)) strike();
}

const query = pg.Client.prototype.query;
const inTransaction = new WeakMap();

pg.Client.prototype.query = function watched(...args) {
  const [config] = args;
  if (typeof config?.submit === "function") return query.apply(this, args);
  const said = describe(args);
  if (/^\s*BEGIN/i.test(said)) inTransaction.set(this, []);
  const statements = inTransaction.get(this) ?? [];
  statements.push(said);
  const isCommit = /^\s*COMMIT/i.test(said);

  const at =
    (when, rows = "") =>
    (watch) => {
      if (watch.at !== (isCommit ? "commit" : "statement") || watch.when !== when) return false;
      const holds = new RegExp(watch.holds);
      return isCommit ? statements.some((one) => holds.test(one)) : holds.test(`${said}\n${rows}`);
    };
  const after = (result) => {
    if (result && (isCommit || result.rowCount > 0)) meet(at("after", order && JSON.stringify(result.rows)));
    if (isCommit) inTransaction.delete(this);
  };

  meet(at("before"));
  const last = args.at(-1);
  if (typeof last === "function") {
    args[args.length - 1] = (error, result) => {
      after(error ? undefined : result);
      return last(error, result);
    };
    return query.apply(this, args);
  }
  return Promise.resolve(query.apply(this, args)).then((result) => {
    after(result);
    return result;
  });
};

function describe([config, values]) {
  const text = typeof config === "string" ? config : (config?.text ?? "");
  return `${text}\n${JSON.stringify((Array.isArray(values) ? values : config?.values) ?? [])}`;
}

// Undici publishes under these names, bundled or not.
const moments = {
  written: "undici:client:sendHeaders",
  sent: "undici:request:bodySent",
  replied: "undici:request:headers",
  complete: "undici:request:trailers",
};
for (const [when, channel] of Object.entries(moments)) {
  subscribe(channel, ({ request }) =>
    meet(
      (watch) =>
        watch.at === "wire" &&
        watch.when === when &&
        watch.method === request.method &&
        new RegExp(watch.path).test(request.path),
    ),
  );
}
