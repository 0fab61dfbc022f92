import { type Editor, Extension } from "@tiptap/core";
import { closeHistory } from "@tiptap/pm/history";
import type { Node as ProseMirrorNode } from "@tiptap/pm/model";
import { Plugin, PluginKey, type Transaction } from "@tiptap/pm/state";
import { Decoration, DecorationSet } from "@tiptap/pm/view";

import { UploadFace } from "./upload-face";

/** A file as the server has stored it. */
export type Uploaded = {
  attachmentId: string;
  name: string;
  mediaType: string;
  sizeBytes: number;
  url: string;
  width?: number | undefined;
  height?: number | undefined;
};
export type Upload = (
  file: File,
  options: { signal: AbortSignal; onProgress: (share: number) => void },
) => Promise<Uploaded>;

type Options = {
  upload: () => Upload | undefined;
  /** How many are under way or wait for a decision, and the news in words. */
  onNews: (pending: number, words: string) => void;
};
type Running = { file: File; abort: AbortController; face: UploadFace };
/** `end`: behind what took the place of the one that is removed; what was added after it follows there. */
type Change = { add?: [id: string, at: number]; remove?: string; end?: number };

/** Where each placeholder stands. Kept beside the document, so that undo, redo and typing do not touch it. */
const places = new PluginKey<ReadonlyMap<string, number>>("uploads");
const shownInline = /^image\/(?:png|jpeg|gif|webp|avif)$/;

/** Files on their way to the server, each with a placeholder where it will stand. */
export class Uploads {
  #running = new Map<string, Running>();
  #count = 0;

  constructor(
    private readonly editor: Editor,
    private readonly options: Options,
  ) {}

  add(files: readonly File[], at: number): void {
    if (!this.options.upload()) {
      this.options.onNews(this.#running.size, "Files cannot be added to this text.");
      return;
    }
    for (const file of files) {
      this.#count += 1;
      const id = String(this.#count);
      const face = new UploadFace(
        file.name,
        () => this.#remove(id, `${file.name} was not added.`),
        () => void this.#run(id),
      );
      this.#running.set(id, { file, face, abort: new AbortController() });
      this.#change({ add: [id, at] });
      void this.#run(id);
    }
  }

  destroy(): void {
    for (const { abort } of this.#running.values()) abort.abort();
    this.#running.clear();
  }

  faceOf = (id: string) => this.#running.get(id)?.face.dom;

  async #run(id: string): Promise<void> {
    const running = this.#running.get(id);
    const upload = this.options.upload();
    if (!running || !upload) return;
    const { file, face } = running;
    face.started();
    this.#say(`${file.name} is being uploaded.`);
    try {
      const { signal } = running.abort;
      const uploaded = await upload(file, { signal, onProgress: (share) => face.progressed(share) });
      if (this.#running.has(id)) this.#put(id, uploaded);
    } catch (error) {
      if (!this.#running.has(id)) return; // cancelled
      const reason = error instanceof Error ? error.message : "";
      face.failed(reason);
      this.#say(`${file.name} could not be uploaded. ${reason}`);
    }
  }

  #put(id: string, uploaded: Uploaded): void {
    const at = places.getState(this.editor.state)?.get(id);
    const tr = this.editor.state.tr;
    // A step of its own in what can be undone, not one with the words that were typed meanwhile.
    const end = at === undefined ? at : insert(closeHistory(tr), at, uploaded);
    tr.setMeta(places, { remove: id, ...(end !== undefined && { end }) } satisfies Change);
    this.#running.delete(id);
    this.editor.view.dispatch(tr);
    this.#say(`${uploaded.name} was added.`);
  }

  #remove(id: string, words: string): void {
    this.#running.get(id)?.abort.abort();
    this.#running.delete(id);
    this.#change({ remove: id });
    this.#say(words);
    this.editor.view.focus();
  }

  #change(change: Change): void {
    const tr = this.editor.state.tr.setMeta(places, change).setMeta("addToHistory", false);
    this.editor.view.dispatch(change.add ? tr.scrollIntoView() : tr);
  }

  #say(words: string): void {
    this.options.onNews(this.#running.size, words);
  }
}

/** A picture among the letters; any other file on a line of its own, where one may stand. The place behind it. */
function insert(tr: Transaction, at: number, { attachmentId, name, mediaType, sizeBytes }: Uploaded): number {
  const { nodes } = tr.doc.type.schema;
  const $at = tr.doc.resolve(at);
  if (shownInline.test(mediaType) && nodes.image) {
    const picture = nodes.image.create({ attachmentId, alt: name });
    if ($at.parent.canReplaceWith($at.index(), $at.index(), nodes.image)) {
      tr.insert(at, picture);
      return at + picture.nodeSize;
    }
    // Inside of the line, which the next picture joins.
    if (nodes.paragraph) return insertBlock(tr, at, nodes.paragraph.create(null, picture)) - 1;
  } else if (nodes.attachment) {
    return insertBlock(tr, at, nodes.attachment.create({ attachmentId, name, mediaType, sizeBytes }));
  }
  return at;
}

function insertBlock(tr: Transaction, at: number, block: ProseMirrorNode): number {
  const $at = tr.doc.resolve(at);
  for (let depth = $at.depth; depth >= 0; depth -= 1) {
    const parent = $at.node(depth);
    if (depth > 0 && parent.isTextblock) {
      const outer = $at.node(depth - 1);
      const index = $at.index(depth - 1);
      // An empty line makes place, except that something has to stay where the cursor can go on.
      const isSpare = parent.content.size === 0 && index < outer.childCount - 1;
      if (isSpare && outer.canReplaceWith(index, index + 1, block.type)) {
        tr.replaceWith($at.before(depth), $at.after(depth), block);
        return $at.before(depth) + block.nodeSize;
      }
    }
    const index = $at.indexAfter(depth);
    if (parent.canReplaceWith(index, index, block.type)) {
      const place = depth === $at.depth ? at : $at.after(depth + 1);
      tr.insert(place, block);
      return place + block.nodeSize;
    }
  }
  return at;
}

/** The plugin that keeps and shows the placeholders. */
export const UploadPlaces = Extension.create<Options, { uploads: Uploads | null }>({
  name: "uploadPlaces",
  addOptions: () => ({ upload: () => undefined, onNews: () => undefined }),
  addStorage: () => ({ uploads: null }),
  onBeforeCreate() {
    this.storage.uploads = new Uploads(this.editor, this.options);
  },
  onDestroy() {
    this.storage.uploads?.destroy();
  },
  addProseMirrorPlugins() {
    return [
      new Plugin<ReadonlyMap<string, number>>({
        key: places,
        state: {
          init: () => new Map(),
          apply(tr, before) {
            const change = tr.getMeta(places) as Change | undefined; // set above, nowhere else
            if (before.size === 0 && !change) return before;
            const { remove, end } = change ?? {};
            const follows = (id: string, at: number) =>
              remove !== undefined && Number(id) > Number(remove) && before.get(remove) === at;
            const after = new Map(
              [...before].map(([id, at]) => [id, end !== undefined && follows(id, at) ? end : tr.mapping.map(at, -1)]),
            );
            if (change?.add) after.set(...change.add);
            if (change?.remove) after.delete(change.remove);
            return after;
          },
        },
        props: {
          decorations: (state) => {
            const standing = places.getState(state);
            if (!standing?.size) return null;
            return DecorationSet.create(
              state.doc,
              [...standing].flatMap(([id, at]) => {
                const face = this.storage.uploads?.faceOf(id);
                if (!face) return [];
                return [Decoration.widget(at, face, { key: `upload-${id}`, side: -1, stopEvent: () => true })];
              }),
            );
          },
        },
      }),
    ];
  },
});

declare module "@tiptap/core" {
  interface Storage {
    uploadPlaces: { uploads: Uploads | null };
  }
}

/** Sends files and puts them where the cursor is, or at `at`. */
export const addFiles = (editor: Editor, files: readonly File[], at = editor.state.selection.from): void =>
  editor.storage.uploadPlaces.uploads?.add(files, at);
