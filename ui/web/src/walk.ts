import type { Ref } from "./types";
import type { Layout, Window } from "./layout";
import { key, type Box, type Scene } from "./scene";

// step is where an arrow key goes from the chosen thing: along its lane in time, or to the nearest thing in time
// on the next lane that has any. From nothing it goes to the first thing in sight.
export function step(s: Scene, l: Layout, from: Ref | null, dx: number, dy: number, sight: Window | null): Box | null {
  const main = s.boxes.filter((b) => b.part !== "clean" && b.part !== "turn" && b.part !== "prep" && l.rowOf.has(b.lane));
  const here = from ? main.find((b) => key(b.ref) === key(from)) : undefined;
  if (!here) return first(main.filter((b) => !sight || b.to > sight.from), l);
  return dx ? along(main, here, dx) : across(main, l, here, dy);
}

const first = (boxes: Box[], l: Layout): Box | null =>
  boxes.sort((a, b) => l.rowOf.get(a.lane)!.y - l.rowOf.get(b.lane)!.y || a.from - b.from)[0] ?? null;

function along(boxes: Box[], here: Box, dx: number): Box | null {
  const lane = boxes.filter((b) => b.lane === here.lane).sort((a, b) => a.from - b.from || a.row - b.row);
  return lane[lane.indexOf(here) + dx] ?? null;
}

function across(boxes: Box[], l: Layout, here: Box, dy: number): Box | null {
  const y = (b: Box) => l.rowOf.get(b.lane)!.y;
  const beyond = boxes.filter((b) => Math.sign(y(b) - y(here)) === dy && key(b.ref) !== key(here.ref));
  if (beyond.length === 0) return null;
  const lane = beyond.reduce((a, b) => (Math.abs(y(b) - y(here)) < Math.abs(y(a) - y(here)) ? b : a)).lane;
  return beyond.filter((b) => b.lane === lane).reduce((a, b) => (Math.abs(b.from - here.from) < Math.abs(a.from - here.from) ? b : a));
}
