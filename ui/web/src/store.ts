import { batch, computed, signal } from "@preact/signals";
import { minuteOf } from "./physics";
import { merge } from "./patch";
import { setClock, tick } from "./clock";
import type { LiveState } from "./live";
import type { Batch, Entry, Message, Ref, Request, Role, Vial, View, Visit } from "./types";
import { cmp } from "./physics";

// What is known of the day, and what this person looks at.
export const view = signal<View | null>(null);
export const journal = signal<Entry[]>([]);
export const connection = signal<LiveState>("connecting");
export const days = signal<string[]>([]);
export const problem = signal(""); // why the board has nothing to show

export type Screen = "day" | "lists" | "now" | "journal";
export const screen = signal<Screen>("day");
export const theme = signal<"auto" | "light" | "dark">("auto");
export const role = signal<Role>("viewer");
export const chosen = signal<Ref | null>(null);
export const hovered = signal<Ref | null>(null);
export const dialog = signal<"" | "keys" | "book">("");
export const said = signal(""); // for a screen reader: what just happened

// locked: nothing that matters may be done while what is shown may be old.
export const locked = computed(() => connection.value !== "live");

export const tracers = computed(() => view.value?.tracers); // changes with the day only
export const batches = computed<Batch[]>(() => sorted(view.value?.batches, (b) => b.beam_start));
export const vials = computed<Vial[]>(() => sorted(view.value?.vials, (x) => x.depart));
export const visits = computed<Visit[]>(() => sorted(view.value?.visits, (x) => x.injection, (x) => x.request));
export const requests = computed<Request[]>(() => sorted(view.value?.requests, (r) => r.class));

function sorted<T>(all: Record<string, T> | undefined, by: (x: T) => number, name = (x: T) => (x as { id?: string }).id ?? ""): T[] {
  return Object.values(all ?? {}).sort((a, b) => by(a) - by(b) || cmp(name(a), name(b)));
}

// nowMinute is the minute of the day, in whole minutes: what depends on it is reckoned once a minute.
export const nowMinute = computed(() => (view.value && tick.value ? Math.floor(minuteOf(view.value, tick.value)) : -Infinity));

const tail = 200; // entries kept for the journal's tail

// hear takes one message of the live protocol into what is known.
export function hear(m: Message): void {
  batch(() => {
    if (m.type === "snapshot" || m.type === "beat") setClock(m.now, m.speed);
    if (m.type === "snapshot") {
      view.value = merge(null as unknown as View, m.view);
      journal.value = (m.journal ?? []).slice(-tail);
    }
    if (m.type === "entry") {
      view.value = merge(view.value as View, m.patch);
      journal.value = [...journal.value.slice(1 - tail), m.patch.score ? { ...m.entry, score: m.patch.score } : m.entry];
    }
  });
}

export function choose(r: Ref | null): void {
  chosen.value = r;
}

export const sameRef = (a: Ref | null, b: Ref | null): boolean => a === b || (!!a && !!b && a.kind === b.kind && a.id === b.id);
