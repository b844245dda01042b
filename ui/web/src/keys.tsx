import { choose, chosen, dialog } from "./store";
import { allLanes, fit, pan, shown, toNow, zoom } from "./window";
import { goTo, remember } from "./settings";
import { lang, t, type Word } from "./words";
import { Sheet } from "./sheet";

// Key is one key of the whole page; the timeline has its own besides, when it has the focus.
interface Key { keys: string[]; word: Word; does?: () => void }

const nudge = (n: number) => () => pan((shown.peek().to - shown.peek().from) * n);

const table: Key[] = [
  { keys: ["1"], word: "screen.day", does: () => goTo("day") },
  { keys: ["2"], word: "screen.lists", does: () => goTo("lists") },
  { keys: ["t"], word: "key.timeline", does: () => { goTo("day"); requestAnimationFrame(() => document.querySelector("canvas")?.focus()); } },
  { keys: ["← → ↑ ↓"], word: "key.walk" },
  { keys: ["Enter"], word: "key.enter" },
  { keys: ["Escape"], word: "key.escape", does: () => choose(null) },
  { keys: ["+"], word: "zoom.in", does: () => zoom(1 / 1.5) },
  { keys: ["-"], word: "zoom.out", does: () => zoom(1.5) },
  { keys: ["["], word: "key.earlier", does: nudge(-0.2) },
  { keys: ["]"], word: "key.later", does: nudge(0.2) },
  { keys: ["n"], word: "zoom.now", does: toNow },
  { keys: ["0"], word: "zoom.day", does: fit },
  { keys: ["a"], word: "zoom.all", does: () => { allLanes.value = !allLanes.value; } },
  { keys: ["d"], word: "key.detail", does: () => document.querySelector<HTMLElement>(".detail")?.focus() },
  { keys: ["b"], word: "book.open", does: () => { dialog.value = "book"; } },
  { keys: ["l"], word: "lang.switch", does: () => remember("lang", lang.value === "nb" ? "en" : "nb") },
  { keys: ["?"], word: "keys.title", does: () => { dialog.value = "keys"; } },
];

export function listenToKeys(): void {
  window.addEventListener("keydown", (e) => {
    const on = e.target as HTMLElement;
    if (e.ctrlKey || e.metaKey || e.altKey || dialog.peek() || /^(INPUT|SELECT|TEXTAREA)$/.test(on.tagName)) return;
    if (e.key === "Escape" && !chosen.peek()) return;
    const key = table.find((k) => k.does && k.keys.includes(e.key));
    if (!key) return;
    e.preventDefault();
    key.does!();
  });
}

export function Keys() {
  return (
    <Sheet title={t("keys.title")}>
      <dl class="keys">
        {table.map((k) => <div key={k.word}><dt>{k.keys.map((x) => <kbd key={x}>{x}</kbd>)}</dt><dd>{t(k.word)}</dd></div>)}
      </dl>
      <h3>{t("legend")}</h3>
      <ul role="list" class="legend">
        {(["plan", "armed", "run", "done", "lost"] as const).map((m) => <li key={m}><i class={`swatch ${m}`} aria-hidden="true" /> {t(`mood.${m}`)}</li>)}
      </ul>
    </Sheet>
  );
}
