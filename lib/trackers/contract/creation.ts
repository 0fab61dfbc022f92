import { describe, expect, it } from "vitest";
import type { FaultInput } from "@/e2e/sandbox/faults";
import { failureOf } from "@/lib/http/test-failure";
import { codeBlock, doc, paragraph } from "@/lib/richtext/build";
import type { CreateIssueInput } from "../tracker";
import { type Context, method, offering, present } from "./context";

/** One issue, whatever happens on the way. */
export function creation(context: Context): void {
  const { setup, sandbox, open, input, there, creations } = context;
  const { limits, marker: rules } = setup.tracker;
  const { method: verb, path, status: created } = setup.createCall;
  const create = (given: CreateIssueInput, deadlineMs = 5_000) => method(open({ deadlineMs }), "createIssue")(given);
  const find = ({ project, marker }: CreateIssueInput) =>
    method(open(), "findByMarker")({ project, marker, since: new Date(Date.now() - 5_000) });

  offering(context, ["createIssue", "findByMarker"], () => {
    describe("creation", () => {
      it("[G3] creates an issue in one call, reads it back and finds it by its marker", async () => {
        const given = await input();
        const { issue, warnings } = await create(given);
        expect(warnings).toEqual([]);
        expect(issue).toMatchObject({
          title: given.title,
          category: "open",
          projectKey: context.project().key,
          projectRemoteId: context.project().remoteId,
        });
        expect(issue.labels).toEqual(expect.arrayContaining([...given.labels]));
        expect(Math.abs(issue.createdAt.getTime() - Date.now())).toBeLessThan(60_000);

        const { remoteId, key, ref, url, title } = issue;
        const same = { remoteId, key, ref, url, title };
        expect(await open().getIssue({ project: context.project(), ref })).toMatchObject(same);
        expect(await find(given)).toMatchObject(same);
        expect(creations()).toHaveLength(1);
        expect(await there(given.title)).toMatchObject([{ ref, title }]);
      });

      it("[H2] what people call it leads to it, and so does its address", async () => {
        const { issue } = await create(await input());
        const baseUrl = setup.tracker.baseUrlOf(sandbox().apiUrl);
        for (const text of [issue.key, issue.url]) {
          const named = present(setup.tracker.parseIssueRef(text, baseUrl), "reference");
          const { projectKey = null, ref } = named;
          expect(setup.tracker.issueUrl(baseUrl, { projectKey: projectKey ?? context.project().key, ref })).toBe(
            issue.url,
          );
          // An API may call an issue otherwise than people do: by an id that outlives its key.
          const found = await open().getIssue({ project: context.project(), ref });
          expect(found).toMatchObject({ remoteId: issue.remoteId, ref: issue.ref });
        }
        expect(setup.tracker.parseIssueRef("https://elsewhere.example/1", baseUrl)).toBeNull();
        expect(setup.tracker.parseIssueRef("no such thing", baseUrl)).toBeNull();
      });

      it.each<[string, FaultInput, string | RegExp]>([
        ["the reply is dropped", { mode: "drop-reply" }, /^tracker_unrea/],
        ["no reply comes in time", { mode: "hang" }, "timed_out"],
        ["half a reply comes", { mode: "truncate" }, "tracker_unreadable"],
        ["the reply comes byte by byte", { mode: "slow-body" }, "timed_out"],
        ["the answer has broken JSON", { mode: "bad-json" }, "tracker_unreadable"],
        ["500 comes after the work", { mode: "status", status: 500, after: true }, "tracker_failed"],
        ["503 comes after the work", { mode: "status", status: 503, after: true }, "tracker_failed"],
        ["502 is a page", { mode: "html", status: 502, after: true, body: "<h1>Unicorn</h1>" }, "tracker_failed"],
        [
          "the answer is a page",
          { mode: "html", status: created, after: true, body: "<h1>Created?</h1>" },
          "tracker_unreadable",
        ],
        [
          "the answer has the wrong content type",
          { mode: "status", status: created, after: true, headers: { "content-type": "text/plain" }, body: { id: 1 } },
          "tracker_unreadable",
        ],
        [
          "the answer has the wrong shape",
          { mode: "status", status: created, after: true, body: { ok: true } },
          "tracker_unreadable",
        ],
        ["the answer is empty", { mode: "status", status: created, after: true, body: "" }, "tracker_unreadable"],
        ["408 comes after the work", { mode: "status", status: 408, after: true }, "timed_out"],
      ])("[G3] %s: unknown, never repeated, and found by its marker", async (_, fault, kind) => {
        const given = await input();
        sandbox().faults.add({ method: verb, path, ...fault });
        const error = await failureOf(create(given, 600));
        expect(error.kind).toMatch(kind);
        expect(error.outcome).toBe("unknown");
        expect(creations()).toHaveLength(1);

        const [one, ...others] = await there(given.title);
        expect(others).toEqual([]);
        expect(await find(given)).toMatchObject({ ref: present(one, "issue").ref, title: given.title });
      });

      it.each<[string, FaultInput, string | RegExp, "refused" | "unknown"]>([
        ["a sign-in page with 200", { mode: "html" }, "tracker_unauthorized", "refused"],
        [
          "302 to a sign-in page",
          { mode: "redirect", status: 302, headers: { location: "/login" } },
          "tracker_refused",
          "refused",
        ],
        [
          "409",
          { mode: "status", status: 409, body: { message: "Conflict" } },
          /^(tracker_refused|conflict)$/,
          "refused",
        ],
        [
          "a status that nobody knows",
          { mode: "status", status: 418, body: "<h1>teapot</h1>" },
          "tracker_refused",
          "refused",
        ],
        ["429", { mode: "status", status: 429, body: {} }, "tracker_rate_limited", "refused"],
        ["a connection that breaks", { mode: "reset" }, /^tracker_unrea/, "unknown"],
      ])("[G3] %s instead of the work: nothing is there, and nothing was repeated", async (_, fault, kind, outcome) => {
        const given = await input();
        sandbox().faults.add({ method: verb, path, ...fault });
        const error = await failureOf(create(given));
        expect(error.kind).toMatch(kind);
        expect(error.outcome).toBe(outcome);
        expect(creations()).toHaveLength(1);
        expect(await there(given.title)).toEqual([]);
        expect(await find(given)).toBeNull();
      });

      it("[G3] an index that lags 60 s hides the issue no longer than is said of it", async () => {
        const given = await input();
        sandbox().lag.set({ searchSeconds: 60 });
        sandbox().faults.add({ method: verb, path, mode: "drop-reply" });
        await failureOf(create(given));
        const atOnce = await find(given);
        if (rules.indexDelayMs === 0) expect(atOnce).not.toBeNull();
        else expect(rules.indexDelayMs).toBeGreaterThanOrEqual(60_000);
        sandbox().lag.passTime(60_000);
        expect(await find(given)).toMatchObject({ title: given.title });
        expect(await there(given.title)).toHaveLength(1);
      });

      it("[G3] the marker of one creation does not find another, nor one that only quotes it", async () => {
        const given = await input();
        const quoting = await input({ description: doc(codeBlock(context.render(doc(), given.marker))) });
        await create(quoting);
        expect(await find(given)).toBeNull();
        await create(given);
        expect(await find(given)).toMatchObject({ title: given.title });
        expect(await find(quoting)).toMatchObject({ title: quoting.title });
      });

      it("[G5] a title of any language arrives as it is", async () => {
        const given = await input({ title: `Zażółć 日本語 עברית 🙂 👩‍👩‍👧 <b>&amp; "x" 'y' \\ ${process.pid}` });
        const { issue } = await create(given);
        expect(issue.title).toBe(given.title);
        expect(await there(given.title)).toHaveLength(1);
      });

      it("[G5] the longest title goes through, a longer one is refused on its field before anything is there", async () => {
        const title = "t".repeat(limits.titleChars);
        expect((await create(await input({ title }))).issue.title).toBe(title);
        const error = await failureOf(create(await input({ title: `${title}!` })));
        expect(error.kind).toMatch(/^(invalid_input|tracker_refused)$/);
        expect(error).toMatchObject({ outcome: "refused", fields: { title: expect.stringMatching(/./) } });
        expect(await there(`${title}!`)).toEqual([]);
      });

      const long = doc(paragraph("A log:"), codeBlock("line of a log\n".repeat(Math.ceil(limits.bodyChars / 10))));

      it("[G5] the largest body goes through", async () => {
        const given = await input({ description: long });
        expect(given.body.length).toBeGreaterThan(limits.bodyChars * 0.9);
        expect((await create(given)).warnings).toEqual([]);
      });

      it("[G5] a body over the limit is refused as too long, so that a shorter one is sent", async () => {
        const given = await input();
        const body = context.render(long, given.marker, limits.bodyChars * 4);
        expect(body.length).toBeGreaterThan(limits.bodyChars);
        expect(await failureOf(create({ ...given, body }))).toMatchObject({
          kind: "tracker_text_too_long",
          outcome: "refused",
        });
        expect(await there(given.title)).toEqual([]);
      });

      offering(context, ["getText"], () => {
        it("[H1] its text is there as it was sent", async () => {
          const given = await input({ description: doc(paragraph("Zażółć 日本語 🙂 & <b> *x* ]] {{y}}")) });
          const { issue } = await create(given);
          const text = await method(open(), "getText")({ project: context.project(), ref: issue.ref });
          for (const word of ["Zażółć", "日本語", "🙂"]) expect(text).toContain(word);
        });
      });

      const { oddState } = setup;
      if (oddState) {
        it("[H1] a state that nobody documents survives by its own name", async () => {
          const { ref, state } = await oddState(sandbox());
          const issue = await open().getIssue({ project: context.project(), ref });
          expect(issue.state).toBe(state);
          expect(["open", "in_progress", "done"]).toContain(issue.category);
        });
      }
    });
  });
}
