import { OutboundError } from "@/lib/http/outcome";
import type { SetField } from "@/lib/trackers/tracker";
import { escapeHtml } from "./map";

/** JSON Patch as Azure DevOps takes it: https://learn.microsoft.com/rest/api/azure/devops/wit/work-items/update */
export type Operation = {
  readonly op: "add" | "remove" | "replace" | "test";
  readonly path: string;
  readonly value?: unknown;
};

export const mediaType = "application/json-patch+json";

/** Nothing is changed unless the work item is as it was read. */
export const testRev = (rev: number): Operation => ({ op: "test", path: "/rev", value: rev });

/** Names of fields are data: one that is none would be another path. */
export function setField(name: string, value: unknown): Operation {
  if (!/^[A-Za-z_][\w.-]*$/.test(name)) {
    throw new OutboundError("invalid_input", `"${name}" is no field of Azure DevOps.`, { outcome: "refused" });
  }
  return { op: "add", path: `/fields/${name}`, value };
}

/** A field's value as it is sent. */
export function toWire({ name, kind, wire, value }: SetField): unknown {
  // What is empty for a person is an empty text for the server, whatever the field's type.
  if (value === null) return "";
  if (typeof value === "boolean" || typeof value === "number") return value;
  if (typeof value === "string") {
    // Noon is the same day wherever it is looked at; midnight is the day before in half of the world.
    if (kind === "date") return `${value}T12:00:00Z`;
    return wire === "html" ? escapeHtml(value) : value;
  }
  if ("id" in value) return wire === "integer" || wire === "double" ? Number(value.id) : value.id;
  throw new OutboundError("invalid_input", `${name} takes one value.`, { outcome: "refused" });
}
