import { beforeAll, expect, it } from "vitest";
import { pool, prisma } from "@/lib/db/client";
import { makeAdmin } from "@/lib/workspaces/test-people";
import { operate } from "./operate";
import { ask, canaries, makeJobs, runJobs, world } from "./test-jobs";

let workspaceId: string;
let own: { bad: string };
let system: { bad: string; retrying: string };

beforeAll(async () => {
  ({ workspaceId } = await makeAdmin());
  own = await makeJobs(workspaceId, ["bad"]);
  system = await makeJobs(null, ["bad", "retrying"]);
});

it("[K3] lists to an operator the jobs of all workspaces and the installation's own", async () => {
  const all = await operate(["list"]);
  for (const id of [own.bad, system.bad, system.retrying]) expect(all).toContain(id);
  expect(all).toMatch(/^bad +0 +2$/m);
  expect(all).toMatch(new RegExp(`${own.bad}  failed +bad +Ada's workspace`));
  expect(all).toMatch(new RegExp(`${system.bad}  failed +bad +\\(none\\)`));
  for (const canary of Object.values(canaries)) expect(all).not.toContain(canary);
  const narrowed = await operate(["list", "--state", "retrying", "--function", "retrying"]);
  expect(narrowed).toContain(system.retrying);
  expect(narrowed).not.toContain(system.bad);
});

it("[K8] lists the events that an Inngest server refused", async () => {
  expect(await operate(["list"])).not.toContain("REFUSED");
  const refused = { name: "t/refused", data: {}, refusedAt: new Date(), refusal: "400 Name\nis too long" };
  await pool.query(
    'INSERT INTO "Outbox" (id, name, data, "refusedAt", refusal) VALUES (gen_random_uuid(), $1, $2, $3, $4)',
    Object.values(refused),
  );
  expect(await operate(["list"])).toMatch(/ {2}t\/refused +20\S+Z {2}400 Name is too long\n.*sent again/);
  await pool.query('DELETE FROM "Outbox"');
});

it("[K3] prints nothing that would move a terminal's cursor or turn its text around", async () => {
  const error = { name: "Error", message: "\u001b[2J\u001b]0;owned\u0007 \u202egone" };
  const id = await makeJobs(workspaceId, ["bad"]).then(({ bad }) => bad);
  await prisma.executorRun.update({ where: { id }, data: { error } });
  const all = await operate(["list"]);
  expect(all).toContain("gone");
  expect(all).not.toMatch(/[^\P{Cc}\n]|\p{Cf}/u);
});

it("[K3] pauses a function for everybody and lets it go on", async () => {
  expect(await operate(["pause", "bad"])).toMatch(/^bad is paused/);
  expect(await operate(["pause", "faultline-bad"])).toMatch(/^bad is already paused/);
  world.hasMended = true;
  await ask(workspaceId, ["bad"]);
  await expect(runJobs(1000)).rejects.toThrow("Not idle");
  const queued = await prisma.executorRun.findFirstOrThrow({ where: { workspaceId }, orderBy: { id: "desc" } });
  expect(queued.state).toBe("queued");
  expect(await operate(["list"])).toMatch(new RegExp(`${queued.id}  paused `));
  expect(await operate(["resume", "bad"])).toBe("bad is not paused. Unfinished jobs: 1.");
  await runJobs();
  expect(await prisma.executorRun.findUnique({ where: { id: queued.id } })).toMatchObject({ state: "completed" });
});

it.each([
  [[]],
  [["list", "everything"]],
  [["pause"]],
  [["list", "--limit", "0"]],
  [["list", "--state", "bored"]],
  [["delete", "x"]],
])("[K3] says how it is used when asked for %j", async (args) => {
  await expect(operate(args)).rejects.toThrow(/^Usage/);
});

it("[K3] names the functions that there are when asked for another", async () => {
  await expect(operate(["pause", "nothing"])).rejects.toThrow(/no function "nothing".*bad, /);
});
