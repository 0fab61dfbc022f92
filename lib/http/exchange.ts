import type { Dispatcher } from "undici";

export type Call = {
  url: URL;
  method: string;
  headers: Record<string, string>;
  body: Buffer | null;
  deadlineMs: number;
  maxBytes: number;
  signal: AbortSignal | null;
};

export type Answer = { status: number; headers: Headers; body: Buffer };

type Reason = "timeout" | "too_large" | "aborted" | "wire";

/** An exchange that did not complete, with what is needed to judge what became of it. */
export class WireFailure extends Error {
  constructor(
    readonly reason: Reason,
    /** False only when not one byte of the request can have reached the other side. */
    readonly isStarted: boolean,
    readonly status: number | undefined,
    cause: unknown,
    /** Of an answer that had begun. */
    readonly headers?: Headers,
  ) {
    super(reason, { cause });
  }
}

/**
 * One request and its whole answer. Undici's low-level handler is used because it alone tells the moment at which a
 * request is written to a socket: what fails before that moment did certainly not happen. The deadline covers the
 * whole exchange, so that an answer of one byte per second ends too.
 */
export function exchange(dispatcher: Dispatcher, call: Call): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    let status: number | undefined;
    let headers: Headers | undefined;
    let controller: Dispatcher.DispatchController | undefined;
    let isStarted = false;
    let isSettled = false;

    const settle = () => {
      isSettled = true;
      clearTimeout(timer);
      call.signal?.removeEventListener("abort", onAbort);
    };
    const fail = (reason: Reason, cause: unknown) => {
      if (isSettled) return;
      settle();
      reject(new WireFailure(reason, isStarted, status, cause, headers));
      controller?.abort(new Error(reason));
    };
    const onAbort = () => fail("aborted", call.signal?.reason);
    const timer = setTimeout(() => fail("timeout", undefined), call.deadlineMs);
    call.signal?.addEventListener("abort", onAbort);
    if (call.signal?.aborted) return onAbort();

    const handler: Dispatcher.DispatchHandler = {
      onRequestStart(given) {
        controller = given;
        // Given up while still waiting for a connection: an aborted request is never written.
        if (isSettled) return given.abort(new Error("given up"));
        isStarted = true;
      },
      onResponseStart(_, code, incoming) {
        if (code < 200) return;
        status = code;
        headers = toHeaders(incoming);
        if (Number(headers.get("content-length")) > call.maxBytes) fail("too_large", undefined);
      },
      onResponseData(_, chunk) {
        size += chunk.length;
        if (size > call.maxBytes) return fail("too_large", undefined);
        chunks.push(chunk);
      },
      onResponseEnd() {
        if (isSettled || status === undefined || !headers) return;
        settle();
        resolve({ status, headers, body: Buffer.concat(chunks) });
      },
      onResponseError(_, error) {
        fail("wire", error);
      },
    };

    const { url, method, body } = call;
    try {
      dispatcher.dispatch(
        {
          origin: url.origin,
          path: url.pathname + url.search,
          // Undici's type lists the methods of its own router; any token is one on the wire.
          method: method as Dispatcher.HttpMethod,
          headers: call.headers,
          body,
          // The deadline above is the only clock; undici's own would cut a slow but allowed exchange.
          headersTimeout: 0,
          bodyTimeout: 0,
        },
        handler,
      );
    } catch (error) {
      fail("wire", error);
    }
  });
}

function toHeaders(incoming: Record<string, string | string[] | undefined>): Headers {
  const headers = new Headers();
  for (const [name, value] of Object.entries(incoming)) {
    for (const one of Array.isArray(value) ? value : [value]) {
      if (one !== undefined) headers.append(name, one);
    }
  }
  return headers;
}
