import { specNames, startAzureDevops } from "@/e2e/sandbox/azure-devops/server";
import { specFileOf } from "@/e2e/sandbox/spec-files";
import { type ContractSandbox, trackerContract } from "@/lib/trackers/contract";
import { azureDevops } from ".";

const specFiles = specNames.flatMap((name) => specFileOf(name) ?? []);

const dial = (sandbox: ContractSandbox, path: string, input: unknown) =>
  fetch(`${sandbox.url}/_sandbox${path}`, { method: "POST", body: JSON.stringify(input) });

trackerContract({
  name: "Azure DevOps",
  tracker: azureDevops,
  start: (size) => startAzureDevops({ ...size, specFiles }),
  specs: specNames,
  project: "Webshop",
  absent: { project: "Nowhere", ref: "99999" },
  typeName: "Bug",
  createCall: { method: "POST", path: "/workItems/\\$", status: 200 },
  titleRefusal: {
    status: 400,
    body: {
      $id: "1",
      customProperties: {
        FieldReferenceName: "System.Title",
        FieldStatusFlags: "required, invalidEmpty",
        ErrorMessage: "TF401320: Rule Error for field Title. Error code: Required, InvalidEmpty.",
        RuleValidationErrors: [
          {
            fieldReferenceName: "System.Title",
            fieldStatusFlags: "required, invalidEmpty",
            errorMessage: "TF401320: Rule Error for field Title. Error code: Required, InvalidEmpty.",
          },
        ],
      },
      message: "TF401320: Rule Error for field Title. Error code: Required, InvalidEmpty.",
      typeKey: "RuleValidationException",
    },
  },
  largeForm: { project: "Webshop", typeName: "Feature" },
  async oddState(sandbox) {
    await dial(sandbox, "/odd-state", { id: 1, state: "Limbo" });
    return { ref: "1", state: "Limbo" };
  },
  async oddField(sandbox) {
    await dial(sandbox, "/odd-field", { project: "Webshop", type: "Task" });
    return { typeName: "Task", fieldId: "Custom.Odd" };
  },
});
