/** What stands in the text while a file is on its way: its name, how far it is, and how to stop or repeat it. */
export class UploadFace {
  readonly dom = document.createElement("span");
  readonly #words = document.createElement("span");
  readonly #bar = document.createElement("progress");
  readonly #retry: HTMLButtonElement;

  constructor(
    private readonly name: string,
    onRemove: () => void,
    onRetry: () => void,
  ) {
    this.dom.className = "upload";
    this.dom.contentEditable = "false";
    this.#words.className = "upload-words";
    this.#bar.max = 1;
    this.#bar.setAttribute("aria-label", `Upload of ${name}`);
    this.#retry = button("Try again", `Try again: upload ${name}`, onRetry);
    const remove = button("Cancel", `Cancel: do not add ${name}`, onRemove);
    this.dom.append(this.#words, this.#bar, this.#retry, remove);
    this.started();
  }

  started(): void {
    this.dom.classList.remove("is-failed");
    this.#words.textContent = this.name;
    this.#bar.hidden = false;
    this.#bar.removeAttribute("value");
    this.#retry.hidden = true;
  }

  progressed(share: number): void {
    if (share > 0 && share <= 1) this.#bar.value = share;
  }

  failed(reason: string): void {
    this.dom.classList.add("is-failed");
    this.#words.textContent = `${this.name}: ${reason || "not uploaded"}`;
    this.#bar.hidden = true;
    this.#retry.hidden = false;
  }
}

function button(words: string, label: string, onClick: () => void): HTMLButtonElement {
  const dom = document.createElement("button");
  dom.type = "button";
  dom.textContent = words;
  dom.setAttribute("aria-label", label);
  dom.addEventListener("click", onClick);
  return dom;
}
