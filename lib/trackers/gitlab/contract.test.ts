import { startGitlab } from "@/e2e/sandbox/gitlab/server";
import { specFileOf } from "@/e2e/sandbox/spec-files";
import { trackerContract } from "@/lib/trackers/contract";
import { gitlab } from ".";

trackerContract({
  name: "GitLab",
  tracker: gitlab,
  start: (size) => startGitlab({ ...size, specFile: specFileOf("gitlab-v4.json") }),
  specs: ["gitlab-v4.json"],
  project: "acme/web/checkout",
  absent: { project: "acme/web/nowhere", ref: "999999" },
  typeName: "Issue",
  createCall: { method: "POST", path: "/issues$", status: 201 },
  titleRefusal: { status: 400, body: { message: { title: ["is too long (maximum is 255 characters)"] } } },
});
