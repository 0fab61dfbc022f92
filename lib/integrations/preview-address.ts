import { trackerOf } from "@/lib/trackers/registry";

export type AddressPreview = {
  /** Where calls will go: the API's own address for what people know it by. */
  baseUrl: string;
  /** What an issue's address becomes, where the address is a pattern. */
  example: { ref: string; url: string } | null;
};

/** What an address that is being typed leads to; throws `invalid_input` at its field. No call is made. */
export function previewAddress(input: { provider: string; baseUrl: string }): AddressPreview {
  const tracker = trackerOf(input.provider);
  const baseUrl = tracker.baseUrlOf(input.baseUrl);
  const { exampleRef: ref } = tracker.location;
  return {
    baseUrl,
    example: ref === undefined ? null : { ref, url: tracker.issueUrl(baseUrl, { projectKey: "", ref }) },
  };
}
