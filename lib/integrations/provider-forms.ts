import { offersOf } from "@/lib/trackers/offers";
import { providerIds, trackerOf } from "@/lib/trackers/registry";
import type { AuthForm, LocationField } from "@/lib/trackers/tracker";

/** What the pages need to draw a provider's forms; data alone, so that it reaches the browser. */
export type ProviderForm = {
  id: string;
  label: string;
  projectNoun: string;
  location: LocationField;
  auth: readonly AuthForm[];
  /** Whether issues can be filed in it; otherwise they are linked only. */
  canCreate: boolean;
  /** Where it says how its webhooks are set up; null: it says nothing; undefined: it has none. */
  webhookGuide: string | null | undefined;
};

/** One for each tracker that there is. */
export const listProviderForms = (): ProviderForm[] => providerIds.map(getProviderForm);

/** The forms of one provider. */
export function getProviderForm(id: string): ProviderForm {
  const tracker = trackerOf(id);
  const { label, projectNoun, location, auth } = tracker;
  return {
    id,
    label,
    projectNoun,
    location,
    auth,
    canCreate: offersOf(tracker).createIssue !== undefined,
    webhookGuide: tracker.webhook && (tracker.webhookGuide ?? null),
  };
}
