import { describe, expect, it } from "vitest";
import { baseUrlOf, idOf, issueUrl, parseIssueRef } from "./pattern";

describe("the pattern", () => {
  it.each([
    ["https://tracker.example/issues/{issueId}", "https://tracker.example/issues/{issueId}"],
    ["tracker.example/{issueId}", "https://tracker.example/{issueId}"],
    [" HTTP://Tracker.Example:8080/a/{issueId}/view ", "http://tracker.example:8080/a/{issueId}/view"],
    ["https://tracker.example/?id={issueId}&x=1", "https://tracker.example/?id={issueId}&x=1"],
    ["https://tracker.example/#/i/{issueId}", "https://tracker.example/#/i/{issueId}"],
    ["https://bücher.example/{issueId}", "https://xn--bcher-kva.example/{issueId}"],
    ["https://tracker.example/a/../{issueId}", "https://tracker.example/{issueId}"],
  ])("[D8] takes %s", (typed, stored) => {
    expect(baseUrlOf(typed)).toBe(stored);
    expect(baseUrlOf(stored)).toBe(stored);
  });

  it.each([
    ["https://tracker.example/issues", "where the issue's id stands"],
    ["", "where the issue's id stands"],
    ["https://tracker.example/{issueId}/{issueId}", "only once"],
    ["https://{issueId}.example/", "host"],
    ["https://tracker.example:{issueId}/", "not an address"],
    ["https://{issueId}@tracker.example/", "user name"],
    ["https://user:pass@tracker.example/{issueId}", "user name"],
    ["ftp://tracker.example/{issueId}", "https://"],
    ["javascript:alert({issueId})", "https://"],
    ["data:text/html,{issueId}", "https://"],
    ["https://tracker.example/{issueId}/{other}", "no placeholder but"],
    ["https://tracker.example/{issueid}", "where the issue's id stands"],
    ["https://faultline0issue0id0.example/{issueId}", "not an address"],
    ["https:///{issueId}", "host"],
  ])("[D8] refuses %s, at its field", (typed, words) => {
    expect(() => baseUrlOf(typed)).toThrow(
      expect.objectContaining({ kind: "invalid_input", fields: { baseUrl: expect.stringContaining(words) } }),
    );
  });
});

describe("an id", () => {
  const pattern = "https://tracker.example/issues/{issueId}";

  it.each([
    ["1234", "1234", "1234"],
    ["#12", "12", "12"],
    ["PAY-12", "PAY-12", "PAY-12"],
    ["a/b#12", "a/b#12", "a%2Fb%2312"],
    ["a..b", "a..b", "a..b"],
    ["Größe-1", "Größe-1", "Gr%C3%B6%C3%9Fe-1"],
    ["1+1", "1+1", "1%2B1"],
  ])("[D8] %s is one, and a part of the address and no more", (typed, id, encoded) => {
    expect(parseIssueRef(typed, pattern)).toEqual({ projectKey: null, ref: id });
    expect(issueUrl(pattern, { ref: id })).toBe(`https://tracker.example/issues/${encoded}`);
  });

  it.each(["", "..", "../x", ".", "a b", "a title", "<script>", "x?y", "a\nb", "a\\b", "-", "x".repeat(201), "%2e%2e"])(
    "[D8] %j is none",
    (typed) => expect(idOf(typed)).toBeNull(),
  );

  it("[D8] with a dollar sign's meaning for replacements is not one, and is put in as it is", () => {
    expect(issueUrl(pattern, { ref: "$&" })).toBe("https://tracker.example/issues/%24%26");
  });
});

describe("an address", () => {
  it.each([
    ["https://tracker.example/issues/12", "https://tracker.example/issues/{issueId}", "12"],
    ["https://tracker.example/issues/12/?tab=1#c4", "https://tracker.example/issues/{issueId}", "12"],
    ["HTTPS://TRACKER.example/issues/a%2Fb", "https://tracker.example/issues/{issueId}", "a/b"],
    ["https://tracker.example/i/12/view?x", "https://tracker.example/i/{issueId}/view", "12"],
    ["https://tracker.example/?id=12&x=1&y=2", "https://tracker.example/?id={issueId}&x=1", "12"],
    ["https://tracker.example/?id=12#top", "https://tracker.example/?id={issueId}", "12"],
    ["https://tracker.example/#/i/12", "https://tracker.example/#/i/{issueId}", "12"],
  ])("[D8] %s fits %s", (typed, pattern, ref) => {
    expect(parseIssueRef(typed, pattern)).toEqual({ projectKey: null, ref });
    expect(parseIssueRef(issueUrl(pattern, { ref }), pattern)).toEqual({ projectKey: null, ref });
  });

  it.each([
    ["https://other.example/issues/12", "https://tracker.example/issues/{issueId}"],
    ["http://tracker.example/issues/12", "https://tracker.example/issues/{issueId}"],
    ["https://tracker.example/issues/", "https://tracker.example/issues/{issueId}"],
    ["https://tracker.example/issues/12/edit", "https://tracker.example/issues/{issueId}"],
    ["https://tracker.example/i/12", "https://tracker.example/i/{issueId}/view"],
    ["https://tracker.example.evil/issues/12", "https://tracker.example/issues/{issueId}"],
    ["https://tracker.example/issues/%zz", "https://tracker.example/issues/{issueId}"],
    ["https://tracker.example/issues/%2e%2e", "https://tracker.example/issues/{issueId}"],
  ])("[D8] %s does not fit %s", (typed, pattern) => expect(parseIssueRef(typed, pattern)).toBeNull());
});
