import { at, clock } from "./format";
import { minuteOf } from "./physics";
import { body, clip, round, xOf, type Picture } from "./picture";
import type { Lane } from "./scene";
import { t } from "./words";

// What stands still while the day is panned: lanes and their names, hours, the now-line.

export function lanes(p: Picture): void {
  const { ctx, ink } = p;
  for (const b of p.layout.blocks) {
    ctx.fillStyle = b.kind === "site" ? ink.faint : ink.bg;
    ctx.fillRect(0, b.y, p.width, b.h);
    ctx.fillStyle = ink.line;
    b.rows.forEach((r, i) => { if (i > 0) ctx.fillRect(p.gutter, Math.round(r.y) - 0.5, p.width, 0.5); });
  }
}

// past is shaded, so that the now-line is found from four metres.
export function past(p: Picture): void {
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

export function grid(p: Picture): void {
  for (const k of ticks(p)) {
    p.ctx.fillStyle = p.ink.line;
    p.ctx.fillRect(Math.round(xOf(p, k.m)), p.scroll, k.major ? 1 : 0.5, p.height);
  }
}

export function axis(p: Picture): void {
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

export function gutter(p: Picture): void {
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
