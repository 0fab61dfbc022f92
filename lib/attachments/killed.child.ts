import { setTimeout as sleep } from "node:timers/promises";
import type { Member } from "@/lib/auth/member";
import { uploadAttachment } from "./upload";

// Run by sweep.test.ts: an upload that never ends, by the member that is given as JSON.
const member = JSON.parse(process.argv[2] ?? "") as Member; // written by the test from one of its own

async function* endless() {
  for (;;) {
    yield Buffer.from("half of a file\n");
    process.stdout.write("arriving\n");
    await sleep(20);
  }
}

await uploadAttachment(member, { name: "half.txt", owner: {}, body: endless() });
