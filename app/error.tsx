"use client";

/** For the pages of guests, and for the frame itself. */
export { default } from "./(app)/error";
