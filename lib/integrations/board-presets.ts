import type { BoardFieldRole, BoardSeverity, BoardState } from "./board-shape";

export type BoardPreset = {
  id: string;
  label: string;
  /** What people should know before they take it. */
  warning: string | null;
  priority: Readonly<Record<BoardSeverity, string>>;
  status: Readonly<Record<BoardState, string>>;
};

const status = { active: "In Progress", closed: "Done", false_positive: "Done", risk_accepted: "Done" } as const;

/** Options by name: what a preset names and a board lacks is shown, not guessed. */
export const boardPresets: readonly BoardPreset[] = [
  {
    id: "falling",
    label: "P0 is the most urgent",
    warning: null,
    priority: { critical: "P0", high: "P1", medium: "P2", low: "P3", info: "P4" },
    status: { ...status, active: "Todo" },
  },
  {
    id: "rising",
    label: "As DefectDojo has it: P4 is the most urgent",
    warning: "This preset runs upward: P0 is for info and P4 for critical. On most boards P0 is the most urgent.",
    priority: { critical: "P4", high: "P3", medium: "P2", low: "P1", info: "P0" },
    status,
  },
];

/** A field that a board lacks, as it is made there. */
export const newBoardFields: Readonly<Record<BoardFieldRole, { name: string; options: readonly string[] }>> = {
  priority: { name: "Priority", options: ["P0", "P1", "P2", "P3", "P4"] },
  status: { name: "Status", options: ["Todo", "In Progress", "Done"] },
};
