import { place } from "./place.mjs";
import { restartPostgres, startPostgres, stopPostgres } from "./postgres.mjs";
import { isAlive } from "./processes.mjs";
import { say } from "./say.mjs";

const LOOK_EVERY_MS = 250;

/**
 * The embedded PostgreSQL of a session: started or adopted, started again on its port when it dies, stopped last.
 * @param {import("./session.mjs").Session} session
 * @param {Parameters<typeof startPostgres>[0]} options
 */
export async function supervisePostgres(session, options) {
  let isClosed = false;
  let restarting;
  let timer;
  let server = place(options.dataDir, options.packageDir);
  // Before it starts: a launcher that is killed meanwhile leaves nothing either.
  session.ownPostgres(server);
  session.onClose(async () => {
    isClosed = true;
    clearInterval(timer);
    await restarting?.catch(() => {});
    const stopped = await stopPostgres(server, "fast", 2);
    if (stopped.code !== 0 && server.pid && isAlive(server.pid)) await stopPostgres(server, "immediate", 1);
  });
  server = await startPostgres(options);

  timer = setInterval(() => {
    if (isClosed || restarting || isAlive(server.pid)) return;
    say("PostgreSQL has died; starting it again.");
    restarting = restartPostgres(server)
      .then((started) => {
        server = started;
        say(`PostgreSQL is back on port ${server.port}.`);
      })
      .catch((error) => {
        if (isClosed) return;
        console.error(error.message);
        session.stop(1);
      })
      .finally(() => {
        restarting = undefined;
      });
  }, LOOK_EVERY_MS);
  timer.unref();
  return server;
}

/** Ends the session with the product: whoever runs us (systemd, a container) decides about a restart, not we. */
export function superviseApp(session, child, lastWords = () => child.tail) {
  child.once("error", (error) => {
    console.error(error.message);
    session.stop(1);
  });
  child.once("exit", (code, signal) => {
    if (session.isStopping) return;
    console.error(`\nThe server ended by itself (${signal ?? `code ${code}`}).\n${lastWords()}`);
    session.stop(code || 1);
  });
}

/** Waits until an address answers with success. */
export async function whenReady(session, url, timeoutMs) {
  const deadline = Date.now() + timeoutMs;
  let last = "no answer";
  while (Date.now() < deadline) {
    if (session.isStopping) await session.stopped;
    try {
      const response = await fetch(url, { redirect: "manual", signal: AbortSignal.timeout(timeoutMs) });
      await response.body?.cancel();
      if (response.ok) return;
      last = `status ${response.status}`;
    } catch (error) {
      last = error.cause?.code ?? error.message;
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`${url} did not come up: ${last}`);
}
