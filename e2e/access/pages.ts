import type { Row } from "./expect";
import type { Things } from "./world";

type Props = { params?: Record<string, string>; searchParams?: Record<string, string> };

/** The reviewed table of pages. A page without a row fails the test; so does a row without a page. */
export const pages: Record<string, Row & { props?: (things: Things) => Props }> = {};
