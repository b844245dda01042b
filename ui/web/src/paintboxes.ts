import { chainOf } from "./chain";
import { activity } from "./format";
import { rectOf, type Rect } from "./layout";
import { ribbons } from "./paintribbons";
import { assayOf, decayed, halfLife, momentOf } from "./physics";
import { body, colour, contrast, round, shape, type Picture } from "./picture";
import { key, type Box } from "./scene";
import type { Batch } from "./types";

export function boxes(p: Picture): void {
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
