import { expect, it } from "vitest";
import { isKind } from "@/lib/errors";
import { baseUrlOf, issueUrl, newIssueUrl, parseIssueRef, peopleUrlOf } from "./address";

it.each([
  ["https://dev.azure.com/acme", "https://dev.azure.com/acme"],
  [" dev.azure.com/acme/ ", "https://dev.azure.com/acme"],
  ["https://dev.azure.com/acme/Web%20shop/_workitems", "https://dev.azure.com/acme"],
  ["https://acme.visualstudio.com", "https://dev.azure.com/acme"],
  ["https://acme.visualstudio.com/DefaultCollection", "https://dev.azure.com/acme"],
  ["https://tfs.acme.test/DefaultCollection/", "https://tfs.acme.test/DefaultCollection"],
  ["http://tfs.acme.test:8080/tfs/DefaultCollection", "http://tfs.acme.test:8080/tfs/DefaultCollection"],
])("[D1] %s is %s", (typed, base) => {
  expect(baseUrlOf(typed)).toBe(base);
});

it.each([
  "",
  "https://dev.azure.com",
  "https://tfs.acme.test",
  "ftp://dev.azure.com/acme",
  "https://a:b@dev.azure.com/acme",
  "https://tfs.acme.test/tfs/C/_home",
  "https://dev.azure.com/..%2f",
])("[D1] %j is refused on its field", (typed) => {
  const error = (() => {
    try {
      return baseUrlOf(typed);
    } catch (reason) {
      return reason;
    }
  })();
  expect(isKind(error, "invalid_input")).toBe(true);
  expect(error).toMatchObject({ fields: { baseUrl: expect.stringMatching(/./) } });
});

it("[D1] people are looked for on the host that Services keep them on, and on a Server itself", () => {
  expect(peopleUrlOf("https://dev.azure.com/acme")).toBe("https://vssps.dev.azure.com/acme");
  expect(peopleUrlOf("https://tfs.acme.test/C")).toBe("https://tfs.acme.test/C");
  expect(peopleUrlOf("https://dev.azure.com.evil.test/acme")).toBe("https://dev.azure.com.evil.test/acme");
});

const services = "https://dev.azure.com/acme";
const server = "https://tfs.acme.test/tfs/C";
it.each([
  ["12", services, { projectKey: null, ref: "12" }],
  ["#12", services, { projectKey: null, ref: "12" }],
  ["AB#12", services, { projectKey: null, ref: "12" }],
  ["ab#0012", services, { projectKey: null, ref: "12" }],
  ["https://dev.azure.com/acme/Web%20shop/_workitems/edit/12", services, { projectKey: "Web shop", ref: "12" }],
  ["https://dev.azure.com/acme/Webshop/_workitems/edit/12/", services, { projectKey: "Webshop", ref: "12" }],
  ["https://acme.visualstudio.com/Webshop/_workitems/edit/12", services, { projectKey: "Webshop", ref: "12" }],
  [
    "https://acme.visualstudio.com/DefaultCollection/Webshop/_workitems?id=12&_a=edit",
    services,
    { projectKey: "Webshop", ref: "12" },
  ],
  [
    "https://dev.azure.com/acme/Webshop/_boards/board/t/Team/Stories?workitem=12",
    services,
    { projectKey: "Webshop", ref: "12" },
  ],
  ["https://dev.azure.com/acme/_workitems/edit/12", services, { projectKey: null, ref: "12" }],
  ["https://dev.azure.com/acme/_apis/wit/workItems/12", services, { projectKey: null, ref: "12" }],
  ["https://tfs.acme.test/tfs/C/Webshop/_workitems/edit/12", server, { projectKey: "Webshop", ref: "12" }],
  ["https://tfs.acme.test/tfs/Other/Webshop/_workitems/edit/12", server, null],
  ["https://dev.azure.com/other/Webshop/_workitems/edit/12", services, null],
  ["https://other.visualstudio.com/Webshop/_workitems/edit/12", services, null],
  ["https://dev.azure.com/acme/Webshop/_git/repo/pullrequest/12", services, null],
  ["https://dev.azure.com/acme/Webshop/_build?id=12", services, null],
  ["https://dev.azure.com.evil.test/acme/Webshop/_workitems/edit/12", services, null],
  ["0", services, null],
  ["PAY-12", services, null],
  ["12; DROP", services, null],
])("[H2] %s at %s is %j", (text, base, ref) => {
  expect(parseIssueRef(text, base)).toEqual(ref);
});

it("[H2] an issue's address is where people see it", () => {
  expect(issueUrl(services, { projectKey: "Web shop/..", ref: "12" })).toBe(
    "https://dev.azure.com/acme/Web%20shop%2F../_workitems/edit/12",
  );
});

const project = { remoteId: "p", key: "Webshop" };
it("[G9] the tracker's own form is filled in: a bug's steps, any other type's description", () => {
  const input = {
    project,
    typeId: "Bug",
    title: "It's 100 % broken & more",
    body: "<p>x</p>",
    labels: ["bug", "flaky"],
  };
  const { url, isCut } = newIssueUrl(services, input);
  const { pathname, searchParams } = new URL(url);
  expect(isCut).toBe(false);
  expect(pathname).toBe("/acme/Webshop/_workitems/create/Bug");
  expect(Object.fromEntries(searchParams)).toEqual({
    "[System.Title]": "It's 100 % broken & more",
    "[System.Tags]": "bug;flaky",
    "[Microsoft.VSTS.TCM.ReproSteps]": "<p>x</p>",
  });
  const story = new URL(newIssueUrl(services, { ...input, typeId: "User Story" }).url);
  expect(story.pathname).toBe("/acme/Webshop/_workitems/create/User%20Story");
  expect(story.searchParams.get("[System.Description]")).toBe("<p>x</p>");
});

it("[G9] a text that no address carries is cut, as words", () => {
  const { url, isCut } = newIssueUrl(services, {
    project,
    typeId: null,
    title: "t",
    body: `<p>${"wörd 🙂 ".repeat(5_000)}</p>`,
  });
  expect(isCut).toBe(true);
  expect(url.length).toBeLessThanOrEqual(8_000);
  expect(url.length).toBeGreaterThan(7_800);
  expect(new URL(url).searchParams.get("[Microsoft.VSTS.TCM.ReproSteps]")).toMatch(/^wörd 🙂 .* …$/u);
});
