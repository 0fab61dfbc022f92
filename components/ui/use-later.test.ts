import { afterEach, expect, it, vi } from "vitest";
import { Later } from "./use-later";

afterEach(() => {
  vi.useRealTimers();
});

it("[A2] what was asked for before a part was there is done once, when it comes", () => {
  const later = new Later<{ name: string }>();
  const done: string[] = [];
  later.ask(({ name }) => done.push(`early ${name}`));
  expect(done).toEqual([]);
  later.current = { name: "pane" };
  later.current = null;
  later.current = { name: "pane" };
  later.ask(({ name }) => done.push(`now ${name}`));
  expect(done).toEqual(["early pane", "now pane"]);
});

it("[A2] nothing happens that was asked for elsewhere, or too long ago", () => {
  vi.useFakeTimers();
  const later = new Later<object>();
  const act = vi.fn();
  later.ask(act);
  later.forget();
  later.current = {};
  later.current = null;
  later.ask(act);
  vi.advanceTimersByTime(10_000);
  later.current = {};
  expect(act).not.toHaveBeenCalled();
});
