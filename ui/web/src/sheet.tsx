import { useEffect, useRef } from "preact/hooks";
import type { ComponentChildren } from "preact";
import { dialog } from "./store";
import { t } from "./words";

// Sheet is a modal dialog: the browser's own, so that focus stays in it and Escape closes it.
export function Sheet({ title, children }: { title: string; children: ComponentChildren }) {
  const ref = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    ref.current?.showModal();
    return () => ref.current?.close();
  }, []);
  return (
    <dialog ref={ref} class="sheet" aria-label={title} onClose={() => { dialog.value = ""; }}>
      <header><h2>{title}</h2><button class="icon close" onClick={() => { dialog.value = ""; }} aria-label={t("close")}>✕</button></header>
      {children}
    </dialog>
  );
}
