/** Where a file of ours can be fetched, if anywhere; with `?inline=1` a picture is shown instead of downloaded. */
export type AddressOf = (attachmentId: string) => string | null;
