import { rectOf } from "./layout";
import { drawnFrom } from "./physics";
import { colour, xOf, type Picture } from "./picture";
import type { Box } from "./scene";

// ribbons tie a batch's parts into one band, and light the way from a chosen patient back to the beam.
export function ribbons(p: Picture, lit: Set<string> | null): void {
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
    for (const visit of drawnFrom(p.view, x.id)) {
      if (!lit.has(`visit:${visit.request}`)) continue;
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
