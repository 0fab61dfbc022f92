import { providerIds, trackerOf } from "@/lib/trackers/registry";
import type { AuthForm, LocationField } from "@/lib/trackers/tracker";

/** What the pages need to draw a provider's forms; data alone, so that it reaches the browser. */
export type ProviderForm = {
  id: string;
  label: string;
  projectNoun: string;
  location: LocationField;
  auth: readonly AuthForm[];
};

/** One for each tracker that there is. */
export const listProviderForms = (): ProviderForm[] => providerIds.map(getProviderForm);

/** The forms of one provider. */
export function getProviderForm(id: string): ProviderForm {
  const { label, projectNoun, location, auth } = trackerOf(id);
  return { id, label, projectNoun, location, auth };
}
