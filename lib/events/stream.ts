import type { Actor } from "@/lib/auth/member";
import { hub } from "./hub";

const encoder = new TextEncoder();
// A browser this far behind is gone or asleep; it reads everything again when it is back.
const mostWaiting = 1000;

const answerHeaders = {
  "content-type": "text/event-stream; charset=utf-8",
  "cache-control": "no-cache, no-transform",
  "x-accel-buffering": "no",
};

/**
 * Server-sent events for one actor, until the browser leaves, the actor signs out or the server stops. Whatever is
 * announced after this resolves reaches the stream.
 */
export async function streamEvents(actor: Actor, signal: AbortSignal): Promise<Response> {
  let leave = () => {};
  let open = true;
  let controller: ReadableStreamDefaultController<Uint8Array> | undefined;
  const body = new ReadableStream<Uint8Array>({
    start(started) {
      controller = started;
    },
    cancel() {
      open = false;
      leave();
    },
  });

  const close = () => {
    if (!open) return;
    open = false;
    leave();
    controller?.close();
  };
  const send = (message: string) => {
    if (!open) return;
    if ((controller?.desiredSize ?? 0) < -mostWaiting) throw new Error("The browser does not keep up.");
    controller?.enqueue(encoder.encode(message));
  };

  send("retry: 1000\n\n: open\n\n");
  leave = await (await hub()).subscribe(actor, send, close);
  if (signal.aborted) close();
  else signal.addEventListener("abort", close, { once: true });
  return new Response(body, { headers: answerHeaders });
}
