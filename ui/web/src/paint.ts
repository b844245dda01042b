import { chainOf } from "./chain";
import { activity, at, clock } from "./format";
import { decayed, halfLife, assayOf, momentOf, minuteOf } from "./physics";
import { key, type Box, type Lane, type Scene } from "./scene";
import { lookOf, outline } from "./tracers";
import { rectOf, type Layout, type Rect, type Window } from "./layout";
import type { Batch, Ref, View } from "./types";
import { t } from "./words";

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

export function paint(p: Picture): void {
  const { ctx } = p;
  ctx.fillStyle = p.ink.panel;
  ctx.fillRect(0, 0, p.width, p.height);
  ctx.save();
  ctx.beginPath();
  ctx.rect(0, p.axis, p.width, p.height - p.axis);
  ctx.clip();
  ctx.translate(0, p.axis - p.scroll);
  lanes(p);
  ctx.save();
  ctx.beginPath();
  ctx.rect(p.gutter, p.scroll, p.width - p.gutter, p.height - p.axis);
  ctx.clip();
  past(p);
  grid(p);
  boxes(p);
  ctx.restore();
  gutter(p);
  ctx.restore();
  axis(p);
}

const body = (p: Picture): number => p.width - p.gutter;
const xOf = (p: Picture, min: number): number => p.gutter + ((min - p.window.from) / (p.window.to - p.window.from)) * body(p);

function lanes(p: Picture): void {
  const { ctx, ink } = p;
  for (const b of p.layout.blocks) {
    ctx.fillStyle = b.kind === "site" ? ink.faint : ink.bg;
    ctx.fillRect(0, b.y, p.width, b.h);
    ctx.fillStyle = ink.line;
    b.rows.forEach((r, i) => { if (i > 0) ctx.fillRect(p.gutter, Math.round(r.y) - 0.5, p.width, 0.5); });
  }
}

// past is shaded, so that the now-line is found from four metres.
function past(p: Picture): void {
  if (!p.now) return;
  const x = xOf(p, minuteOf(p.view, p.now));
  p.ctx.fillStyle = p.ink.past;
  if (x > p.gutter) p.ctx.fillRect(p.gutter, p.scroll, x - p.gutter, p.height);
}

const steps = [1, 2, 5, 10, 15, 30, 60, 120, 180, 360, 720, 1440];

// ticks are round local times: the zone's offset may change within the window, so each is asked for.
function ticks(p: Picture): { m: number; label: string; major: boolean }[] {
  const least = (60 * p.ink.px / 14 * (p.window.to - p.window.from)) / body(p);
  const step = steps.find((s) => s >= least) ?? 1440;
  const out = [];
  for (let m = Math.ceil(p.window.from / 5) * 5 - (step < 5 ? 5 : 0); m <= p.window.to; m += step < 5 ? 1 : 5) {
    const label = at(p.view, m);
    const local = Number(label.slice(0, 2)) * 60 + Number(label.slice(3));
    if (local % step === 0) out.push({ m, label, major: local % 60 === 0 });
  }
  return out;
}

function grid(p: Picture): void {
  for (const k of ticks(p)) {
    p.ctx.fillStyle = p.ink.line;
    p.ctx.fillRect(Math.round(xOf(p, k.m)), p.scroll, k.major ? 1 : 0.5, p.height);
  }
}

function axis(p: Picture): void {
  const { ctx, ink } = p;
  ctx.fillStyle = ink.panel;
  ctx.fillRect(0, 0, p.width, p.axis);
  ctx.fillStyle = ink.line;
  ctx.fillRect(0, p.axis - 1, p.width, 1);
  ctx.font = `500 ${ink.px * 0.86}px ${ink.font}`;
  ctx.textBaseline = "middle";
  ctx.textAlign = "center";
  ctx.fillStyle = ink.mute;
  for (const k of ticks(p)) {
    const x = xOf(p, k.m);
    if (x > p.gutter + 16 && x < p.width - 16) ctx.fillText(k.label, x, p.axis / 2);
  }
  nowLine(p);
}

function nowLine(p: Picture): void {
  if (!p.now) return;
  const { ctx, ink } = p;
  const x = xOf(p, minuteOf(p.view, p.now));
  if (x < p.gutter || x > p.width) return;
  ctx.fillStyle = ink.now;
  ctx.fillRect(x - 1, p.axis - 4, 2, p.height);
  const label = clock(p.now, p.view.zone);
  ctx.font = `700 ${ink.px * 0.93}px ${ink.font}`;
  const w = ctx.measureText(label).width + 12;
  round(ctx, Math.min(p.width - w, x - w / 2), 3, w, p.axis - 6, 4);
  ctx.fill();
  ctx.fillStyle = ink.panel;
  ctx.textAlign = "center";
  ctx.fillText(label, Math.min(p.width - w / 2, x), p.axis / 2 + 0.5);
}

function gutter(p: Picture): void {
  const { ctx, ink } = p;
  ctx.textBaseline = "middle";
  const split = Math.round(p.gutter * 0.56);
  for (const b of p.layout.blocks) {
    ctx.fillStyle = b.kind === "site" ? ink.faint : ink.bg;
    ctx.fillRect(0, b.y, p.gutter, b.h);
    ctx.fillStyle = ink.text;
    ctx.textAlign = "left";
    const size = Math.min(ink.px * 0.86, Math.max(9, b.h * 0.6));
    ctx.font = `600 ${size}px ${ink.font}`;
    const lines = wrap(ctx, b.label, split - 10, Math.max(1, Math.floor((b.h + 4) / (size * 1.12))));
    lines.forEach((line, i) => ctx.fillText(line, 8, b.y + size * 0.68 + i * size * 1.12));
    ctx.fillStyle = ink.mute;
    ctx.textAlign = "right";
    for (const r of b.rows) laneName(p, r.lane, r.y, r.h, split);
    ctx.fillStyle = ink.line;
    ctx.fillRect(p.gutter - 1, b.y, 1, b.h);
  }
}

function laneName(p: Picture, lane: Lane, y: number, h: number, split: number): void {
  const { ctx, ink } = p;
  const size = Math.min(ink.px * 0.75, Math.max(8, p.layout.unit * 0.78));
  if (h < size * 0.85) return; // a name that would lie over its neighbour's says nothing
  ctx.font = `${size}px ${ink.font}`;
  const room = p.gutter - split - 8;
  const full = t(`lane.${lane.word}`, { n: lane.label });
  const short = lane.word === "uptake" ? `× ${lane.label}` : lane.word === "road" ? "⇢" : lane.label;
  ctx.fillText(ctx.measureText(full).width <= room ? full : clip(ctx, short, room), p.gutter - 7, y + h / 2 + 0.5);
}

function wrap(ctx: CanvasRenderingContext2D, text: string, width: number, most: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const last = lines.length - 1;
    if (last >= 0 && ctx.measureText(lines[last] + " " + word).width <= width) lines[last] += " " + word;
    else lines.push(word);
  }
  if (lines.length > most) lines.splice(most - 1, lines.length, lines.slice(most - 1).join(" "));
  return lines.map((l) => clip(ctx, l, width));
}

export function clip(ctx: CanvasRenderingContext2D, text: string, width: number): string {
  if (ctx.measureText(text).width <= width) return text;
  let n = text.length - 1;
  while (n > 1 && ctx.measureText(text.slice(0, n) + "…").width > width) n--;
  return text.slice(0, n) + "…";
}

function boxes(p: Picture): void {
  const lit = p.lit ? chainOf(p.view, p.lit) : null;
  const place = new Map<Box, Rect>();
  for (const b of p.scene.boxes) {
    const r = rectOf(b, p.layout, p.window, p.gutter, body(p));
    if (r && r.y < p.scroll + p.height && r.y + r.h > p.scroll) place.set(b, r);
  }
  ribbons(p, lit);
  for (const [b, r] of place) {
    p.ctx.globalAlpha = lit && !lit.has(key(b.ref)) ? 0.22 : 1;
    box(p, b, r);
  }
  p.ctx.globalAlpha = 1;
  for (const [b, r] of place) if (p.focus && key(b.ref) === key(p.focus)) ring(p, r);
}

function ring(p: Picture, r: Rect): void {
  p.ctx.strokeStyle = p.ink.text;
  p.ctx.lineWidth = 2;
  round(p.ctx, r.x - 1, r.y - 1, r.w + 2, r.h + 2, 3);
  p.ctx.stroke();
}

const colour = (p: Picture, tracer: string): string => lookOf(p.view, tracer)[p.ink.dark ? "dark" : "light"];

function box(p: Picture, b: Box, r: Rect): void {
  const { ctx } = p;
  const c = colour(p, b.tracer);
  const alpha = ctx.globalAlpha;
  const small = b.part === "turn" || b.part === "clean" || b.part === "prep";
  if (b.mood === "lost") return lost(p, r, alpha);
  ctx.fillStyle = c;
  ctx.strokeStyle = c;
  const strength = { plan: 0.2, armed: 0.38, run: 1, done: 0.62, lost: 0 }[b.mood] * (small ? 0.45 : 1);
  ctx.globalAlpha = alpha * strength;
  round(ctx, r.x, r.y, r.w, r.h, Math.min(3, r.h / 3));
  ctx.fill();
  ctx.globalAlpha = alpha;
  if (small) return;
  if (b.mood !== "done") {
    ctx.lineWidth = b.mood === "plan" ? 1 : 1.5;
    round(ctx, r.x + 0.5, r.y + 0.5, Math.max(0.5, r.w - 1), Math.max(0.5, r.h - 1), Math.min(3, r.h / 3));
    ctx.stroke();
  }
  if (b.mood === "armed") ctx.fillRect(r.x, r.y, 3, r.h);
  label(p, b, r, c);
}

// lost is hatched in grey with a red edge: seen without colour by its pattern.
function lost(p: Picture, r: Rect, alpha: number): void {
  const { ctx, ink } = p;
  ctx.save();
  round(ctx, r.x, r.y, r.w, r.h, 3);
  ctx.clip();
  ctx.globalAlpha = alpha * 0.8;
  ctx.strokeStyle = ink.mute;
  ctx.lineWidth = 1.5;
  ctx.beginPath();
  for (let x = r.x - r.h; x < r.x + r.w; x += 6) {
    ctx.moveTo(x, r.y + r.h);
    ctx.lineTo(x + r.h, r.y);
  }
  ctx.stroke();
  ctx.restore();
  ctx.globalAlpha = alpha;
  ctx.strokeStyle = ink.bad;
  ctx.lineWidth = 1.5;
  round(ctx, r.x + 0.5, r.y + 0.5, Math.max(1, r.w - 1), r.h - 1, 3);
  ctx.stroke();
}

// label writes what fits: the tracer's shape first, then the name, then what it holds now; on the narrow, the shape.
function label(p: Picture, b: Box, r: Rect, c: string): void {
  const { ctx, ink } = p;
  if (r.h < 7.5 || r.w < 9) return;
  const solid = b.mood === "run" || b.mood === "done";
  const on = solid ? contrast(c, b.mood === "done" ? 0.62 : 1, ink.panel) : ink.text;
  const size = Math.min(ink.px * 0.79, r.h * 0.86);
  const left = Math.max(r.x, p.gutter) + (b.mood === "armed" ? 6 : 4);
  ctx.font = `${b.ref.kind === "batch" ? 600 : 500} ${size}px ${ink.font}`;
  ctx.textAlign = "left";
  ctx.textBaseline = "middle";
  const mark = b.ref.kind === "visit" ? 0 : size * 0.8;
  const text = wording(p, b, r.x + r.w - left - 3 - (mark && mark + 4));
  if (mark && r.x + r.w - left > mark) shape(p, b.tracer, text ? left : r.x + (r.w - mark) / 2, r.y + (r.h - mark) / 2, mark, solid ? on : c);
  ctx.fillStyle = on;
  ctx.fillText(text, left + (mark && mark + 4), r.y + r.h / 2 + 0.5);
}

// wording is as much of the name as fits: a patient's reference loses its prefix before it loses its number.
function wording(p: Picture, b: Box, room: number): string {
  const fits = (s: string) => s && p.ctx.measureText(s).width <= room;
  const short = b.ref.kind === "visit" ? b.label.replace(/^[A-Za-z]+-/, "") : "";
  const held = b.part === "synthesis" || b.part === "qc" ? present(p, p.view.batches?.[b.ref.id]) : "";
  return [held && `${b.label}  ${held}`, b.label, short].find((s) => s && fits(s)) ?? "";
}

// present is the batch's activity now, while it has any that a person could use.
function present(p: Picture, b: Batch | undefined): string {
  if (!b || b.stage === "lost" || !p.now) return "";
  const from = momentOf(p.view, b.eos);
  const t = Math.max(p.now, from);
  return p.now > momentOf(p.view, b.expiry) ? "" : activity(decayed(assayOf(b), halfLife(p.view, b.tracer), t));
}

export function shape(p: Pick<Picture, "ctx" | "view">, tracer: string, x: number, y: number, size: number, fill: string): void {
  p.ctx.fillStyle = fill;
  p.ctx.beginPath();
  outline(lookOf(p.view, tracer).shape).forEach(([u, v], i) => p.ctx[i ? "lineTo" : "moveTo"](x + u * size, y + v * size));
  p.ctx.closePath();
  p.ctx.fill();
}

// ribbons tie a batch's parts into one band, and light the way from a chosen patient back to the beam.
function ribbons(p: Picture, lit: Set<string> | null): void {
  const rect = (b: Box | undefined) => (b ? rectOf(b, p.layout, { from: -1e6, to: 1e6 }, 0, 2e6) : null);
  const spot = (b: Box | undefined, end: "from" | "to") => {
    const r = rect(b);
    return b && r ? { x: xOf(p, b[end]), y: r.y, h: r.h } : null;
  };
  for (const b of Object.values(p.view.batches ?? {})) {
    const parts = p.scene.byRef.get(`batch:${b.id}`) ?? [];
    const part = (name: string) => parts.find((x) => x.part === name);
    const on = lit?.has(`batch:${b.id}`);
    const alpha = b.stage === "lost" ? 0.12 : on ? 0.6 : lit ? 0.05 : 0.3;
    band(p, spot(part("beam"), "to"), spot(part("synthesis"), "from"), b.tracer, alpha);
    band(p, spot(part("synthesis"), "to"), spot(part("qc"), "from"), b.tracer, alpha);
  }
  if (!lit) return;
  for (const x of Object.values(p.view.vials ?? {})) {
    if (!lit.has(`vial:${x.id}`)) continue;
    const road = p.scene.byRef.get(`vial:${x.id}`)?.[0];
    const qc = (p.scene.byRef.get(`batch:${x.batch}`) ?? []).find((b) => b.part === "qc");
    thread(p, spot(qc, "to"), spot(road, "from"), x.tracer);
    for (const visit of Object.values(p.view.visits ?? {})) {
      if (visit.dispatch !== x.id || !lit.has(`visit:${visit.request}`)) continue;
      const parts = p.scene.byRef.get(`visit:${visit.request}`) ?? [];
      const uptake = parts.find((b) => b.part === "uptake");
      thread(p, spot(road, "to"), spot(uptake, "from"), x.tracer);
      thread(p, spot(uptake, "to"), spot(parts.find((b) => b.part === "scan"), "from"), x.tracer);
    }
  }
}

interface Spot { x: number; y: number; h: number }

function band(p: Picture, a: Spot | null, b: Spot | null, tracer: string, alpha: number): void {
  if (!a || !b) return;
  const { ctx } = p;
  const mid = (a.x + b.x) / 2;
  ctx.globalAlpha = alpha;
  ctx.fillStyle = colour(p, tracer);
  ctx.beginPath();
  ctx.moveTo(a.x - 1, a.y);
  ctx.bezierCurveTo(mid + 6, a.y, mid - 6, b.y, b.x + 1, b.y);
  ctx.lineTo(b.x + 1, b.y + b.h);
  ctx.bezierCurveTo(mid - 6, b.y + b.h, mid + 6, a.y + a.h, a.x - 1, a.y + a.h);
  ctx.fill();
  ctx.globalAlpha = 1;
}

function thread(p: Picture, a: Spot | null, b: Spot | null, tracer: string): void {
  if (!a || !b) return;
  const { ctx } = p;
  const [y1, y2] = [a.y + a.h / 2, b.y + b.h / 2];
  const bend = Math.max(14, Math.abs(b.x - a.x) / 2);
  ctx.strokeStyle = colour(p, tracer);
  ctx.lineWidth = 2;
  ctx.beginPath();
  ctx.moveTo(a.x, y1);
  ctx.bezierCurveTo(a.x + bend, y1, b.x - bend, y2, b.x, y2);
  ctx.stroke();
}

function round(ctx: CanvasRenderingContext2D, x: number, y: number, w: number, h: number, r: number): void {
  ctx.beginPath();
  ctx.roundRect(x, y, w, Math.max(0.5, h), r);
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
