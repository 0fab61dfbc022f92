import { describe, expect, it } from "vitest";
import { useJira } from "./testing";

type Person = { accountId?: string; name?: string; displayName: string; emailAddress?: string; active: boolean };

describe("people of Jira Cloud", () => {
  const use = useJira("cloud", { extraUsers: 2_000 });
  const search = async (query: string): Promise<Person[]> => (await use.send("GET", query)).data;

  it("[K9] show an address only where its owner does, and can be found by it only then", async () => {
    const [lead, manager] = [
      await search("/user/search?query=qa-lead@"),
      await search("/user/search?query=release-manager@"),
    ];
    expect(lead).toMatchObject([{ displayName: "QA lead", emailAddress: "qa-lead@acme.example" }]);
    expect(manager).toEqual([]);
    const [shown] = await search("/user/search?query=Release");
    expect(shown).not.toHaveProperty("emailAddress");
    expect((await use.send("GET", "/myself")).data.emailAddress).toBe("qa-bot@acme.example");
  });

  it("[K9] may share a display name, and be switched off", async () => {
    expect((await search("/user/search?query=On%20call")).map(({ emailAddress }) => emailAddress)).toEqual([
      ...["on-call-day@acme.example", undefined],
    ]);
    expect(await search("/user/search?query=contractor")).toMatchObject([{ active: false }]);
    expect(await search("/user/assignable/search?project=PAY&query=contractor")).toEqual([]);
  });

  it("[K9] are looked through up to the thousandth; who does not fit leaves the page shorter", async () => {
    const page = (at: number) => search(`/user/assignable/search?project=PAY&query=&startAt=${at}&maxResults=100`);
    expect((await page(0)).length).toBeLessThan(100);
    expect(await page(900)).toHaveLength(100);
    expect(await page(1_000)).toEqual([]);
    expect(await search("/user/assignable/search?project=PAY&query=Tester%201999")).toHaveLength(1);
  });

  it("[K9] are not asked for by name any more", async () => {
    for (const path of [
      "/user/search?username=qa",
      "/user/assignable/search?project=PAY&username=qa",
      "/user/search",
    ]) {
      expect((await use.send("GET", path)).status).toBe(400);
    }
    expect((await use.send("GET", "/user?username=qa-lead")).status).toBe(404);
    expect((await use.send("GET", "/user?accountId=nobody")).status).toBe(404);
    expect((await use.send("GET", "/user/assignable/search?query=x")).status).toBe(400);
    expect((await use.send("GET", "/user/assignable/search?query=x&project=SEC")).status).toBe(404);
  });

  it("[K9] labels of the site come in pages", async () => {
    const { data } = await use.send("GET", "/label?maxResults=1&startAt=1");
    expect([data.values, data.total, data.isLast]).toEqual([["chores"], 2, true]);
  });
});

describe("people of Jira Data Center", () => {
  const use = useJira("dc", { extraUsers: 300 });
  const search = async (query: string): Promise<Person[]> => (await use.send("GET", query)).data;

  it("[K9] have names and show their addresses", async () => {
    expect(await search("/user/search?username=qa-lead")).toMatchObject([
      { name: "qa-lead", emailAddress: "qa-lead@acme.example" },
    ]);
    expect((await use.send("GET", "/user?username=nobody")).status).toBe(404);
    expect((await use.send("GET", "/user/search")).status).toBe(400);
  });

  it("[K9] come in pages, but those who can be assigned only as a first hundred", async () => {
    expect(await search("/user/search?username=.&maxResults=1000")).toHaveLength(310);
    expect(await search("/user/search?username=.&startAt=300&maxResults=50")).toHaveLength(10);
    expect(await search("/user/search?username=.&includeInactive=true&maxResults=1000")).toHaveLength(311);
    expect(await search("/user/assignable/search?project=PAY&username=&maxResults=1000")).toHaveLength(100);
    expect(await search("/user/assignable/search?project=PAY&username=tester-0299")).toHaveLength(1);
  });
});
