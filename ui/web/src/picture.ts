import { lookOf, outline } from "./tracers";
import type { Layout, Window } from "./layout";
import type { Scene } from "./scene";
import type { Ref, View } from "./types";

// Ink is what the style sheet says of colours, so that the canvas follows the theme.
export interface Ink { bg: string; panel: string; line: string; faint: string; text: string; mute: string; now: string; bad: string; past: string; dark: boolean; font: string; px: number }

export interface Picture {
  ctx: CanvasRenderingContext2D;
  view: View;
  scene: Scene;
  layout: Layout;
  window: Window;
  ink: Ink;
  width: number;
  height: number;
  gutter: number;
  axis: number;
  scroll: number;
  now: number; // ms
  lit: Ref | null;
  focus: Ref | null;
}

export const body = (p: Picture): number => p.width - p.gutter;

export const xOf = (p: Picture, min: number): number => p.gutter + ((min - p.window.from) / (p.window.to - p.window.from)) * body(p);

export const colour = (p: Picture, tracer: string): string => lookOf(p.view, tracer)[p.ink.dark ? "dark" : "light"];

export function round(ctx: CanvasRenderingContext2D, x: number, y: number, w: number, h: number, r: number): void {
  ctx.beginPath();
  ctx.roundRect(x, y, w, Math.max(0.5, h), r);
}

export function shape(p: Pick<Picture, "ctx" | "view">, tracer: string, x: number, y: number, size: number, fill: string): void {
  p.ctx.fillStyle = fill;
  p.ctx.beginPath();
  outline(lookOf(p.view, tracer).shape).forEach(([u, v], i) => p.ctx[i ? "lineTo" : "moveTo"](x + u * size, y + v * size));
  p.ctx.closePath();
  p.ctx.fill();
}

export function clip(ctx: CanvasRenderingContext2D, text: string, width: number): string {
  if (ctx.measureText(text).width <= width) return text;
  let n = text.length - 1;
  while (n > 1 && ctx.measureText(text.slice(0, n) + "…").width > width) n--;
  return text.slice(0, n) + "…";
}

// contrast is black or white, whichever reads on colour c laid over the ground with this strength.
export function contrast(c: string, strength: number, ground: string): string {
  const over = rgb(c).map((v, i) => v * strength + rgb(ground)[i]! * (1 - strength));
  const lum = over.map((v) => { const s = v / 255; return s <= 0.03928 ? s / 12.92 : ((s + 0.055) / 1.055) ** 2.4; });
  const l = 0.2126 * lum[0]! + 0.7152 * lum[1]! + 0.0722 * lum[2]!;
  return l > 0.179 ? "#000" : "#fff";
}

function rgb(hex: string): number[] {
  const h = hex.trim().replace("#", "");
  const full = h.length === 3 ? [...h].map((c) => c + c).join("") : h;
  return [0, 2, 4].map((i) => parseInt(full.slice(i, i + 2), 16) || 0);
}
