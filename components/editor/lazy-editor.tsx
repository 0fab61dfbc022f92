"use client";

import dynamic from "next/dynamic";

import { EditorSkeleton } from "./skeleton";

/** The editor, fetched when it is first shown: it is as large as an empty page. */
const LazyEditor = dynamic(() => import("./editor"), { ssr: false, loading: () => <EditorSkeleton /> });
export default LazyEditor;
