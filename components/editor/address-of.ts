/** Where a file of ours can be fetched, if anywhere: a picture to be shown, any other file to be downloaded. */
export type AddressOf = (attachmentId: string) => string | null;
