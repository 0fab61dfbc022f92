// Lives as long as one test run does: its standard input is a pipe from it. At its end, however that came, the shared
// PostgreSQL stops unless another run still uses it.
import { rmSync } from "node:fs";
import path from "node:path";
import { withLock } from "../../scripts/lib/lock.mjs";
import { place } from "../../scripts/lib/place.mjs";
import { stopPostgres } from "../../scripts/lib/postgres.mjs";
import { activeUsers } from "./users.mjs";

const [home, user] = process.argv.slice(2);

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => {});
process.stdin.resume();
process.stdin.on("close", () =>
  withLock(`${home}.lock`, async () => {
    rmSync(path.join(home, "users", user), { force: true });
    if (activeUsers(home).length === 0) await stopPostgres(place(home), "immediate");
  }),
);
