import { beforeEach, describe, expect, it } from "vitest";
import { sandbox } from "@/e2e/vitest/sandbox";
import { runUntilIdle } from "@/inngest/embedded/testing";
import { createBoardField } from "@/inngest/functions/create-board-field";
import { createIssue } from "@/inngest/functions/create-issue";
import { prisma } from "@/lib/db/client";
import { type FreshScene, makeFreshScene, readCreation, start } from "@/lib/issues/test-scene";
import { listBoards, readBoard, requestBoardField, saveBoard } from "./board";
import { boardPresets } from "./board-presets";
import { type BoardSettings, boardSeverities, boardStates } from "./board-shape";

let scene: FreshScene;
let ids: { assignmentId: string; externalProjectId: string };
beforeEach(async () => {
  scene = await makeFreshScene(sandbox);
  const { assignmentId } = scene;
  const place = await prisma.externalProject.findFirstOrThrow({ where: { assignmentId }, select: { id: true } });
  ids = { assignmentId, externalProjectId: place.id };
});

const boards = () => sandbox.boards();
const boardNamed = (name: string) => boards().find(({ title }) => title === name);
const itemsOf = (name: string) => boardNamed(name)?.items ?? [];

async function choose(name: string): Promise<BoardSettings> {
  const { boards: found } = await listBoards(scene.owner, ids, { query: name });
  const [board] = found;
  if (!board) throw new Error(`There is no board ${name}.`);
  const bare = { id: board.id, name: board.name, priority: null, status: null };
  return (await saveBoard(scene.owner, ids, bare)).board ?? bare;
}

/** The board with a preset, as the page fills it in. */
async function withPreset(name: string, presetId = "falling"): Promise<BoardSettings> {
  const board = await choose(name);
  const { fields } = await readBoard(scene.owner, ids);
  const preset = boardPresets.find(({ id }) => id === presetId);
  const fill = <K extends string>(
    title: string,
    keys: readonly K[],
    names: Readonly<Record<K, string>> | undefined,
  ) => {
    const field = fields?.find((one) => one.name === title);
    if (!field || !names) return null;
    const options = Object.fromEntries(
      keys.flatMap((key) => {
        const option = field.options.find((one) => one.name === names[key]);
        return option ? [[key, { id: option.id, name: option.name }]] : [];
      }),
    );
    return { id: field.id, name: field.name, options };
  };
  const settings = {
    ...board,
    priority: fill("Priority", boardSeverities, preset?.priority),
    status: fill("Status", boardStates, preset?.status),
  };
  // Built of what the tracker has; the verb checks it again.
  await saveBoard(scene.owner, ids, settings as BoardSettings);
  return settings as BoardSettings;
}

const work = () => runUntilIdle([createIssue, createBoardField], { timeoutMs: 20_000 });
const chosenIn = (name: string) =>
  itemsOf(name).map(({ values }) =>
    Object.entries(values).map(([fieldId, optionId]) => {
      const field = boardNamed(name)?.fields.find(({ id }) => id === fieldId);
      return [field?.name, field?.options?.find(({ id }) => id === optionId)?.name];
    }),
  );
const warningsOf = async (id: string) => (await readCreation(id)).warnings;

describe("boards", () => {
  it("[E6] a new issue is put on the board, once, with the options of its severity and state", async () => {
    await withPreset("Quality");
    await prisma.testCase.update({ where: { id: scene.results[0].caseId }, data: { severity: "critical" } });
    const id = await start(scene);
    await work();
    expect(await readCreation(id)).toMatchObject({ state: "created", warnings: [] });
    expect(chosenIn("Quality")).toEqual([
      [
        ["Priority", "P0"],
        ["Status", "Todo"],
      ],
    ]);
  }, 30_000);

  it("[E6] without a board nothing is asked of boards", async () => {
    const id = await start(scene);
    await work();
    expect(await warningsOf(id)).toEqual([]);
    expect(sandbox.calls().filter(({ path }) => path.endsWith("/graphql"))).toEqual([]);
  });

  it("[E6] options that somebody has edited get new ids: they are found by name and remembered", async () => {
    await withPreset("Quality");
    for (const option of boardNamed("Quality")?.fields.flatMap(({ options }) => options ?? []) ?? [])
      option.id = `new-${option.id}`;
    const id = await start(scene);
    await work();
    expect(await warningsOf(id)).toEqual([]);
    expect(chosenIn("Quality")).toEqual([
      [
        ["Priority", "P2"],
        ["Status", "Todo"],
      ],
    ]);
    const { gaps, board } = await readBoard(scene.owner, ids);
    expect(gaps).toEqual([]);
    expect(board?.priority?.options.medium?.id).toMatch(/^new-/);
  }, 30_000);

  it("[E6] an option that is gone is named, the issue stays, the rest is set, and the board is not written", async () => {
    await withPreset("Quality");
    const priority = boardNamed("Quality")?.fields.find(({ name }) => name === "Priority");
    if (priority) {
      const kept = (priority.options ?? []).filter(({ name }) => name !== "P2");
      priority.options = kept.map((option) => ({ ...option, id: `new-${option.id}` }));
    }
    const before = JSON.stringify(boardNamed("Quality")?.fields);
    const id = await start(scene);
    await work();
    expect(await readCreation(id)).toMatchObject({
      state: "created",
      warnings: [{ kind: "not_on_board", message: expect.stringContaining("no option “P2”") }],
    });
    expect(chosenIn("Quality")).toEqual([[["Status", "Todo"]]]);
    expect(JSON.stringify(boardNamed("Quality")?.fields)).toBe(before);
    const { gaps, board } = await readBoard(scene.owner, ids);
    // The others are as they were set, also where all of the field's ids are new.
    expect(Object.keys(board?.priority?.options ?? {})).toHaveLength(5);
    expect(board?.priority?.options.high?.id).toMatch(/^new-/);
    expect(gaps).toEqual([
      { field: "priority", fieldName: "Priority", option: "P2", url: expect.stringContaining("/settings") },
    ]);
  }, 30_000);

  it("[E6] a field that is missing is made by a job, and asked for once more it is there already", async () => {
    await choose("Release");
    await requestBoardField(scene.owner, ids, "priority");
    await work();
    const { fields } = await readBoard(scene.owner, ids);
    expect(fields?.map(({ name, options }) => [name, options.length])).toEqual([
      ["Status", 2],
      ["Priority", 5],
    ]);
    await expect(requestBoardField(scene.owner, ids, "priority")).rejects.toMatchObject({ kind: "conflict" });
    await expect(requestBoardField(scene.owner, ids, "status")).rejects.toMatchObject({ kind: "conflict" });
  });

  it("[E6] what the board does not have cannot be set", async () => {
    const board = await withPreset("Quality");
    const options = { ...board.priority?.options, high: { id: "00000000", name: "P9" } };
    const wrong = board.priority && { ...board, priority: { ...board.priority, options } };
    await expect(saveBoard(scene.owner, ids, wrong)).rejects.toMatchObject({
      kind: "invalid_input",
      fields: { priority: expect.stringContaining("P9") },
    });
  });

  it("[E6] a board is taken away again, and each change is in the audit log", async () => {
    await withPreset("Quality");
    await saveBoard(scene.owner, ids, null);
    expect(await readBoard(scene.owner, ids)).toEqual({ board: null, fields: null, gaps: [] });
    const entries = await prisma.auditEntry.findMany({
      where: { projectId: scene.projectId, action: "assignment.board_chosen" },
    });
    expect(entries).toHaveLength(3);
  });

  it("[E6] a place of another project is not found", async () => {
    const other = await makeFreshScene(sandbox);
    await expect(readBoard(other.owner, ids)).rejects.toMatchObject({ kind: "not_found" });
    await expect(saveBoard(other.owner, ids, null)).rejects.toMatchObject({ kind: "not_found" });
  });

  it("[E5] [E6] the preset that runs upward says so", () => {
    const rising = boardPresets.find(({ id }) => id === "rising");
    expect(rising?.priority).toEqual({ info: "P0", low: "P1", medium: "P2", high: "P3", critical: "P4" });
    expect(rising?.status).toMatchObject({ active: "In Progress", closed: "Done" });
    expect(rising?.warning).toContain("upward");
  });
});
