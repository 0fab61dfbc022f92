import type { Access } from "@/lib/contract";
import type { Level } from "./expect";

/** The reviewed meaning of each permission; a permission that opens further than this fails the matrix. */
const levels: Record<Extract<Access, string>, Level> = {
  public: "anyone",
  admin: "admin",
  "project.read": "viewer",
  "results.import": "member",
  "issues.create": "member",
  "issues.link": "member",
  "failures.triage": "member",
  "project.manage": "projectAdmin",
};

export const levelOf = (access: Access): Level => (typeof access === "string" ? levels[access] : "signedIn");
