import { once } from "node:events";
import { createServer } from "node:http";

// Run by process.test.ts: what Next does with instrumentation.ts, without Next. Node takes ".node" for an add-on, so the
// whole name has to be given.
const file = new URL("../../instrumentation.node.ts", import.meta.url).href;
const { start } = (await import(file)) as typeof import("@/instrumentation.node"); // the file of that very name
await start();
if (process.argv[2] === "serve") {
  // Pages and steps that take their time.
  const server = createServer(({ url = "" }, response) => {
    setTimeout(() => response.end(`answered ${url}`), Number(url.slice(1)));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  process.stdout.write(`listening on ${typeof address === "object" ? address?.port : ""}.\n`);
}
process.stdout.write("started\n");
setInterval(() => {}, 1000);
