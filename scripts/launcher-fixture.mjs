// A launcher for the tests: a session, a supervised PostgreSQL, and instead of the product a small server that prints
// nothing and answers. Prints one JSON line when both run.
import { inSession } from "./lib/session.mjs";
import { superviseApp, supervisePostgres } from "./lib/supervise.mjs";

const { dataDir, packageDir, port } = JSON.parse(process.argv[2]);

// It ignores SIGTERM as long as a stream is open, as a server with live pages does.
const app = `
  const server = require("node:http").createServer((request, response) => response.write("open"));
  server.listen(0, "127.0.0.1", () => process.stdout.write(server.address().port + "\\n"));
  process.on("SIGTERM", () => { server.close(() => process.exit(0)); setTimeout(() => server.closeAllConnections(), 300); });
`;

inSession({ dataDir }, async (session) => {
  const server = await supervisePostgres(session, { dataDir, packageDir, port });
  const child = session.spawn(process.execPath, ["-e", app]);
  const appPort = await new Promise((resolve) => child.stdout.once("data", (data) => resolve(Number(data))));
  superviseApp(session, child);
  const { url, pid, dir, bin, isAdopted } = server;
  console.log(JSON.stringify({ url, port: server.port, pid, dir, bin, isAdopted, app: child.pid, appPort }));
  return session.stopped;
});
