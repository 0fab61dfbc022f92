import { hash } from "node:crypto";

/** In hexadecimal. For tokens of full chance and for comparing texts; passwords need a slow hash. */
export const sha256 = (text: string): string => hash("sha256", text);
