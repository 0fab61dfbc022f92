/** Inside the application the frame stays around it. */
export { NothingHere as default } from "@/components/shell/nothing-here";
