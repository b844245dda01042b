import { computed, signal } from "@preact/signals";
import en from "./words/en.json";
import nb from "./words/nb.json";

export type Lang = "en" | "nb";
export type Word = keyof typeof en;

const tables: Record<Lang, Record<Word, string>> = { en, nb };

export const lang = signal<Lang>("en");
export const locale = computed(() => (lang.value === "nb" ? "nb-NO" : "en-GB"));

// t is the word in the board's language, with {name} filled in. It is read inside renders, so that a change shows.
export function t(word: Word, fill: Record<string, string | number> = {}): string {
  return tables[lang.value][word].replace(/\{(\w+)\}/g, (_, name: string) => String(fill[name] ?? ""));
}

// has tells whether a word from the server (a law, a stage) is one that this page can say.
export const has = (word: string): word is Word => word in en;

// orElse says the word when there is one, and otherwise what the server wrote.
export const orElse = (word: string, otherwise: string): string => (has(word) ? t(word) : otherwise);
