import { computed, signal } from "@preact/signals";
import { sceneOf } from "./scene";
import { minuteOf } from "./physics";
import { panned, zoomed, type Window } from "./layout";
import { view } from "./store";
import { serverNow } from "./clock";

// Which part of the day the timeline shows, and the lanes that it has.
export const allLanes = signal(false);
export const scene = computed(() => (view.value ? sceneOf(view.value, allLanes.value) : null));

const picked = signal<Window | null>(null); // null: the whole day, whatever it grows to

export const whole = computed<Window>(() => {
  const s = scene.value;
  return s ? { from: Math.floor((s.from - 10) / 30) * 30, to: Math.ceil((s.to + 10) / 30) * 30 } : { from: 360, to: 1080 };
});
export const shown = computed<Window>(() => picked.value ?? whole.value);

export const fit = (): void => { picked.value = null; };
export const zoom = (n: number, about = (shown.peek().from + shown.peek().to) / 2): void => { picked.value = zoomed(shown.peek(), n, about); };
export const pan = (min: number): void => { picked.value = panned(shown.peek(), min); };

// toNow puts the now-line a third in, keeping the scale; from the whole day it goes to four hours.
export function toNow(): void {
  const v = view.peek();
  if (!v) return;
  const span = picked.peek() ? shown.peek().to - shown.peek().from : 240;
  const from = minuteOf(v, serverNow()) - span / 3;
  picked.value = { from, to: from + span };
}
