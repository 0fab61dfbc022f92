import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import type { Actor } from "@/lib/auth/member";
import { prisma } from "@/lib/db/client";
import { newId } from "@/lib/db/ids";
import { isKind } from "@/lib/errors";
import { createTransport } from "@/lib/http/transport";
import type { RateRules } from "@/lib/trackers/tracker";
import { makeAdmin } from "@/lib/workspaces/test-people";
import { budgetOf, type Priority } from "./budget";

/** For tests: a stored credential of nobody's tracker. */
export async function makeCredential(admin?: Pick<Actor, "workspaceId" | "userId">) {
  const { workspaceId, userId } = admin ?? (await makeAdmin());
  const [integrationId, connectionId] = [newId(), newId()];
  const base = { workspaceId, provider: "github", baseUrl: "https://example.com", authType: "pat" };
  await prisma.integration.create({ data: { ...base, id: integrationId, name: "T", createdById: userId } });
  await prisma.connection.create({ data: { id: connectionId, workspaceId, integrationId, sealedSecret: "-" } });
  return { workspaceId, integrationId, connectionId };
}
export type TestCredential = Awaited<ReturnType<typeof makeCredential>>;

/** What a process of a test is told to do with a credential. */
export type Order = {
  credential: TestCredential;
  url: string;
  method?: string;
  count?: number;
  priority?: Priority;
  pauseMs?: number;
  waitMs?: number;
  deadlineMs?: number;
};

export const rulesOf = ({ pauseMs = 0, waitMs = 60_000 }: Pick<Order, "pauseMs" | "waitMs">): RateRules => ({
  headers: { limit: "x-limit", remaining: "x-remaining", reset: "x-reset", bucket: "x-bucket" },
  bucketOf: (path) => (path.startsWith("/search") ? "search" : "core"),
  isLimited: ({ status, text }) => status === 429 || (status === 403 && text().includes("secondary")),
  waitMs,
  serialWrites: { pauseMs },
});

export const openBudget = (order: Omit<Order, "url">, attempt = 1) =>
  budgetOf(order.credential, { label: "The tracker", rate: rulesOf(order) }, { priority: order.priority, attempt });

/**
 * Does what the executor does with a creation: calls, and comes back when it is told to, until the tracker accepts.
 * The calls of an order run side by side, each with a number of its own; how often each had to come is returned.
 */
export async function carryOut(order: Order): Promise<number[]> {
  const { url, method = "POST", count = 1, deadlineMs = 20_000 } = order;
  return Promise.all(
    Array.from({ length: count }, async () => {
      const key = newId();
      for (let attempt = 1; ; attempt++) {
        const budget = openBudget(order, attempt);
        const { fetch } = createTransport({
          policy: { allowPrivate: ["127.0.0.1"] },
          budget,
          runId: "run",
          deadlineMs,
        });
        try {
          if ((await fetch(url, { method, headers: { "x-key": key } })).status < 300) return attempt;
        } catch (error) {
          if (!isKind(error, "tracker_rate_limited") || !error.retryAt) throw error;
          await sleep(error.retryAt.getTime() - Date.now());
        }
      }
    }),
  );
}

export type Arrival = { key: string; at: number; answeredAt: number | null; status: number };
type Answer = { status: number; headers?: Record<string, string>; body?: string; afterMs?: number };

/** A tracker that does what the test says and notes when each call came and was answered. */
export async function serveTracker(
  answer: (arrivals: readonly Arrival[], request: IncomingMessage) => Answer | "hang",
) {
  const arrivals: Arrival[] = [];
  const listener = async (request: IncomingMessage, response: ServerResponse) => {
    const arrival: Arrival = { key: String(request.headers["x-key"]), at: Date.now(), answeredAt: null, status: 0 };
    const said = answer(arrivals, request);
    arrivals.push(arrival);
    if (said === "hang") return;
    arrival.status = said.status;
    if (said.afterMs) await sleep(said.afterMs);
    arrival.answeredAt = Date.now();
    response.writeHead(said.status, said.headers).end(said.body);
  };
  const server = createServer((request, response) => void listener(request, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo; // it listens on TCP
  return {
    url: `http://127.0.0.1:${port}`,
    arrivals,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
