import { createServer } from "node:net";
import { Failure } from "./failure.mjs";

const listens = (port, host) =>
  new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(0));
    server.listen(port, host, () => {
      const found = server.address().port;
      server.close(() => resolve(found));
    });
  });

/** The port when it is free on this machine, else 0; port 0 gives any free one. */
export const freeLocalPort = (port) => listens(port, "127.0.0.1");

/** The port that the product listens on: PORT, or the first free one from 3000 on. */
export async function choosePort(wanted) {
  // Somebody may listen on one address only; both must be free.
  const isFree = async (port) => (await listens(port, undefined)) && (await listens(port, "127.0.0.1"));
  if (wanted) {
    const port = Number(wanted);
    if (!Number.isInteger(port) || port < 1 || port > 65535)
      throw new Failure(`PORT=${wanted} is not a port: 1 to 65535.`);
    if (!(await isFree(port)))
      throw new Failure(`Port ${port} is taken. Stop what listens there, or set PORT to another.`);
    return port;
  }
  for (let port = 3000; port < 3100; port++) if (await isFree(port)) return port;
  throw new Failure("Ports 3000 to 3099 are taken. Set PORT to a free one.");
}
