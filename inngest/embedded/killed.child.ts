import { inngest } from "@/inngest/client";
import { makeExecutor } from "./start";

// Run by tests that kill this process in the middle of the second step.
const victim = inngest.createFunction({ id: "victim", triggers: [{ event: "t/victim" }] }, async ({ step }) => {
  const one = await step.run("one", () => process.pid);
  await step.run("two", () => {
    process.stdout.write("in two\n");
    return new Promise(() => {});
  });
  return one;
});

await makeExecutor({ functions: [victim], leaseMs: Number(process.argv[2] ?? 400) }).start();
