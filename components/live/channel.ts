/** What the stream tells: ids only. A gap means that something may have been missed. */
export type LiveEvent = { topic: string; id: string; projectId: string | null } | { topic: "gap" };

type Listener = (event: LiveEvent) => void;

const listeners = new Set<Listener>();
const spread: Listener = (event) => {
  for (const listener of listeners) listener(event);
};

/** Hears what the browser's one stream tells. Returns how to stop. */
export function onLive(listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/**
 * Joins the browser's one stream. Over HTTP/1.1 a browser opens six connections to a server, so the tab that holds the
 * lock keeps the stream and passes on what it hears; when it closes, another tab takes over.
 */
export function joinStream(): () => void {
  const channel = new BroadcastChannel("faultline-live");
  const leaving = new AbortController();
  channel.onmessage = ({ data }: MessageEvent<LiveEvent>) => spread(data);

  const lead = () =>
    new Promise<void>((done) => {
      // The lock may have been granted at the moment of leaving, too late for the signal to take the request back.
      if (leaving.signal.aborted) return done();
      const stream = new EventSource("/api/events");
      const tell: Listener = (event) => {
        spread(event);
        channel.postMessage(event);
      };
      // What is shown was read before the stream stood, at first as after each reconnection.
      stream.onopen = () => tell({ topic: "gap" });
      stream.onmessage = ({ data }) => tell(JSON.parse(data));
      stream.addEventListener("gap", () => tell({ topic: "gap" }));
      leaving.signal.addEventListener("abort", () => {
        stream.close();
        done();
      });
    });

  navigator.locks.request("faultline-live", { signal: leaving.signal }, lead).catch(() => {});
  return () => {
    leaving.abort();
    channel.close();
  };
}
