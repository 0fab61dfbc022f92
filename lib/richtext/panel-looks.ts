import type { PanelType } from "./doc";

/**
 * What a panel is called, and how it looks where it can be but a box: a coloured edge, and a background, which Jira
 * Cloud's own conversion to wiki markup writes as well.
 */
export const panelLooks: Record<PanelType, { title: string; edge: string; fill: string }> = {
  info: { title: "Info", edge: "#0052cc", fill: "#deebff" },
  note: { title: "Note", edge: "#5243aa", fill: "#eae6ff" },
  success: { title: "Success", edge: "#00875a", fill: "#e3fcef" },
  warning: { title: "Warning", edge: "#ff991f", fill: "#fffae6" },
  error: { title: "Error", edge: "#de350b", fill: "#ffebe6" },
};
