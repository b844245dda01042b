import type { Box, Lane, LaneKind, Scene } from "./scene";

// Row is a lane with its place on the page, in CSS pixels from the top of the lanes.
export interface Row { lane: Lane; y: number; h: number }
export interface Block { id: string; kind: "site" | "centre"; label: string; y: number; h: number; rows: Row[] }
export interface Layout { blocks: Block[]; rowOf: Map<string, Row>; height: number; unit: number }

const weight: Record<LaneKind, number> = { source: 0.85, cell: 1, qc: 0.75, road: 0.4, uptake: 0.3, scanner: 1, therapy: 1 };
const gap = 4;

// layoutOf spreads the lanes over the height there is; below the least legible lane the page scrolls.
export function layoutOf(s: Scene, height: number, least: number, most: number): Layout {
  const units = s.groups.reduce((sum, g) => sum + g.lanes.reduce((n, l) => n + share(l), 0), 0);
  const unit = Math.max(least, Math.min(most, (height - gap * (s.groups.length + 1)) / Math.max(1, units)));
  const blocks: Block[] = [];
  const rowOf = new Map<string, Row>();
  let y = gap / 2;
  for (const g of s.groups) {
    const block: Block = { id: g.id, kind: g.kind, label: g.label, y, h: 0, rows: [] };
    for (const lane of g.lanes) {
      const row = { lane, y, h: unit * share(lane) };
      y += row.h;
      block.rows.push(row);
      rowOf.set(lane.id, row);
    }
    block.h = y - block.y;
    blocks.push(block);
    y += gap;
  }
  return { blocks, rowOf, height: y, unit };
}

const share = (l: Lane): number => Math.max(0.65, l.rows * weight[l.kind]);

// Rect is where a box is drawn.
export interface Rect { x: number; y: number; w: number; h: number }
export interface Window { from: number; to: number }

export function rectOf(b: Box, l: Layout, w: Window, x0: number, width: number): Rect | null {
  const row = l.rowOf.get(b.lane);
  if (!row || b.to <= w.from || b.from >= w.to) return null;
  const perMin = width / (w.to - w.from);
  const thin = row.lane.kind === "uptake" || row.lane.kind === "road";
  const pad = thin ? 0.5 : Math.min(2, row.h * 0.1);
  const h = thin ? row.h / row.lane.rows : row.h;
  return { x: x0 + (b.from - w.from) * perMin, y: row.y + (thin ? b.row * h : 0) + pad, w: Math.max(1.5, (b.to - b.from) * perMin), h: h - 2 * pad };
}

// zoomed is the window n times as wide about the minute `about`, between ten minutes and a week.
export function zoomed(w: Window, n: number, about: number): Window {
  const span = Math.max(10, Math.min(7 * 1440, (w.to - w.from) * n));
  const left = (about - w.from) / (w.to - w.from);
  return { from: about - span * left, to: about - span * left + span };
}

export const panned = (w: Window, min: number): Window => ({ from: w.from + min, to: w.to + min });
