import type { Call } from "../call";
import { fieldOf, hasDefault } from "../fields/meta";
import { storedValue, Unfit } from "../fields/set";
import type { Project, ScreenField } from "../model";
import { may } from "../permissions";
import { Refusal } from "../refusal";

const notOnScreen = (id: string) => `Field '${id}' cannot be set. It is not on the appropriate screen, or unknown.`;

type Values = Record<string, unknown>;

/** What `fields` and `update` of a request would make of the values; every objection is told at once, by field. */
export class FieldChanges {
  readonly values: Values = {};
  private readonly errors: Record<string, string> = {};
  private readonly general: string[] = [];

  constructor(
    private readonly call: Call,
    private readonly project: Project,
    private readonly screen: readonly ScreenField[],
    private readonly before: Readonly<Values>,
  ) {}

  refuse(field: string, message: string): void {
    this.errors[field] ??= message;
  }

  /** Runs a check, and keeps what it objects to under the field's name. */
  attempt<T>(field: string, check: () => T): T | undefined {
    try {
      return check();
    } catch (error) {
      if (!(error instanceof Unfit)) throw error;
      if (error.isGeneral) this.general.push(error.message);
      else this.refuse(field, error.message);
      return undefined;
    }
  }

  set(id: string, sent: unknown): void {
    const isOn = this.screen.some(({ fieldId }) => fieldId === id);
    const isReporter = id === "reporter";
    if (!isOn || (isReporter && !may(this.call.account, this.project, "MODIFY_REPORTER"))) {
      this.refuse(id, notOnScreen(id));
      return;
    }
    const stored = this.attempt(id, () => storedValue(this.call, fieldOf(this.call, id), sent, this.project));
    if (stored !== undefined) this.values[id] = stored;
  }

  /** `{labels: [{add: "x"}, {remove: "y"}]}` */
  update(id: string, operations: readonly Values[]): void {
    for (const operation of operations) {
      if ("set" in operation) {
        this.set(id, operation.set);
        continue;
      }
      const now = this.values[id] ?? this.before[id] ?? [];
      const isRemoval = "remove" in operation;
      const sent = isRemoval ? operation.remove : operation.add;
      if (!Array.isArray(now) || sent === undefined) {
        this.refuse(id, "Field does not support the operation.");
        continue;
      }
      const kept = { ...this.values };
      this.set(id, [sent]);
      const changed = this.values[id];
      if (!Array.isArray(changed) || changed === kept[id]) continue;
      const one: unknown = changed[0];
      this.values[id] = isRemoval ? now.filter((each) => each !== one) : [...new Set([...now, one])];
    }
  }

  /** Objects to every required field that would be empty; in an edit only to those that it touches. */
  needRequired(touched?: readonly string[]): void {
    for (const { fieldId, isRequired } of this.screen) {
      if (touched && !touched.includes(fieldId)) continue;
      const field = fieldOf(this.call, fieldId);
      if (!isRequired || hasDefault(field) || field.kind === "project" || field.kind === "issuetype") continue;
      const value = fieldId in this.values ? this.values[fieldId] : this.before[fieldId];
      if (value !== undefined && value !== null && !(Array.isArray(value) && value.length === 0)) continue;
      this.refuse(fieldId, requiredWords(fieldId, field.name));
    }
  }

  done(): Values {
    if (this.general.length > 0 || Object.keys(this.errors).length > 0) {
      throw new Refusal(400, this.general, this.errors);
    }
    return this.values;
  }
}

function requiredWords(id: string, name: string): string {
  if (id === "summary") return "You must specify a summary of the issue.";
  if (id === "parent") return "Issue type is a sub-task but parent issue key or id not specified.";
  return `${name} is required.`;
}
