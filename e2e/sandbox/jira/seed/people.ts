import type { Account } from "../model";

// Named by what they do: nobody in the sandbox is a person.
const roles: { name: string; displayName: string; showsEmail?: boolean; isActive?: boolean; timeZone?: string }[] = [
  { name: "site-admin", displayName: "Site administrator" },
  // Not in UTC: whoever writes dates into JQL has to mind the time zone of the account.
  { name: "qa-bot", displayName: "Quality assurance bot", showsEmail: true, timeZone: "Europe/Berlin" },
  { name: "qa-lead", displayName: "QA lead", showsEmail: true },
  { name: "backend-developer", displayName: "Backend developer", showsEmail: true },
  { name: "frontend-developer", displayName: "Frontend developer" },
  { name: "release-manager", displayName: "Release manager" },
  // Two accounts under one display name, one of which shows no address.
  { name: "on-call-day", displayName: "On call", showsEmail: true },
  { name: "on-call-night", displayName: "On call" },
  { name: "former-contractor", displayName: "Former contractor", isActive: false },
  { name: "auditor", displayName: "Auditor" },
  { name: "visitor", displayName: "Visitor" },
];

export function seedAccounts(extra: number): Account[] {
  const more = Array.from({ length: extra }, (_, i) => {
    const number = String(i + 1).padStart(4, "0");
    return { name: `tester-${number}`, displayName: `Tester ${number}`, showsEmail: i % 2 === 0 };
  });
  return [...roles, ...more].map((role, i) => ({
    accountId: `712020:00000000-0000-4000-8000-${String(i + 1).padStart(12, "0")}`,
    key: i === 0 ? "admin" : `JIRAUSER${10_100 + i}`,
    name: role.name,
    displayName: role.displayName,
    email: `${role.name}@acme.example`,
    showsEmail: "showsEmail" in role && role.showsEmail === true,
    isActive: !("isActive" in role) || role.isActive !== false,
    timeZone: ("timeZone" in role && role.timeZone) || "Etc/UTC",
    groups: role.name === "site-admin" ? ["administrators", "jira-software-users"] : ["jira-software-users"],
  }));
}
