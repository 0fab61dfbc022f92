export { startJiraCloud } from "./cloud";
export { startJiraDc } from "./data-center";
