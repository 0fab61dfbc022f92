import { findActorAgain } from "@/lib/auth/again";
import type { Actor } from "@/lib/auth/member";
import { listen } from "@/lib/db/listen";
import { AppError } from "@/lib/errors";
import { log } from "@/lib/log";
import { onShutdown } from "@/lib/shutdown";
import { type Announcement, channel } from "./announce";
import { type Audience, reaches, readAudience } from "./audience";

/** One browser's stream. `send` may throw when the browser is too slow; the subscriber is dropped then. */
type Subscriber = { actor: Actor; audience: Audience; send: (message: string) => void; close: () => void };

const beatMs = 15_000;
// A browser has one; each costs a look at the database at every beat.
const mostOfOne = 50;
const kept = globalThis as typeof globalThis & { faultlineHub?: Promise<Hub> };

/** Carries announcements from PostgreSQL to the open streams of this process, each to those who may see it. */
class Hub {
  private readonly subscribers = new Set<Subscriber>();
  private readonly timer = setInterval(() => void this.beat(), beatMs);

  static async start(): Promise<Hub> {
    const hub = new Hub();
    const stop = await listen(channel, {
      onMessage: (payload) => void hub.deliver(JSON.parse(payload)),
      onGap: () => hub.each(({ send }) => send("event: gap\ndata: {}\n\n")),
    });
    onShutdown(() => {
      clearInterval(hub.timer);
      stop();
      for (const subscriber of hub.subscribers) subscriber.close();
      hub.subscribers.clear();
    });
    return hub;
  }

  async subscribe(actor: Actor, send: Subscriber["send"], close: Subscriber["close"]): Promise<() => void> {
    const subscriber = { actor, audience: await readAudience(actor), send, close };
    // Counted after the last wait, so that many at once count each other.
    const own = [...this.subscribers].filter((other) => other.actor.userId === actor.userId);
    if (own.length >= mostOfOne)
      throw new AppError("rate_limited", `You have ${mostOfOne} event streams open. Close one first.`, {
        retryAt: new Date(Date.now() + beatMs),
      });
    this.subscribers.add(subscriber);
    return () => this.subscribers.delete(subscriber);
  }

  private each(act: (subscriber: Subscriber) => void) {
    for (const subscriber of this.subscribers)
      try {
        act(subscriber);
      } catch (error) {
        log.debug({ err: error }, "an event stream was dropped");
        this.drop(subscriber);
      }
  }

  private drop(subscriber: Subscriber) {
    this.subscribers.delete(subscriber);
    subscriber.close();
  }

  private async deliver(announcement: Announcement): Promise<void> {
    const { topic, id, workspaceId, userId } = announcement;
    // A change of rights is looked up before anything else is sent to whom it concerns.
    if (topic === "session") await this.review(({ actor }) => actor.userId === userId);
    if (topic === "member") await this.review(({ actor }) => actor.workspaceId === workspaceId && actor.userId === id);
    const message = `data: ${JSON.stringify({ topic, id, projectId: announcement.projectId })}\n\n`;
    this.each((subscriber) => {
      if (reaches(announcement, subscriber.actor, subscriber.audience)) subscriber.send(message);
    });
  }

  /** Reads again who the subscribers are; streams of those who are no longer signed in are closed. */
  private async review(concerns: (subscriber: Subscriber) => boolean): Promise<void> {
    for (const subscriber of [...this.subscribers].filter(concerns)) {
      const actor = await findActorAgain(subscriber.actor).catch(() => undefined);
      if (actor === undefined) continue; // The database is away; the next beat looks again.
      if (actor === null) this.drop(subscriber);
      else Object.assign(subscriber, { actor, audience: await readAudience(actor) });
    }
  }

  private async beat(): Promise<void> {
    this.each(({ send }) => send(": beat\n\n"));
    await this.review(() => true);
  }
}

/** The process's hub, started at its first use. */
export function hub(): Promise<Hub> {
  kept.faultlineHub ??= Hub.start().catch((error) => {
    delete kept.faultlineHub;
    throw error;
  });
  return kept.faultlineHub;
}
