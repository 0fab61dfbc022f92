import { NextRequest } from "next/server";
import { expect, it } from "vitest";
import { z } from "zod";
import { GET, POST, PUT } from "@/app/api/inngest/route";
import { functions } from "@/inngest/functions";
import { env } from "@/lib/env";
import { call } from "./endpoint";

const handlers = { GET, POST, PUT };

const route = (request: Request) =>
  handlers[z.enum(["GET", "POST", "PUT"]).parse(request.method)](new NextRequest(request));

it("[K8] answers over HTTP what it answers in the process: signed calls only", async () => {
  const line = { endpoint: route, signingKey: env().INNGEST_SIGNING_KEY ?? "" };
  const sync = {
    method: "PUT",
    headers: { "x-inngest-sync-kind": "in_band" },
    body: { url: "http://127.0.0.1/api/inngest" },
  } as const;
  const answer = await call(line, sync);
  expect(answer).toMatchObject({ status: 200, isAuthentic: true });
  expect(JSON.parse(answer.text)).toMatchObject({
    app_id: "faultline",
    functions: functions.map((one) => ({ id: one.id("faultline") })),
  });

  const forged = await call({ ...line, signingKey: `signkey-prod-${"cd".repeat(32)}` }, sync);
  expect(forged).toMatchObject({ status: 401, isAuthentic: false });
});

it.each(["GET", "POST", "PUT"] as const)("[K8] refuses an unsigned %s", async (method) => {
  const body = method === "GET" ? {} : { body: "{}" };
  const headers = { host: "localhost:3000", origin: "http://localhost:3000" };
  expect((await route(new Request("http://localhost:3000/api/inngest", { method, headers, ...body }))).status).toBe(
    401,
  );
});
