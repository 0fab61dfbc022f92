import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import http from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { NextRequest } from "next/server";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { GET } from "@/app/api/projects/[projectId]/runs/[runId]/groups/route";
import { POST } from "@/app/api/projects/[projectId]/runs/import/route";
import { withHeaders } from "@/e2e/vitest/next-headers";
import type { Actor } from "@/lib/auth/member";
import type { Scope } from "@/lib/auth/permissions";
import { sha256 } from "@/lib/crypto/sha256";
import { prisma } from "@/lib/db/client";
import { newId } from "@/lib/db/ids";
import { createProject } from "@/lib/projects/create";
import { makeAdmin } from "@/lib/workspaces/test-people";

/** The routes that the command calls, over HTTP. What stands in `faults` is answered first. */
const faults: ((response: http.ServerResponse, request: http.IncomingMessage) => void)[] = [];
const server = http.createServer((request, response) => {
  const fault = faults.shift();
  if (fault) return void fault(response, request);
  serve(request).then(
    async (answer) => {
      response.writeHead(answer.status, Object.fromEntries(answer.headers));
      response.end(await answer.text());
    },
    () => response.writeHead(500).end(),
  );
});

async function serve(incoming: http.IncomingMessage): Promise<Response> {
  const url = new URL(incoming.url ?? "/", "http://localhost:3000");
  const headers = new Headers(Object.entries(incoming.headers).map(([name, value]) => [name, String(value)]));
  const body = incoming.method === "POST" ? Readable.toWeb(incoming) : undefined;
  const init = { method: incoming.method, headers, body, duplex: "half" };
  const request = new NextRequest(url, init as ConstructorParameters<typeof NextRequest>[1]); // undici's own option
  const [, , , project = "", , of = ""] = url.pathname.split("/");
  return withHeaders(headers, () =>
    of === "import"
      ? POST(request, { params: Promise.resolve({ projectId: project }) })
      : GET(request, { params: Promise.resolve({ projectId: project, runId: of }) }),
  );
}

let admin: Actor;
let projectId: string;
let url: string;
let dir: string;

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`; // it listens on a port
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

beforeEach(async () => {
  faults.length = 0;
  admin = await makeAdmin();
  projectId = (await createProject(admin, { name: "Shop", description: "", defaultBranch: "main" })).id;
  dir = mkdtempSync(path.join(tmpdir(), "faultline-cli-"));
  return () => rmSync(dir, { recursive: true });
});

async function makeToken(scopes: Scope[]): Promise<string> {
  const token = `flt_${randomUUID()}`;
  const { workspaceId, userId } = admin;
  await prisma.apiToken.create({
    data: { id: newId(), workspaceId, userId, name: "ci", prefix: "flt_", tokenHash: sha256(token), scopes },
  });
  return token;
}

/** Runs the command in the folder, with these variables and no others. */
async function run(args: string[], env: Record<string, string> = {}, scopes: Scope[] = ["import"]) {
  const told = { FAULTLINE_URL: url, FAULTLINE_TOKEN: await makeToken(scopes), FAULTLINE_PROJECT: projectId };
  const child = spawn(process.execPath, [path.resolve("bin/faultline.mjs"), ...args], {
    cwd: dir,
    env: { ...told, ...env } as unknown as NodeJS.ProcessEnv, // of a person, not of this process
  });
  const code = new Promise<number | null>((resolve) => child.once("exit", resolve));
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
  return { code: await code, stdout, stderr };
}

const failed = (name: string, message = "boom") =>
  `<testcase name="${name}"><failure message="${message}"/></testcase>`;
const report = (...cases: string[]) => `<?xml version="1.0"?>\n<testsuite name="s">${cases.join("")}</testsuite>`;
const write = (name: string, content: string) => {
  mkdirSync(path.dirname(path.join(dir, name)), { recursive: true });
  writeFileSync(path.join(dir, name), content);
};
const runs = () =>
  prisma.testRun.findMany({ where: { projectId }, include: { files: { orderBy: { filename: "asc" } } } });

it("[B2] imports files, folders and patterns into one run, and leaves what is no report", async () => {
  write("one.xml", report(`<testcase name="a"/>`));
  write("reports/two.xml", report(failed("b")));
  write("reports/coverage.xml", "<coverage/>");
  write("app/build/TEST-three.xml", report(`<testcase name="c"/>`));
  write("app/build/other.xml", report(`<testcase name="d"/>`));
  const { code, stdout, stderr } = await run(["import", "one.xml", "reports", "**/TEST-*.{xml,junit}"]);
  expect(stderr).toBe("");
  expect(code).toBe(0);
  const [only, ...others] = await runs();
  expect(others).toEqual([]);
  expect(only).toMatchObject({ passed: 2, failed: 1 });
  expect(only?.files.map(({ filename }) => filename)).toEqual([
    ...["app/build/TEST-three.xml", "one.xml", "reports/two.xml"],
  ]);
  expect(stdout).toContain(`/projects/${projectId}/runs/${only?.id}\n`);
  expect(stdout).toContain("3 of 3 files imported. The run: 2 passed, 1 failed, 0 in error, 0 flaky, 0 skipped.");
});

it.each<[string, Record<string, string>, object, string?]>([
  [
    "GitHub Actions",
    {
      ...{ GITHUB_ACTIONS: "true", GITHUB_RUN_ID: "77", GITHUB_RUN_ATTEMPT: "2", GITHUB_REF_NAME: "main" },
      ...{ GITHUB_SHA: "abc", GITHUB_SERVER_URL: "https://github.com", GITHUB_REPOSITORY: "a/b", GITHUB_JOB: "unit" },
    },
    { ciRunId: "77", attempt: 2, branch: "main", commit: "abc", buildUrl: "https://github.com/a/b/actions/runs/77" },
    "unit: r.xml",
  ],
  [
    "a pull request of GitHub Actions",
    { GITHUB_ACTIONS: "true", GITHUB_RUN_ID: "78", GITHUB_HEAD_REF: "topic", GITHUB_REF_NAME: "9/merge" },
    { ciRunId: "78", attempt: 1, branch: "topic", buildUrl: null },
  ],
  [
    "GitLab CI",
    {
      ...{ GITLAB_CI: "true", CI_PIPELINE_ID: "5", CI_COMMIT_REF_NAME: "main", CI_COMMIT_SHA: "abc" },
      ...{ CI_JOB_NAME: "test 1/8", CI_PIPELINE_URL: "https://gitlab.com/p/5" },
    },
    { ciRunId: "5", attempt: 1, branch: "main", commit: "abc", buildUrl: "https://gitlab.com/p/5" },
    "test 1/8: r.xml",
  ],
  [
    "Azure Pipelines",
    {
      ...{ TF_BUILD: "True", BUILD_BUILDID: "9", SYSTEM_STAGEATTEMPT: "3", BUILD_SOURCEBRANCH: "refs/heads/a/b" },
      ...{ BUILD_SOURCEVERSION: "abc", SYSTEM_TEAMFOUNDATIONCOLLECTIONURI: "https://dev.azure.com/o/" },
      ...{ SYSTEM_TEAMPROJECT: "p", SYSTEM_JOBDISPLAYNAME: "Job", SYSTEM_JOBPOSITIONINPHASE: "2" },
    },
    {
      ...{ ciRunId: "9", attempt: 3, branch: "a/b", commit: "abc" },
      buildUrl: "https://dev.azure.com/o/p/_build/results?buildId=9",
    },
    "Job 2: r.xml",
  ],
  [
    "Jenkins",
    {
      ...{ JENKINS_URL: "https://ci", BUILD_TAG: "jenkins-shop-4", GIT_BRANCH: "origin/main", GIT_COMMIT: "abc" },
      ...{ BUILD_URL: "https://ci/job/shop/4/", JOB_NAME: "shop" },
    },
    { ciRunId: "jenkins-shop-4", branch: "main", commit: "abc", buildUrl: "https://ci/job/shop/4/" },
  ],
  [
    "CircleCI",
    { CIRCLECI: "true", CIRCLE_WORKFLOW_ID: "w", CIRCLE_BRANCH: "main", CIRCLE_JOB: "t", CIRCLE_NODE_INDEX: "0" },
    { ciRunId: "w", branch: "main" },
    "t 0: r.xml",
  ],
  [
    "Bitbucket",
    { BITBUCKET_BUILD_NUMBER: "12", BITBUCKET_REPO_FULL_NAME: "a/b", BITBUCKET_STEP_RUN_NUMBER: "2" },
    { ciRunId: "a/b#12", attempt: 2, buildUrl: "https://bitbucket.org/a/b/pipelines/results/12" },
  ],
  [
    "Buildkite",
    { BUILDKITE: "true", BUILDKITE_BUILD_ID: "u", BUILDKITE_RETRY_COUNT: "1", BUILDKITE_BRANCH: "main" },
    { ciRunId: "u", attempt: 2, branch: "main" },
  ],
  [
    "TeamCity",
    { TEAMCITY_VERSION: "2025", TEAMCITY_PROJECT_NAME: "Shop", TEAMCITY_BUILDCONF_NAME: "Tests", BUILD_NUMBER: "8" },
    { ciRunId: "Shop Tests #8" },
  ],
  ["Travis CI", { TRAVIS: "true", TRAVIS_BUILD_ID: "6", TRAVIS_BRANCH: "main" }, { ciRunId: "6", branch: "main" }],
  [
    "Drone",
    { DRONE: "true", DRONE_REPO: "a/b", DRONE_BUILD_NUMBER: "3", DRONE_BRANCH: "main", DRONE_COMMIT_SHA: "abc" },
    { ciRunId: "a/b#3", branch: "main", commit: "abc" },
  ],
])("[B1] [B2] knows what %s says of the run", async (_, env, expected, filename = undefined) => {
  write("r.xml", report(`<testcase name="a"/>`));
  expect(await run(["import", "r.xml"], env)).toMatchObject({ code: 0, stderr: "" });
  const [only] = await runs();
  expect(only).toMatchObject(expected);
  if (filename) expect(only?.files[0]?.filename).toBe(filename);
});

it("[B1] goes by what is said by hand before what the CI system says", async () => {
  write("r.xml", report(`<testcase name="a"/>`));
  const said = ["--run", "mine", "--attempt", "4", "--branch", "b", "--commit", "c", "--environment", "chrome"];
  const address = ["--build-url", "https://ci/1"];
  await run(["import", "r.xml", ...said, ...address], { GITLAB_CI: "1", CI_PIPELINE_ID: "5", CI_COMMIT_SHA: "no" });
  expect(await runs()).toMatchObject([
    { ciRunId: "mine", attempt: 4, branch: "b", commit: "c", environment: "chrome", buildUrl: "https://ci/1" },
  ]);
});

it("[B2] jobs of one CI run fill one run, and a second attempt makes flaky what failed first", async () => {
  write("r.xml", report(failed("a"), failed("b")));
  const env = { GITHUB_ACTIONS: "true", GITHUB_RUN_ID: "1" };
  await run(["import", "r.xml"], env);
  await run(["import", "r.xml"], env);
  write("r.xml", report(`<testcase name="a"/>`));
  await run(["import", "r.xml"], { ...env, GITHUB_RUN_ATTEMPT: "2" });
  expect(await runs()).toMatchObject([{ flaky: 1, failed: 1, attempt: 2 }]);
});

it("[B2] comes back when Faultline is busy, away or breaks off, and adds nothing twice", async () => {
  write("r.xml", report(failed("a")));
  faults.push(
    (response) => response.writeHead(429, { "retry-after": "0" }).end(),
    (response) => response.writeHead(503, { "retry-after": new Date(Date.now() - 1_000).toUTCString() }).end(),
    // Everything was stored, and nobody heard of it.
    (response, request) => {
      serve(request).then(() => response.destroy());
    },
  );
  const { code, stderr } = await run(["import", "r.xml", "--run", "x"]);
  expect(code).toBe(0);
  expect(stderr.match(/trying again/g)).toHaveLength(3);
  expect(await runs()).toMatchObject([{ failed: 1, files: [{ filename: "r.xml" }] }]);
});

it("[B2] gives up after so many retries, and says what the matter is", async () => {
  write("r.xml", report(failed("a")));
  const busy = (response: http.ServerResponse) => response.writeHead(503, { "retry-after": "0" }).end();
  faults.push(busy, busy);
  expect(await run(["import", "r.xml", "--retries", "1"])).toMatchObject({
    ...{ code: 1, stdout: "" },
    stderr: expect.stringContaining("Faultline answers 503."),
  });
});

it("[B2] sends its token to no other host, and shows it nowhere", async () => {
  write("r.xml", report(failed("a")));
  const token = await makeToken(["import"]);
  const heard: string[] = [];
  const other = http.createServer((request, response) => {
    heard.push(request.url ?? "");
    response.end("{}");
  });
  await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
  const elsewhere = `http://127.0.0.1:${(other.address() as AddressInfo).port}/`; // it listens on a port
  const asked: (string | undefined)[] = [];
  for (const status of [301, 302, 307, 308]) {
    faults.push((response, request) => {
      asked.push(request.url);
      request.resume().once("end", () => response.writeHead(status, { location: elsewhere }).end());
    });
    const { code, stdout, stderr } = await run(["import", "r.xml"], { FAULTLINE_TOKEN: token });
    expect(code).toBe(1);
    expect(stderr).toContain(`The address redirects to ${elsewhere}.`);
    expect(stdout + stderr).not.toContain(token);
  }
  expect(asked).toHaveLength(4);
  expect(asked.join()).not.toContain(token);
  expect(heard).toEqual([]);
  other.close();
});

it("[B2] takes a token with the line end of its file, and none that no header can hold", async () => {
  write("r.xml", report(`<testcase name="a"/>`));
  const token = await makeToken(["import"]);
  expect(await run(["import", "r.xml"], { FAULTLINE_TOKEN: `${token}\n` })).toMatchObject({ code: 0, stderr: "" });
  const { code, stderr } = await run(["import", "r.xml"], { FAULTLINE_TOKEN: `${token}\n${token}` });
  expect({ code, stderr }).toMatchObject({ code: 2, stderr: expect.stringContaining("The token holds") });
  expect(stderr).not.toContain(token);
});

it.each(["<html>Sign in</html>", "null", '{"ok":true}'])(
  "[B2] says that %s is no answer of Faultline",
  async (said) => {
    write("r.xml", report(failed("a")));
    faults.push((response, request) => request.resume().once("end", () => response.writeHead(200).end(said)));
    expect(await run(["import", "r.xml"])).toMatchObject({
      ...{ code: 1, stdout: "" },
      stderr: "What answers at this address is not Faultline: see --url.\n",
    });
  },
);

it("[B2] imports the other files when one cannot be read, and says so by its exit code", async () => {
  write("a.xml", `<testsuite name="s"><testcase name="a">`);
  write("b.xml", report(`<testcase name="b"/>`));
  const { code, stdout, stderr } = await run(["import", "a.xml", "b.xml"]);
  expect(code).toBe(1);
  expect(stderr).toMatch(/^a\.xml: .*\(422, request/);
  expect(stdout).toContain("1 of 2 files imported.");
  expect(await runs()).toMatchObject([{ passed: 1 }]);
});

it("[J1] says whether there are new problems", async () => {
  write("r.xml", report(failed("a", "gateway is gone"), failed("b", "gateway is gone")));
  const check = (name: string) => run(["import", "r.xml", "--run", name, "--fail-on-new"], {}, ["import", "read"]);
  const first = await check("1");
  expect(first).toMatchObject({ code: 3, stdout: expect.stringContaining("Problems: 1, of which 1 are new.") });
  expect(await check("2")).toMatchObject({
    code: 0,
    stdout: expect.stringContaining("Problems: 1, of which 0 are new."),
  });
  expect((await run(["import", "r.xml", "--fail-on-new"])).code).toBe(1);
});

it.each<[string, string[], Record<string, string>, number, string]>([
  ["an unknown command", ["export", "x"], {}, 2, 'There is no command "export".'],
  ["an unknown option", ["import", "r.xml", "--nope"], {}, 2, "--nope"],
  ["no files", ["import"], {}, 2, "Say which files"],
  ["no token", ["import", "r.xml"], { FAULTLINE_TOKEN: "" }, 2, "A token is missing"],
  ["no address", ["import", "r.xml"], { FAULTLINE_URL: "faultline" }, 2, "Say where Faultline is"],
  ["no project", ["import", "r.xml"], { FAULTLINE_PROJECT: "../x" }, 2, "Say which project"],
  ["a file that is not there", ["import", "gone.xml"], {}, 1, "gone.xml: there is no such file."],
  ["a pattern without a file", ["import", "gone/**/*.xml"], {}, 1, "No JUnit report was found."],
  ["a token that is none", ["import", "r.xml"], { FAULTLINE_TOKEN: "flt_none" }, 1, "(401, request"],
  ["a project that is not there", ["import", "r.xml"], { FAULTLINE_PROJECT: newId() }, 1, "(404, request"],
])("[B2] refuses %s, and stores nothing", async (_, args, env, code, said) => {
  write("r.xml", report(failed("a")));
  const answer = await run(args, env);
  expect(answer).toMatchObject({ code, stdout: "", stderr: expect.stringContaining(said) });
  expect(answer.stderr).not.toContain("flt_");
  expect(await runs()).toEqual([]);
});

it("[B2] explains itself", async () => {
  expect(await run(["--help"])).toMatchObject({ code: 0, stdout: expect.stringContaining("Exit codes:"), stderr: "" });
});
