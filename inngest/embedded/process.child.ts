// Run by process.test.ts: what Next does with instrumentation.ts, without Next. Node takes ".node" for an add-on, so the
// whole name has to be given.
const file = new URL("../../instrumentation.node.ts", import.meta.url).href;
const { start } = (await import(file)) as typeof import("@/instrumentation.node"); // the file of that very name
await start();
process.stdout.write("started\n");
setInterval(() => {}, 1000);
