import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, it } from "vitest";
import { failureOf } from "@/lib/http/test-failure";
import type { Credential } from "../tracker";
import { type Context, method, offering } from "./context";

/** Who we are, what a credential may do, and where it must never go. */
export function connection(context: Context): void {
  const { setup, sandbox, open, read } = context;
  const { tracker } = setup;

  const secretNames = ({ type }: Credential) =>
    (tracker.auth.find(({ id }) => id === type)?.fields ?? []).flatMap(({ name, isSecret }) => (isSecret ? name : []));
  const credential = (): Credential => {
    const { authType, values } = sandbox().credentials.write;
    return { type: authType, values };
  };
  /** The same credential with other secrets. */
  const withSecrets = (secretOf: (name: string) => string): Credential => {
    const { type, values } = credential();
    return {
      type,
      values: { ...values, ...Object.fromEntries(secretNames({ type, values }).map((name) => [name, secretOf(name)])) },
    };
  };
  const secrets = (given = credential()) =>
    secretNames(given)
      .flatMap((name) => given.values[name] ?? [])
      .flatMap((secret) => [secret, base64(secret)]);

  describe("connection", () => {
    it("[D3] its data says how to connect", () => {
      expect(new Set(tracker.auth.map(({ id }) => id)).size).toBe(tracker.auth.length);
      for (const { help, fields } of tracker.auth) {
        expect(help.url === "" || URL.canParse(help.url)).toBe(true);
        expect(new Set(fields.map(({ name }) => name)).size).toBe(fields.length);
      }
    });

    it("[D1] opening makes no call", () => {
      const before = sandbox().calls().length;
      open();
      expect(sandbox().calls()).toHaveLength(before);
    });

    if (tracker.auth.some(({ fields }) => fields.some(({ isSecret, isOptional }) => isSecret && !isOptional))) {
      it("[D3] tells whose the credential is", async () => {
        const { account, clockSkewMs } = await open().probe();
        expect(account).toMatchObject({ remoteId: expect.stringMatching(/./), name: expect.stringMatching(/./) });
        expect(Math.abs(clockSkewMs ?? 0)).toBeLessThan(5_000);
      });

      it("[D3] a wrong secret is told from a missing permission", async () => {
        const wrong = withSecrets(() => "c0ffee00c0ffee00c0ffee00c0ffee00c0ffee00");
        expect(await failureOf(read({ credential: wrong }))).toMatchObject({
          kind: "tracker_unauthorized",
          outcome: "refused",
        });
        sandbox().faults.add({ mode: "status", status: 403, body: { message: "Forbidden" }, times: "always" });
        expect(await failureOf(read())).toMatchObject({ kind: "tracker_forbidden", outcome: "refused" });
      });

      it.each([400, 401, 403, 422, 302, 500])(
        "[D3] a server that repeats the secret with status %i gets it into no message",
        async (status) => {
          const hostile = withSecrets((name) => `c0ffee00c0ffee00c0ffee00c0ffee00${name.length}0ffee00`);
          const said = secrets(hostile).join(" or ");
          const body = {
            message: `bad ${said}`,
            error: said,
            errorMessages: [said],
            errors: [{ field: "title", message: said.repeat(50) }],
          };
          sandbox().faults.add({ mode: "status", status, body, times: "always" });
          const { message, fields, cause } = await failureOf(read({ credential: hostile }));
          const told = JSON.stringify({ message, fields, cause });
          for (const form of secrets(hostile)) expect(told).not.toContain(form);
          expect(told.length).toBeLessThan(3_000);
        },
      );

      it("[D3] a credential never follows a redirect to another host", async () => {
        const other = await startListener();
        try {
          const headers = { location: `${other.url}/anything` };
          sandbox().faults.add({ mode: "redirect", status: 302, headers, times: "always" });
          await read({ allow: [new URL(other.url).host] }).catch(() => undefined);
          const seen = JSON.stringify(other.seen);
          for (const form of secrets()) expect(seen).not.toContain(form);
          expect(other.seen.every(({ authorization }) => authorization === undefined)).toBe(true);
        } finally {
          await other.close();
        }
      });
    }

    it("[D3] the log shows routes, not projects, and no secret", async () => {
      await read();
      const records = context.records();
      expect(records.length).toBeGreaterThan(0);
      const segments = setup.project.split("/");
      for (const { pathTemplate } of records) {
        for (const segment of segments) expect(pathTemplate.split("/")).not.toContain(segment);
      }
      for (const form of secrets()) expect(JSON.stringify(records)).not.toContain(form);
    });

    it("[D3] what is not there is not found", async () => {
      const { absent } = setup;
      expect(await failureOf(open().getProject({ key: absent.project }))).toMatchObject({
        kind: "tracker_not_found",
        outcome: "refused",
      });
      const address = { project: context.project(), ref: absent.ref };
      expect(await failureOf(open().getIssue(address))).toMatchObject({ kind: "tracker_not_found" });
    });

    it("[D3] reading needs no job, however the tracker wants to be asked", async () => {
      const opened = open({ isOutsideJob: true });
      const project = context.project();
      await opened.listProjects({});
      await opened.getIssue(await context.address());
      const [type] = (await opened.listTypes?.({ project })) ?? [];
      const typeId = type?.id ?? null;
      const form = await opened.getForm?.({ project, typeId });
      const searched = form?.fields.find(({ isSearched }) => isSearched);
      if (searched) await opened.searchOptions?.({ project, typeId, field: searched, query: "a" });
      await opened.listLabels?.({ project });
      await opened.listUsers?.({ project });
      await opened.listStates?.({ project, typeId });
      await opened.searchIssues?.({ projects: [project], query: "basket" });
      await opened.listChanged?.({ project, since: new Date(Date.now() - 60_000) });
      await opened.findByMarker?.({ project, marker: "0190-none", since: new Date() });
      await opened.listTransitions?.(await context.address());
      await opened.listComments?.(await context.address(), {});
      await opened.listBoards?.({ project });
      expect(context.records().filter(({ errorCode }) => errorCode !== null)).toEqual([]);
    });

    offering(context, ["createIssue"], () => {
      it("[G3] nothing is written from outside a job", async () => {
        const input = await context.input();
        const call = method(open({ isOutsideJob: true }), "createIssue")(input);
        expect(await failureOf(call)).toMatchObject({ kind: "write_outside_job", outcome: "refused" });
        expect(context.creations()).toEqual([]);
      });
    });
  });
}

const base64 = (text: string) => Buffer.from(text).toString("base64");

/** Another host, which keeps all that it is told. */
async function startListener() {
  const seen: Record<string, string | string[] | undefined>[] = [];
  const server = createServer((request, response) => {
    seen.push({ ...request.headers, url: request.url });
    response.writeHead(200, { "content-type": "application/json" }).end("{}");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo; // it listens on TCP
  return {
    url: `http://127.0.0.1:${port}`,
    seen,
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}
