import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from "vitest";
import { startGithub } from "@/e2e/sandbox/github/server";
import { specFileOf } from "@/e2e/sandbox/spec-files";
import { failureOf } from "@/lib/http/test-failure";
import { createTransport } from "@/lib/http/transport";
import { present } from "@/lib/trackers/contract/context";
import { siteOf } from "@/lib/trackers/testing";
import type { IssueAddress, ProjectRef } from "@/lib/trackers/tracker";
import { github } from ".";

let sandbox: Awaited<ReturnType<typeof startGithub>>;
let checkout: ProjectRef;
beforeAll(async () => {
  sandbox = await startGithub({ specFile: specFileOf("github-rest.json") });
});
beforeEach(async () => {
  await sandbox.reset();
  checkout = await open().getProject({ key: "acme/checkout" });
});
afterEach(() => expect(sandbox.violations() ?? []).toEqual([]));
afterAll(() => sandbox.close());

function open(token = sandbox.tokens.token, runId: string | undefined = "run") {
  const policy = { allowPrivate: [new URL(sandbox.url).host] };
  const { fetch } = createTransport({ policy, ...(runId && { runId }) });
  return github.open({ ...siteOf(sandbox.apiUrl, token), fetch });
}
const first: () => IssueAddress = () => ({ project: checkout, ref: "1" });
const quality = async () => {
  const { items } = await open(undefined, "").listBoards({ project: checkout, query: "qual" });
  return present(items[0], "board");
};
const itemsOf = (title: string) => sandbox.upstream.state().boards.find((board) => board.title === title)?.items;

it("[E6] boards are found by what is typed, and their single-selects come with options and a page to edit them", async () => {
  const board = await quality();
  expect(board).toEqual({ id: expect.stringMatching(/^PVT_/), name: "Quality (#1)" });
  const fields = await open(undefined, "").getBoardFields({ boardId: board.id });
  expect(fields.map(({ name, options }) => [name, options.map((option) => option.name)])).toEqual([
    ["Status", ["Todo", "In Progress", "Done"]],
    ["Priority", ["P0", "P1", "P2", "P3", "P4"]],
  ]);
  expect(fields[0]?.url).toBe(`${sandbox.url}/orgs/acme/projects/1/settings`);
  expect((await open().listBoards({ project: checkout, query: "nowhere" })).items).toEqual([]);
});

it("[E6] an issue is put on a board once, however often, and its fields are set", async () => {
  const board = await quality();
  const [status, priority] = await open().getBoardFields({ boardId: board.id });
  const choose = async (option: number) => {
    const values = {
      [present(status, "status").id]: present(status?.options[option], "option").id,
      [present(priority, "priority").id]: present(priority?.options[option], "option").id,
    };
    await open().placeOnBoard(first(), { boardId: board.id, values });
    return values;
  };
  await choose(0);
  const values = await choose(1);
  expect(itemsOf("Quality")).toMatchObject([{ values }]);
  // Once more writes nothing: each write would stand in line.
  const writes = () => sandbox.calls().filter(({ body }) => JSON.stringify(body ?? "").includes("mutation")).length;
  const before = writes();
  expect(before).toBe(5);
  await choose(1);
  expect(writes()).toBe(before);
});

it("[E6] an option that is not there is refused, and the board keeps what it has", async () => {
  const board = await quality();
  const [status] = await open().getBoardFields({ boardId: board.id });
  const values = { [present(status, "status").id]: "00000000" };
  expect(await failureOf(open().placeOnBoard(first(), { boardId: board.id, values }))).toMatchObject({
    kind: "tracker_refused",
    outcome: "refused",
  });
  expect((await open().getBoardFields({ boardId: board.id }))[0]).toEqual(status);
});

it("[E6] a missing field is made; one that exists is never written", async () => {
  const { items } = await open().listBoards({ project: checkout, query: "release" });
  const boardId = present(items[0], "board").id;
  const options = ["P0", "P1"];
  const made = await open().createBoardField({ boardId, name: "Priority", options });
  expect(made.options.map(({ name }) => name)).toEqual(options);
  expect(await open().getBoardFields({ boardId })).toContainEqual(made);

  const before = await open().getBoardFields({ boardId });
  const again = open().createBoardField({ boardId, name: "status", options: ["Other"] });
  expect(await failureOf(again)).toMatchObject({ kind: "tracker_refused", outcome: "refused" });
  expect(await open().getBoardFields({ boardId })).toEqual(before);
  const asked = sandbox.calls().filter(({ body }) => JSON.stringify(body ?? "").includes("mutation CreateField"));
  expect(asked).toHaveLength(1);
});

it("[E6] a token that may not is told so, with the scope in GitHub's words", async () => {
  const error = await failureOf(open(sandbox.tokens.readOnly).listBoards({ project: checkout }));
  expect(error).toMatchObject({ kind: "tracker_forbidden", outcome: "refused" });
  expect(error.message).toContain("read:project");
});

it("[E6] a board that is gone is not found", async () => {
  expect(await failureOf(open().getBoardFields({ boardId: "PVT_gone" }))).toMatchObject({ kind: "tracker_not_found" });
});

it("[G3] boards are written from a job alone", async () => {
  const board = await quality();
  const place = open(undefined, "").placeOnBoard(first(), { boardId: board.id, values: {} });
  expect(await failureOf(place)).toMatchObject({ kind: "write_outside_job" });
  expect(itemsOf("Quality")).toEqual([]);
});

it("[K4] GraphQL says with status 200 that its budget is spent", async () => {
  const reset = String(Math.floor(Date.now() / 1_000) + 90);
  sandbox.faults.add({
    path: "/graphql",
    mode: "status",
    status: 200,
    headers: { "x-ratelimit-remaining": "0", "x-ratelimit-reset": reset },
    body: { errors: [{ type: "RATE_LIMITED", message: "API rate limit exceeded for user ID 2." }] },
  });
  const { kind, retryAt } = await failureOf(open().listUsers({ project: checkout }));
  expect(kind).toBe("tracker_rate_limited");
  expect(((retryAt?.getTime() ?? 0) - Date.now()) / 1_000).toBeGreaterThan(85);
});

it("[G3] an error midway in GraphQL leaves a write unknown", async () => {
  const board = await quality();
  const errors = [{ message: "Something went wrong while executing your query." }];
  sandbox.faults.add({ path: "/graphql", sent: "mutation", mode: "status", status: 200, body: { data: null, errors } });
  const place = open().placeOnBoard(first(), { boardId: board.id, values: {} });
  expect(await failureOf(place)).toMatchObject({ kind: "tracker_failed", outcome: "unknown" });
});
