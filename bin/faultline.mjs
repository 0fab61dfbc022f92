#!/usr/bin/env node
// One file without dependencies, so that a CI job needs nothing but Node and a copy of it.
import { closeSync, createReadStream, openSync, readdirSync, readSync, statSync } from "node:fs";
import http from "node:http";
import https from "node:https";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";

const help = `Usage: faultline import <file | folder | pattern>... [options]

Sends JUnit XML reports to Faultline. All files of one call, and of all jobs of one CI run, become one run.
Of a folder or a pattern ("**/TEST-*.xml") only JUnit reports are sent. Sending a report again adds nothing.

  --url <address>       of Faultline; or FAULTLINE_URL
  --token <token>       with the scope "import"; better as FAULTLINE_TOKEN, which no process list shows
  --project <id>        or FAULTLINE_PROJECT

What the CI system tells is taken from its variables (__NAMES__), and can be said by hand:
  --run <id>            of the CI run; files that name the same one are added to one run
  --attempt <n>         at the CI run; above 1, results become further attempts
  --branch <name>       --commit <hash>       --build-url <address>
  --job <name>          of the job or shard, to know later where a file came from
  --environment <name>  for example "chrome, staging"; a run has one result per test and environment

  --fail-on-new         exit with 3 when the run has problems that no run had before; needs the scope "read"
  --retries <n>         while Faultline is busy or away, 5 if not said
  --help

Exit codes: 0 everything was imported, 1 something was not, 2 the call was wrong, 3 there are new problems (--fail-on-new).
`;

/**
 * The variables of CI systems. Of each fact the first sentence counts whose variables all have a value. `known` is the
 * variable by which the system is recognised; where attempts are counted from 0, `attemptsFrom` says so.
 */
const systems = [
  {
    ...{ name: "GitHub Actions", known: "GITHUB_ACTIONS", run: ["$GITHUB_RUN_ID"], attempt: ["$GITHUB_RUN_ATTEMPT"] },
    ...{ branch: ["$GITHUB_HEAD_REF", "$GITHUB_REF_NAME"], commit: ["$GITHUB_SHA"], job: ["$GITHUB_JOB"] },
    buildUrl: ["$GITHUB_SERVER_URL/$GITHUB_REPOSITORY/actions/runs/$GITHUB_RUN_ID"],
  },
  {
    ...{ name: "GitLab CI", known: "GITLAB_CI", run: ["$CI_PIPELINE_ID"], buildUrl: ["$CI_PIPELINE_URL"] },
    ...{ attempt: ["$CI_JOB_RETRY_COUNT"], attemptsFrom: 0, commit: ["$CI_COMMIT_SHA"], job: ["$CI_JOB_NAME"] },
    branch: ["$CI_MERGE_REQUEST_SOURCE_BRANCH_NAME", "$CI_COMMIT_REF_NAME"],
  },
  {
    ...{ name: "Azure Pipelines", known: "TF_BUILD", run: ["$BUILD_BUILDID"], commit: ["$BUILD_SOURCEVERSION"] },
    ...{ attempt: ["$SYSTEM_STAGEATTEMPT"], branch: ["$SYSTEM_PULLREQUEST_SOURCEBRANCH", "$BUILD_SOURCEBRANCH"] },
    job: ["$SYSTEM_JOBDISPLAYNAME $SYSTEM_JOBPOSITIONINPHASE", "$SYSTEM_JOBDISPLAYNAME"],
    buildUrl: ["$SYSTEM_TEAMFOUNDATIONCOLLECTIONURI$SYSTEM_TEAMPROJECT/_build/results?buildId=$BUILD_BUILDID"],
  },
  {
    ...{
      name: "Jenkins",
      known: "JENKINS_URL",
      run: ["$BUILD_TAG"],
      commit: ["$GIT_COMMIT"],
      buildUrl: ["$BUILD_URL"],
    },
    ...{ branch: ["$CHANGE_BRANCH", "$BRANCH_NAME", "$GIT_BRANCH"], job: ["$STAGE_NAME", "$JOB_NAME"] },
  },
  {
    ...{ name: "CircleCI", known: "CIRCLECI", run: ["$CIRCLE_WORKFLOW_ID"], branch: ["$CIRCLE_BRANCH"] },
    ...{ commit: ["$CIRCLE_SHA1"], buildUrl: ["$CIRCLE_BUILD_URL"], job: ["$CIRCLE_JOB $CIRCLE_NODE_INDEX"] },
  },
  {
    ...{
      name: "Bitbucket",
      known: "BITBUCKET_BUILD_NUMBER",
      branch: ["$BITBUCKET_BRANCH"],
      commit: ["$BITBUCKET_COMMIT"],
    },
    ...{ run: ["$BITBUCKET_REPO_FULL_NAME#$BITBUCKET_BUILD_NUMBER"], attempt: ["$BITBUCKET_STEP_RUN_NUMBER"] },
    buildUrl: ["https://bitbucket.org/$BITBUCKET_REPO_FULL_NAME/pipelines/results/$BITBUCKET_BUILD_NUMBER"],
    job: ["$BITBUCKET_STEP_UUID $BITBUCKET_PARALLEL_STEP", "$BITBUCKET_STEP_UUID"],
  },
  {
    ...{ name: "Buildkite", known: "BUILDKITE", run: ["$BUILDKITE_BUILD_ID"], buildUrl: ["$BUILDKITE_BUILD_URL"] },
    ...{ attempt: ["$BUILDKITE_RETRY_COUNT"], attemptsFrom: 0, commit: ["$BUILDKITE_COMMIT"] },
    ...{ branch: ["$BUILDKITE_BRANCH"], job: ["$BUILDKITE_LABEL $BUILDKITE_PARALLEL_JOB", "$BUILDKITE_LABEL"] },
  },
  {
    ...{ name: "TeamCity", known: "TEAMCITY_VERSION", commit: ["$BUILD_VCS_NUMBER"], buildUrl: ["$BUILD_URL"] },
    ...{ run: ["$TEAMCITY_PROJECT_NAME $TEAMCITY_BUILDCONF_NAME #$BUILD_NUMBER"], job: ["$TEAMCITY_BUILDCONF_NAME"] },
  },
  {
    ...{ name: "Travis CI", known: "TRAVIS", run: ["$TRAVIS_BUILD_ID"], buildUrl: ["$TRAVIS_BUILD_WEB_URL"] },
    ...{ branch: ["$TRAVIS_PULL_REQUEST_BRANCH", "$TRAVIS_BRANCH"], job: ["$TRAVIS_JOB_NUMBER"] },
    commit: ["$TRAVIS_PULL_REQUEST_SHA", "$TRAVIS_COMMIT"],
  },
  {
    ...{ name: "Drone", known: "DRONE", run: ["$DRONE_REPO#$DRONE_BUILD_NUMBER"], buildUrl: ["$DRONE_BUILD_LINK"] },
    ...{ branch: ["$DRONE_SOURCE_BRANCH", "$DRONE_BRANCH"], commit: ["$DRONE_COMMIT_SHA"], job: ["$DRONE_STAGE_NAME"] },
  },
];

/** What the CI system says of this run; nothing outside of one. */
function readCi(env) {
  const system = systems.find(({ known }) => env[known]);
  if (!system) return {};
  const say = (sentences = []) => {
    for (const sentence of sentences) {
      const names = [...sentence.matchAll(/\$([A-Z0-9_]+)/g)].map(([, name]) => name);
      if (names.every((name) => env[name])) return sentence.replace(/\$([A-Z0-9_]+)/g, (_, name) => env[name]);
    }
    return undefined;
  };
  const attempt = say(system.attempt);
  return {
    ...{ run: say(system.run), commit: say(system.commit), buildUrl: say(system.buildUrl), job: say(system.job) },
    branch: say(system.branch)?.replace(/^(refs\/heads\/|origin\/)/, ""),
    attempt: attempt && /^\d+$/.test(attempt) ? String(Number(attempt) + 1 - (system.attemptsFrom ?? 1)) : undefined,
  };
}

class Misuse extends Error {}

/** A refusal that the next file would get as well. */
class Refused extends Error {}

const options = {
  ...{ url: { type: "string" }, token: { type: "string" }, project: { type: "string" }, run: { type: "string" } },
  ...{ attempt: { type: "string" }, branch: { type: "string" }, commit: { type: "string" }, job: { type: "string" } },
  ...{ "build-url": { type: "string" }, environment: { type: "string" }, retries: { type: "string" } },
  ...{ "fail-on-new": { type: "boolean" }, help: { type: "boolean", short: "h" } },
};

function readCall(args, env) {
  let parsed;
  try {
    parsed = parseArgs({ args, options, allowPositionals: true });
  } catch (error) {
    throw new Misuse(error.message);
  }
  const { values, positionals } = parsed;
  if (values.help || positionals.length === 0) return null;
  const [command, ...patterns] = positionals;
  if (command !== "import") throw new Misuse(`There is no command "${command}".`);
  if (patterns.length === 0) throw new Misuse("Say which files to import.");
  const url = values.url ?? env.FAULTLINE_URL;
  // Read from a file, it brings the end of its line along.
  const token = (values.token ?? env.FAULTLINE_TOKEN)?.trim();
  const project = values.project ?? env.FAULTLINE_PROJECT;
  if (!url || !/^https?:\/\/[^\s/]/.test(url)) throw new Misuse("Say where Faultline is: --url or FAULTLINE_URL.");
  if (!token) throw new Misuse("A token is missing: FAULTLINE_TOKEN or --token.");
  if (!/^[!-~]+$/.test(token)) throw new Misuse("The token holds blanks or signs that no token has.");
  if (!project || !/^[\w-]+$/.test(project)) throw new Misuse("Say which project: --project or FAULTLINE_PROJECT.");
  const retries = Number(values.retries ?? 5);
  if (!Number.isInteger(retries) || retries < 0) throw new Misuse("--retries takes a whole number.");
  const ci = readCi(env);
  const facts = {
    // Without one, each file would become a run of its own.
    run: values.run ?? ci.run ?? `call ${new Date().toISOString()} ${process.pid}`,
    attempt: values.attempt ?? ci.attempt,
    branch: values.branch ?? ci.branch,
    commit: values.commit ?? ci.commit,
    buildUrl: values["build-url"] ?? ci.buildUrl,
    environment: values.environment,
  };
  const job = values.job ?? ci.job;
  const base = `${url.replace(/\/+$/, "")}/api/projects/${project}/runs`;
  return { patterns, base, token, retries, facts, job, failsOnNew: values["fail-on-new"] ?? false };
}

const isFile = (name) => statSync(name, { throwIfNoEntry: false })?.isFile() ?? false;
const isFolder = (name) => statSync(name, { throwIfNoEntry: false })?.isDirectory() ?? false;

function* filesBelow(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const name = path.join(folder, entry.name);
    if (entry.isDirectory()) {
      if (entry.name !== "node_modules" && entry.name !== ".git") yield* filesBelow(name);
    } else if (entry.isFile()) yield name;
  }
}

/** `*` and `?` stay within a folder, `**` goes through any number of them, `{a,b}` is one of several. */
function toPattern(glob) {
  const source = path.normalize(glob).replace(/\*\*\/|\*\*|\*|\?|\{[^{}]*\}|[\\^$.|+()[\]{}]/g, (sign) => {
    if (sign === "**/") return "(?:.*/)?";
    if (sign === "**") return ".*";
    if (sign === "*") return "[^/]*";
    if (sign === "?") return "[^/]";
    if (sign.length > 1)
      return `(?:${sign
        .slice(1, -1)
        .split(",")
        .map((one) => toPattern(one).source.slice(1, -1))
        .join("|")})`;
    return `\\${sign}`;
  });
  return new RegExp(`^${source}$`);
}

/** Test reports stand beside coverage and the like; what is not one would be refused. */
function isReport(name) {
  const head = Buffer.alloc(4_096);
  const file = openSync(name, "r");
  try {
    const text = head.subarray(0, readSync(file, head)).toString("latin1").replaceAll("\0", "");
    return /<testsuites?[\s/>]/.test(text);
  } finally {
    closeSync(file);
  }
}

function findFiles(patterns) {
  const found = new Set();
  for (const pattern of patterns) {
    if (isFile(pattern)) found.add(path.normalize(pattern));
    else if (isFolder(pattern)) {
      for (const name of filesBelow(pattern)) if (name.endsWith(".xml") && isReport(name)) found.add(name);
    } else if (/[*?{]/.test(pattern)) {
      const plain = pattern.slice(0, pattern.search(/[*?{]/));
      const folder = plain.includes("/") ? plain.slice(0, plain.lastIndexOf("/") + 1) : ".";
      const wanted = toPattern(pattern);
      if (!isFolder(folder)) continue;
      for (const name of filesBelow(folder)) if (wanted.test(name) && isReport(name)) found.add(name);
    } else throw new Refused(`${pattern}: there is no such file.`);
  }
  return [...found];
}

const silenceMs = 120_000;

/** One request; the file goes out as it is read. */
function ask(address, token, file) {
  const url = new URL(address);
  const headers = { authorization: `Bearer ${token}`, accept: "application/json" };
  const size = file ? statSync(file).size : 0;
  if (file) Object.assign(headers, { "content-type": "application/xml", "content-length": size });
  return new Promise((resolve, reject) => {
    const request = (url.protocol === "https:" ? https : http).request(url, { method: file ? "POST" : "GET", headers });
    let isAnswered = false;
    request.setTimeout(silenceMs, () => request.destroy(new Error("no answer in time")));
    request.on("error", (error) => isAnswered || reject(error));
    request.once("response", (response) => {
      isAnswered = true;
      const pieces = [];
      response.on("data", (piece) => pieces.push(piece));
      response.once("error", reject);
      response.once("end", () => {
        request.destroy();
        resolve({ status: response.statusCode, headers: response.headers, text: Buffer.concat(pieces).toString() });
      });
    });
    if (!file) return void request.end();
    // Not what is appended meanwhile: the length is promised.
    const source = createReadStream(file, size > 0 ? { end: size - 1 } : {});
    source.once("error", (error) => request.destroy(error));
    request.once("close", () => source.destroy());
    source.pipe(request);
  });
}

const again = new Set([408, 429, 502, 503, 504]);
const longestWaitMs = 600_000;

/** How long the server asks to wait, in seconds or until a date; else longer each time. */
function waitMs(headers, attempt) {
  const told = headers["retry-after"];
  const asked =
    told === undefined ? Number.NaN : /^\d+$/.test(told) ? Number(told) * 1_000 : Date.parse(told) - Date.now();
  return Math.min(Math.max(Number.isNaN(asked) ? 1_000 * 2 ** attempt : asked, 0), longestWaitMs);
}

/** An answer of 200 as JSON. Repeating is harmless: Faultline knows the bytes of a run's files. */
async function askUntil(address, { token, retries }, file) {
  for (let attempt = 0; ; attempt += 1) {
    let answer;
    try {
      answer = await ask(address, token, file);
    } catch (error) {
      if (error.syscall === "open" || (error.syscall === "read" && error.path)) throw new Error(error.message);
      if (attempt >= retries) throw new Refused(`Faultline cannot be reached: ${error.message}`);
      console.error(`Faultline cannot be reached (${error.message}); trying again.`);
      await sleep(waitMs({}, attempt));
      continue;
    }
    const { status, headers, text } = answer;
    if (status === 200) return read(text);
    if (!again.has(status) || attempt >= retries) throw refusal(answer);
    const pauseMs = waitMs(headers, attempt);
    console.error(`Faultline answers ${status}; trying again in ${Math.ceil(pauseMs / 1_000)} s.`);
    await sleep(pauseMs);
  }
}

/** A proxy that wants people to sign in answers 200 as well. */
function read(text) {
  try {
    const answer = JSON.parse(text);
    if (answer?.totals) return answer;
  } catch {
    // Said below, in the words for both.
  }
  throw new Refused("What answers at this address is not Faultline: see --url.");
}

function refusal({ status, headers, text }) {
  if (headers.location) return new Refused(`The address redirects to ${headers.location}. Use that as --url.`);
  let said = `Faultline answers ${status}.`;
  try {
    const { title, detail, fields, requestId } = JSON.parse(text);
    const parts = [detail ?? title, ...Object.entries(fields ?? {}).map(([name, what]) => `${name}: ${what}`)];
    said = `${parts.filter(Boolean).join(" ")} (${status}, request ${requestId ?? "unknown"})`;
  } catch {
    // A proxy's page; its status says enough.
  }
  // The next file may be all right where this one was too large or could not be read.
  return [400, 413, 422].includes(status) ? new Error(said) : new Refused(said);
}

const number = (value) => value.toLocaleString("en");

async function importFiles(call) {
  const files = findFiles(call.patterns);
  if (files.length === 0) throw new Refused("No JUnit report was found.");
  let last = null;
  let refused = 0;
  for (const file of files) {
    const filename = (call.job ? `${call.job}: ${file}` : file).slice(-300);
    const query = Object.entries({ ...call.facts, filename }).filter(([, value]) => value);
    try {
      last = await askUntil(`${call.base}/import?${new URLSearchParams(query)}`, call, file);
      for (const warning of last.warnings) console.error(`${file}: ${warning}`);
    } catch (error) {
      if (error instanceof Refused) throw error;
      refused += 1;
      console.error(`${file}: ${error.message}`);
    }
  }
  if (!last) return 1;
  const { passed, failed, error, flaky, skipped } = last.totals;
  const counts = { passed, failed, "in error": error, flaky, skipped };
  const told = Object.entries(counts).map(([word, count]) => `${number(count)} ${word}`);
  console.log(last.run.url);
  console.log(`${files.length - refused} of ${files.length} files imported. The run: ${told.join(", ")}.`);
  if (refused > 0) return 1;
  if (!call.failsOnNew) return 0;
  const { totals } = await askUntil(`${call.base}/${last.run.id}/groups?limit=1`, call);
  console.log(`Problems: ${number(totals.problems)}, of which ${number(totals.new)} are new.`);
  return totals.new > 0 ? 3 : 0;
}

try {
  const call = readCall(process.argv.slice(2), process.env);
  if (call) process.exitCode = await importFiles(call);
  else console.log(help.replace("__NAMES__", systems.map(({ name }) => name).join(", ")));
} catch (error) {
  console.error(
    error instanceof Misuse ? `${error.message}\n\n${help.split("\n")[0]}  (--help says more)` : error.message,
  );
  process.exitCode = error instanceof Misuse ? 2 : 1;
}
