import { variables } from "./env";

/** The text of .env.example: every variable, what it is for, and an example that is commented out. */
export function exampleFile(): string {
  const entries = Object.entries(variables).map(
    ([name, { purpose, example }]) => `# ${purpose}\n# ${name}=${example}\n`,
  );
  return `# Every variable that Faultline reads. All are optional for \`npm run demo\` and \`npm start\`.\n\n${entries.join("\n")}`;
}
