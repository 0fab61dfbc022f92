import { startGithub } from "@/e2e/sandbox/github/server";
import { specFileOf } from "@/e2e/sandbox/spec-files";
import { trackerContract } from "@/lib/trackers/contract";
import { github } from ".";

trackerContract({
  name: "GitHub",
  tracker: github,
  start: (size) => startGithub({ ...size, specFile: specFileOf("github-rest.json") }),
  specs: ["github-rest.json", "github-projectsv2.schema.graphql"],
  project: "acme/checkout",
  absent: { project: "acme/nowhere", ref: "99999" },
  createCall: { method: "POST", path: "^/repos/[^/]+/[^/]+/issues$", status: 201 },
  titleRefusal: {
    status: 422,
    body: {
      message: "Validation Failed",
      errors: [{ resource: "Issue", field: "title", code: "missing_field" }],
      documentation_url: "https://docs.github.com/rest/issues/issues#create-an-issue",
      status: "422",
    },
  },
  async oddState(sandbox) {
    const [issue] = await sandbox.issues("acme/checkout");
    const path = `/issues/${issue?.ref}$`;
    const answer = await fetch(`${sandbox.apiUrl}/repos/acme/checkout/issues/${issue?.ref}`, {
      headers: { authorization: `Bearer ${sandbox.credentials.write.values.token}` },
    });
    const body = { ...Object(await answer.json()), state: "triaged" };
    sandbox.faults.add({ method: "GET", path, mode: "status", status: 200, body });
    return { ref: issue?.ref ?? "", state: "triaged" };
  },
});
