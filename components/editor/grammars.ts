// A file of its own, so that the grammars are a chunk of their own and are fetched when the editor is already usable.
export { common } from "lowlight";
