import type { InngestFunction } from "inngest";
import { serve } from "inngest/next";
import { NextRequest } from "next/server";
import { z } from "zod";
import { AppError } from "@/lib/errors";
import { log } from "@/lib/log";
import { inngest } from "./client";

/** Where the functions are served. */
export const servePath = "/api/inngest";

const answerSchema = z.object({ message: z.string(), modified: z.boolean().optional() });
const [FIRST_MS, LONGEST_MS] = [1000, 60_000];

type Served = { functions: readonly InngestFunction.Any[]; origin: string };

/**
 * Tells the Inngest server which functions there are and under which address it reaches them; a deployment that changes
 * one changes it there. Answers whether anything is new to it. Throws unavailable.
 */
export async function register({ functions, origin }: Served): Promise<boolean> {
  // The route lets only Inngest ask for this. Nobody else reaches this one, which no address leads to.
  const sdk = serve({
    ...{ client: inngest, functions: [...functions], enableUnauthedSync: true },
    ...{ serveOrigin: origin, servePath },
  });
  const response = await sdk.PUT(new NextRequest(new URL(servePath, origin), { method: "PUT" }), undefined);
  const text = await response.text();
  if (response.status === 200) return answerSchema.parse(JSON.parse(text)).modified ?? false;
  throw new AppError("unavailable", "The Inngest server did not take the functions.", {
    cause: new Error(`${response.status} ${text.slice(0, 500)}`),
  });
}

/**
 * Registers the functions as soon as the server takes them, until the returned function is called. Once is enough: an
 * older process that did it again would undo what a newer one has told.
 */
export function startRegistering(served: Served, firstMs = FIRST_MS): () => void {
  const address = new URL(servePath, served.origin).href;
  let isStopped = false;
  let timer: NodeJS.Timeout;
  const after = (waitMs: number) => {
    timer = setTimeout(() => void attempt(waitMs), waitMs);
  };
  const attempt = async (waitedMs: number) => {
    try {
      const isNew = await register(served);
      log.info({ address, isNew }, "the Inngest server knows the functions");
    } catch (error) {
      log.warn({ err: error, address }, "the functions could not be registered with the Inngest server; tried again");
      if (!isStopped) after(Math.min(2 * waitedMs, LONGEST_MS));
    }
  };
  // The first time too: the server may call at once, and this process does not listen before it has started.
  after(firstMs);
  return () => {
    isStopped = true;
    clearTimeout(timer);
  };
}
