import { checkExpression } from "../cel";
import type { FunctionConfig } from "../config";
import { readSchedule } from "./schedule";

/**
 * What is wrong with a description whose options are all known, each in a few words: what cannot be read, and what an
 * Inngest server refuses together. Better no start than a function that silently never runs.
 */
export function mistakesOf(config: FunctionConfig): string[] {
  return [
    ...expressionsOf(config).flatMap(([option, text]) => mistake(`${option} "${text}"`, () => checkExpression(text))),
    ...config.triggers.flatMap((trigger) =>
      "cron" in trigger ? mistake(`cron "${trigger.cron}"`, () => readSchedule(trigger.cron)) : [],
    ),
    ...periodsOf(config).flatMap(([option, ms]) => (ms > 0 ? [] : [`${option} must be longer than nothing`])),
    ...(config.batchEvents ? notWithBatches(config).map((option) => `batchEvents does not go with ${option}`) : []),
  ];
}

function mistake(what: string, read: () => unknown): string[] {
  try {
    read();
    return [];
  } catch (error) {
    // The first line says what is wrong; the others draw the place.
    return [`${what}: ${error instanceof Error ? error.message.split("\n")[0] : error}`];
  }
}

function expressionsOf(config: FunctionConfig): [option: string, text: string][] {
  const { triggers, concurrency, cancel, batchEvents } = config;
  const all: [string, string | undefined][] = [
    ...triggers.map((trigger): [string, string | undefined] => [
      "expression",
      "event" in trigger ? trigger.expression : undefined,
    ]),
    ...(concurrency ?? []).map(({ key }): [string, string | undefined] => ["concurrency.key", key]),
    ...(cancel ?? []).map((one): [string, string | undefined] => ["cancelOn.if", one.if]),
    ["throttle.key", config.throttle?.key],
    ["rateLimit.key", config.rateLimit?.key],
    ["idempotency", config.idempotency],
    ["debounce.key", config.debounce?.key],
    ["batchEvents.key", batchEvents?.key],
    ["batchEvents.if", batchEvents?.if],
    ["priority.run", config.priority?.run],
    ["singleton.key", config.singleton?.key],
  ];
  return all.flatMap(([option, text]) => (text === undefined ? [] : [[option, text]]));
}

function periodsOf({ throttle, rateLimit, debounce, batchEvents }: FunctionConfig): [option: string, ms: number][] {
  const all: [string, number | undefined][] = [
    ["throttle.period", throttle?.period],
    ["rateLimit.period", rateLimit?.period],
    ["debounce.period", debounce?.period],
    ["debounce.timeout", debounce?.timeout],
    ["batchEvents.timeout", batchEvents?.timeout],
  ];
  return all.flatMap(([option, ms]) => (ms === undefined ? [] : [[option, ms]]));
}

const notWithBatches = ({ cancel, debounce, singleton, priority }: FunctionConfig): string[] =>
  Object.entries({ cancelOn: cancel, debounce, singleton, priority }).flatMap(([option, set]) => (set ? option : []));
