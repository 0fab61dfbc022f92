import { afterAll, afterEach, beforeAll, beforeEach, expect } from "vitest";
import { specNames, startAzureDevops } from "@/e2e/sandbox/azure-devops/server";
import { specFileOf } from "@/e2e/sandbox/spec-files";
import { createTransport } from "@/lib/http/transport";
import type { CreateIssueInput, Field, OpenTracker, ProjectRef, SetField } from "@/lib/trackers/tracker";
import { azureDevops } from ".";

type Sandbox = Awaited<ReturnType<typeof startAzureDevops>>;

/** A sandbox of a test file's own, seeded anew before each test; whatever a test does has to fit the descriptions. */
export function azureScene() {
  let running: Sandbox | undefined;
  let project: ProjectRef | undefined;
  let markers = 0;
  const sandbox = (): Sandbox => {
    if (!running) throw new Error("The sandbox has not started.");
    return running;
  };
  const webshop = (): ProjectRef => {
    if (!project) throw new Error("There is no project yet.");
    return project;
  };

  function open(who: keyof Sandbox["credentials"] = "write", at = sandbox().apiUrl) {
    const { fetch } = createTransport({ policy: { allowPrivate: [new URL(sandbox().url).host] }, runId: "run" });
    const { authType: type, values } = sandbox().credentials[who];
    return azureDevops.open({ baseUrl: azureDevops.baseUrlOf(at), credential: { type, values }, settings: {}, fetch });
  }

  function input(more: Partial<CreateIssueInput> = {}): CreateIssueInput {
    const choice = { id: "Staging", name: "Staging" };
    const environment = { id: "Custom.Environment", name: "Environment", role: null, wire: null };
    return {
      ...{ project: webshop(), title: "Payment fails", body: "<p>It fails.</p>", labels: ["bug"], typeId: "Bug" },
      ...{ marker: `0190a-${process.pid}-${markers++}`, textField: null },
      fields: [{ ...environment, kind: "select", value: choice }],
      ...more,
    };
  }

  beforeAll(async () => {
    running = await startAzureDevops({ specFiles: specNames.flatMap((name) => specFileOf(name) ?? []) });
  });
  beforeEach(async () => {
    await sandbox().reset();
    project = await open().getProject({ key: "Webshop" });
  });
  afterEach(() => expect(sandbox().violations() ?? []).toEqual([]));
  afterAll(() => running?.close());

  return {
    sandbox,
    webshop,
    open,
    input,
    calls: (method: string) =>
      sandbox()
        .calls()
        .filter((call) => call.method === method),
    /** What is really there. */
    stored(ref: string) {
      const item = sandbox()
        .state()
        .items.find(({ id }) => String(id) === ref);
      if (!item) throw new Error(`${ref} is not there.`);
      return item;
    },
    async created(more: Partial<CreateIssueInput> = {}) {
      const { issue } = await open().createIssue(input(more));
      return { project: webshop(), ref: issue.ref };
    },
  };
}

/** A field with a value, as a form sends it. */
export const setTo = ({ id, name, kind, role, wire }: Field, value: SetField["value"]): SetField => ({
  ...{ id, name, kind, role, wire, value },
});

export async function fieldOf(tracker: OpenTracker, project: ProjectRef, typeId: string, id: string): Promise<Field> {
  const form = await tracker.getForm?.({ project, typeId });
  const field = form?.fields.find((one) => one.id === id);
  if (!field) throw new Error(`${id} is not on the form.`);
  return field;
}
