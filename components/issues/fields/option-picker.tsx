"use client";

import { ChevronDown, X } from "lucide-react";
import { Popover } from "radix-ui";
import { type KeyboardEvent, useId, useRef, useState } from "react";
import { Badge } from "@/components/ui/badge";
import { PopoverContent } from "@/components/ui/popover";
import type { Choice, FieldOption } from "@/lib/trackers/shapes";
import { OptionList } from "./option-list";
import { type OptionSource, useOptions } from "./use-options";

type Props = {
  /** Given by the Field around it. */
  id?: string;
  "aria-describedby"?: string;
  "aria-invalid"?: boolean;
  required?: boolean;
  label: string;
  source: OptionSource;
  chosen: readonly Choice[];
  onChange: (chosen: Choice[]) => void;
  isMultiple?: boolean;
  /** What is typed may become a choice of its own. */
  takesNew?: boolean;
  /** Always put on: shown, and not to be taken away here. */
  fixed?: readonly string[];
  placeholder?: string | undefined;
};

/**
 * A field to choose in by typing. One choice stands in the field as text, several as chips; the arrows walk the list,
 * Enter takes, Escape closes it, Backspace in the empty field takes the last chip away.
 */
export function OptionPicker({ label, source, chosen, onChange, fixed = [], ...props }: Props) {
  const { isMultiple = false, takesNew = false, required, placeholder } = props;
  const [text, setText] = useState<string | null>(null);
  const [isOpen, setOpen] = useState(false);
  const [at, setAt] = useState(0);
  const input = useRef<HTMLInputElement>(null);
  const listId = useId();
  const options = useOptions(source, text ?? "", isOpen);
  const only = isMultiple ? undefined : chosen[0];
  const items = takesNew ? withTyped(options.items, text ?? "") : options.items;
  const marked = Math.min(at, items.length - 1);
  const has = ({ id }: Choice) => chosen.some((one) => one.id === id);

  const close = () => {
    setOpen(false);
    setText(null);
    setAt(0);
  };
  const choose = ({ id, name }: FieldOption) => {
    const choice = { id, name };
    if (!isMultiple) {
      onChange([choice]);
      return close();
    }
    onChange(has(choice) ? chosen.filter((one) => one.id !== id) : [...chosen, choice]);
    setText(null);
    setAt(0);
  };
  const press = (event: KeyboardEvent) => {
    const option = items[marked];
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      const to = event.key === "ArrowDown" ? marked + 1 : marked - 1;
      if (to >= items.length - 1) options.more?.();
      setAt(isOpen ? Math.max(0, Math.min(to, items.length - 1)) : 0);
      setOpen(true);
    } else if (event.key === "Enter" && isOpen && !event.metaKey && !event.ctrlKey) {
      if (option && !options.isBehind) choose(option);
    } else if (event.key === "Escape" && isOpen) {
      // The dialog stays: this Escape was for the list.
      event.nativeEvent.stopImmediatePropagation();
      close();
    } else if (event.key === "Backspace" && isMultiple && !text && chosen.length > 0) onChange(chosen.slice(0, -1));
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <Popover.Root open={isOpen} onOpenChange={(opened) => !opened && close()}>
      <Popover.Anchor asChild>
        <div className="flex min-h-8 flex-wrap items-center gap-1 rounded-md border border-line-strong bg-surface px-1.5 py-1 has-[input:focus-visible]:outline-2 has-[input:focus-visible]:outline-accent has-[input[aria-invalid]]:border-danger">
          {fixed.map((name) => (
            <Badge key={name} className="min-w-0 max-w-full" title="Put on every issue of this project">
              <span className="truncate">{name}</span>
            </Badge>
          ))}
          {isMultiple &&
            chosen.map((choice) => (
              <Badge key={choice.id} className="min-w-0 max-w-full text-fg" title={choice.name}>
                <span className="truncate">{choice.name}</span>
                <button
                  type="button"
                  aria-label={`Remove ${choice.name} from ${label}`}
                  onClick={() => onChange(chosen.filter(({ id }) => id !== choice.id))}
                  className="-mr-1 rounded p-0.5 text-muted hover:text-fg"
                >
                  <X aria-hidden />
                </button>
              </Badge>
            ))}
          <input
            ref={input}
            id={props.id}
            role="combobox"
            aria-expanded={isOpen}
            aria-controls={listId}
            aria-autocomplete="list"
            aria-activedescendant={isOpen && items[marked] ? `${listId}-${marked}` : undefined}
            aria-describedby={props["aria-describedby"]}
            aria-invalid={props["aria-invalid"]}
            aria-required={required}
            autoComplete="off"
            spellCheck={false}
            value={text ?? only?.name ?? ""}
            placeholder={placeholder ?? (isMultiple && chosen.length > 0 ? "add…" : "Choose…")}
            className="h-6 min-w-20 flex-1 truncate bg-transparent px-1 outline-none placeholder:text-muted"
            onMouseDown={() => setOpen(true)}
            onFocus={({ currentTarget }) => currentTarget.select()}
            onKeyDown={press}
            onBlur={() => {
              if (takesNew && text?.trim()) choose({ id: text.trim(), name: text.trim() });
              close();
            }}
            onChange={({ target }) => {
              setText(target.value);
              setOpen(true);
              setAt(0);
            }}
          />
          {only && !required && (
            <button
              type="button"
              aria-label={`Empty ${label}`}
              onClick={() => {
                onChange([]);
                input.current?.focus();
              }}
              className="rounded p-1 text-muted hover:text-fg"
            >
              <X className="size-3" aria-hidden />
            </button>
          )}
          {!isMultiple && <ChevronDown className="size-3.5 shrink-0 text-muted" aria-hidden />}
        </div>
      </Popover.Anchor>
      <PopoverContent
        align="start"
        className="w-(--radix-popover-trigger-width) min-w-56 max-w-[90vw] p-0"
        onOpenAutoFocus={(event) => event.preventDefault()}
        onCloseAutoFocus={(event) => event.preventDefault()}
        onInteractOutside={(event) => {
          if (event.target instanceof Node && input.current?.parentElement?.contains(event.target))
            event.preventDefault();
        }}
      >
        <OptionList
          id={listId}
          label={label}
          options={options}
          items={items}
          marked={marked}
          isChosen={has}
          onMark={setAt}
          onChoose={choose}
        />
      </PopoverContent>
    </Popover.Root>
  );
}

/** What is typed stands last, unless it is there. */
function withTyped(items: readonly FieldOption[], text: string): readonly FieldOption[] {
  const name = text.trim();
  const isThere = items.some((option) => option.name.toLowerCase() === name.toLowerCase());
  return name === "" || isThere ? items : [...items, { id: name, name, detail: "as typed" }];
}
