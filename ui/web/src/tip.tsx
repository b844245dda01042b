import type { Signal } from "@preact/signals";
import { hovered, view } from "./store";
import { Gist } from "./gist";

// Tip says in three lines what the pointer is on; it never takes the pointer itself.
export function Tip({ at }: { at: Signal<{ x: number; y: number } | null> }) {
  const p = at.value;
  const r = hovered.value;
  if (!p || !r || !view.value) return null;
  const right = p.x > innerWidth - 300;
  const low = p.y > innerHeight - 180;
  const place = {
    left: right ? "auto" : `${p.x + 14}px`, right: right ? `${innerWidth - p.x + 14}px` : "auto",
    top: low ? "auto" : `${p.y + 14}px`, bottom: low ? `${innerHeight - p.y + 14}px` : "auto",
  };
  return <div class="tip" style={place} aria-hidden="true"><Gist of={r} /></div>;
}
