/** How long texts may be, in characters. */
export interface Limits {
  readonly titleChars: number;
  readonly bodyChars: number;
}

/**
 * What is known of each tracker; none of them publishes the length of a text, and most let administrators change it.
 * Therefore a refusal as too long is understood as well, and a shorter text is sent: by `tooLong` where no code tells.
 */
export const limits = {
  /** `Validation Failed`, field `body`: "body is too long (maximum is 65536 characters)". */
  github: { titleChars: 256, bodyChars: 65_536, tooLong: /\btoo long\b/i },
  /** `{message: {description: ["is too long (maximum is 1048576 characters)"]}}` */
  gitlab: { titleChars: 255, bodyChars: 1_048_576, tooLong: /\btoo (?:long|big)\b/i },
  /** `CONTENT_LIMIT_EXCEEDED`, or "The entered text is too long. It exceeds the allowed limit of 32,767 characters." */
  jira: {
    titleChars: 255,
    bodyChars: 32_767,
    tooLong: /\btoo long\b|CONTENT_LIMIT_EXCEEDED|exceeds the allowed limit/i,
  },
  /** `TF401324` and a field's flag `invalidTooLong`: the number differs by field. */
  azureDevops: { titleChars: 255, bodyChars: 1_048_576 },
} as const satisfies Record<string, Limits & { readonly tooLong?: RegExp }>;
