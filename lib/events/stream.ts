import type { Actor } from "@/lib/auth/member";
import { hub } from "./hub";

const encoder = new TextEncoder();
// A browser this far behind is gone or asleep; it reads everything again when it is back.
const mostWaiting = 1000;

/** Server-sent events for one actor, until the browser leaves, the actor signs out or the server stops. */
export async function streamEvents(actor: Actor, signal: AbortSignal): Promise<Response> {
  const events = await hub();
  let leave = () => {};

  const body = new ReadableStream<Uint8Array>({
    async start(controller) {
      let open = true;
      const close = () => {
        if (!open) return;
        open = false;
        leave();
        controller.close();
      };
      const send = (message: string) => {
        if (!open) return;
        if ((controller.desiredSize ?? 0) < -mostWaiting) throw new Error("The browser does not keep up.");
        controller.enqueue(encoder.encode(message));
      };
      leave = await events.subscribe(actor, send, close);
      signal.addEventListener("abort", close, { once: true });
      send("retry: 1000\n\n: open\n\n");
    },
    cancel: () => leave(),
  });

  return new Response(body, {
    headers: {
      "content-type": "text/event-stream; charset=utf-8",
      "cache-control": "no-cache, no-transform",
      "x-accel-buffering": "no",
    },
  });
}
