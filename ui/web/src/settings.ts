import { role, screen, theme, type Screen } from "./store";
import { lang, type Lang } from "./words";
import type { Role } from "./types";

// What a person set, kept in this browser and given in links: ?lang=nb&theme=dark&role=pet_staff&screen=lists.
type Setting = "lang" | "theme" | "role" | "screen";

const allowed: Record<Setting, string[]> = {
  lang: ["en", "nb"],
  theme: ["auto", "light", "dark"],
  role: ["viewer", "radiochemist", "release_person", "pet_staff", "coordinator"],
  screen: ["day", "lists", "now", "journal"],
};

function apply(s: Setting, value: string): void {
  if (!allowed[s].includes(value)) return;
  if (s === "lang") { lang.value = value as Lang; document.documentElement.lang = value; }
  if (s === "theme") { theme.value = value as "auto" | "light" | "dark"; document.documentElement.dataset.theme = value; }
  if (s === "role") role.value = value as Role;
  if (s === "screen") { screen.value = value as Screen; document.documentElement.dataset.screen = value; }
}

export function remember(s: Setting, value: string): void {
  apply(s, value);
  try {
    localStorage.setItem(`beamslot.${s}`, value);
  } catch {
    // a browser that keeps nothing still shows the board
  }
}

// goTo opens a screen and puts it into the address, so that it can be sent to somebody.
export function goTo(s: Screen): void {
  apply("screen", s);
  const q = new URLSearchParams(location.search);
  q.set("screen", s);
  history.replaceState(null, "", `?${q}`);
}

export function recall(): void {
  const q = new URLSearchParams(location.search);
  apply("lang", /^(nb|nn|no)\b/.test(navigator.language) ? "nb" : "en");
  apply("theme", "auto");
  apply("screen", "day");
  for (const s of Object.keys(allowed) as Setting[]) {
    try {
      if (s !== "screen") apply(s, localStorage.getItem(`beamslot.${s}`) ?? "");
    } catch {
      // as above
    }
    apply(s, q.get(s) ?? "");
  }
}
