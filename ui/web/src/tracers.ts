import { cmp } from "./physics";
import type { View } from "./types";

// Okabe and Ito's colours, told apart with every common colour blindness; a shape goes with each, so that colour
// never carries meaning alone. Light and dark hold one lightness each that reads on that ground.
export interface Look { light: string; dark: string; shape: Shape }
export type Shape = "square" | "circle" | "triangle" | "diamond" | "down" | "plus" | "star" | "bar";

const looks: Look[] = [
  { light: "#0072b2", dark: "#3d9fd8", shape: "circle" },
  { light: "#e69f00", dark: "#e69f00", shape: "diamond" },
  { light: "#009e73", dark: "#1fb88c", shape: "triangle" },
  { light: "#cc79a7", dark: "#d68db5", shape: "square" },
  { light: "#56b4e9", dark: "#8ccdf2", shape: "down" },
  { light: "#d55e00", dark: "#f07c2e", shape: "plus" },
  { light: "#b5a800", dark: "#f0e442", shape: "star" },
  { light: "#555555", dark: "#bbbbbb", shape: "bar" },
];

// lookOf is the same on every board of the day: tracers in order of their names, FDG first where it is made.
export function lookOf(v: Pick<View, "tracers">, tracer: string): Look {
  const all = v.tracers ?? none;
  let map = made.get(all);
  if (!map) {
    const ids = Object.keys(all).sort((a, b) => Number(b === "FDG") - Number(a === "FDG") || cmp(a, b));
    made.set(all, (map = new Map(ids.map((id, i) => [id, looks[i % looks.length]!]))));
  }
  return map.get(tracer) ?? looks.at(-1)!;
}

const none = {};
const made = new WeakMap<object, Map<string, Look>>();

// outline is the shape inside a unit square, as points; the circle is drawn as one of many corners.
export function outline(s: Shape): [number, number][] {
  switch (s) {
    case "square": return [[0.08, 0.08], [0.92, 0.08], [0.92, 0.92], [0.08, 0.92]];
    case "circle": return ring(16, () => 0.48);
    case "triangle": return [[0.5, 0.02], [1, 0.95], [0, 0.95]];
    case "down": return [[0, 0.05], [1, 0.05], [0.5, 0.98]];
    case "diamond": return [[0.5, 0], [1, 0.5], [0.5, 1], [0, 0.5]];
    case "plus": return [[0.33, 0], [0.67, 0], [0.67, 0.33], [1, 0.33], [1, 0.67], [0.67, 0.67], [0.67, 1], [0.33, 1], [0.33, 0.67], [0, 0.67], [0, 0.33], [0.33, 0.33]];
    case "star": return ring(10, (i) => (i % 2 ? 0.22 : 0.52));
    case "bar": return [[0, 0.32], [1, 0.32], [1, 0.68], [0, 0.68]];
  }
}

function ring(n: number, radius: (i: number) => number): [number, number][] {
  return Array.from({ length: n }, (_, i) => {
    const a = (2 * Math.PI * i) / n - Math.PI / 2;
    return [0.5 + radius(i) * Math.cos(a), 0.5 + radius(i) * Math.sin(a)];
  });
}
