import { describe } from "vitest";
import { sandbox } from "@/e2e/vitest/sandbox";
import { conformance } from "./conformance";
import { embedded } from "./embedded";

describe("the embedded executor", () => conformance(embedded(), { sandbox }));
