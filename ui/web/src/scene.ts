import type { Batch, Centre, Ref, Site, Vial, View, Visit } from "./types";
import { cmp } from "./physics";

// The day as lanes and boxes, before it has any size: pure, so that it can be reckoned once per change.
export type LaneKind = "source" | "cell" | "qc" | "road" | "uptake" | "scanner" | "therapy";
export type LaneWord = "target" | "generator" | "lot" | "cell" | "qc" | "road" | "uptake" | "scanner" | "therapy";
export type Mood = "plan" | "armed" | "run" | "done" | "lost";
export type Part = "beam" | "synthesis" | "clean" | "qc" | "road" | "prep" | "uptake" | "scan" | "turn";

export interface Lane { id: string; kind: LaneKind; word: LaneWord; label: string; rows: number; open: [number, number][] }
export interface Group { id: string; kind: "site" | "centre"; label: string; lanes: Lane[] }
export interface Box {
  lane: string;
  row: number;
  from: number;
  to: number;
  part: Part;
  mood: Mood;
  tracer: string;
  ref: Ref;
  label: string;
}

export interface Scene { groups: Group[]; boxes: Box[]; byRef: Map<string, Box[]>; from: number; to: number }

export const key = (r: Ref): string => `${r.kind}:${r.id}`;

// sceneOf lays the day out; lanes on which nothing happens today are left out unless all are asked for.
export function sceneOf(v: View, all: boolean): Scene {
  const boxes: Box[] = [];
  for (const b of Object.values(v.batches ?? {})) boxes.push(...batchBoxes(b));
  for (const x of Object.values(v.vials ?? {})) boxes.push(vialBox(v, x));
  for (const x of Object.values(v.visits ?? {})) boxes.push(...visitBoxes(v, x));
  const groups = [...(v.sites ?? []).map(siteGroup), ...(v.centres ?? []).map(centreGroup)];
  pack(groups, boxes);
  const used = new Set(boxes.map((b) => b.lane));
  if (!all) for (const g of groups) g.lanes = g.lanes.filter((l) => used.has(l.id));
  const byRef = new Map<string, Box[]>();
  for (const b of boxes) put(byRef, key(b.ref), b);
  const from = Math.min(...boxes.map((b) => b.from), ...(boxes.length ? [] : [360]));
  const to = Math.max(...boxes.map((b) => b.to), ...(boxes.length ? [] : [1080]));
  return { groups: groups.filter((g) => g.lanes.length > 0), boxes, byRef, from, to };
}

function put(to: Map<string, Box[]>, key: string, b: Box): void {
  const there = to.get(key);
  if (there) there.push(b);
  else to.set(key, [b]);
}

function siteGroup(s: Site): Group {
  const lanes: Lane[] = [];
  const add = (kind: LaneKind, word: LaneWord, id: string) => lanes.push({ id: `${kind}:${id}`, kind, word, label: bare(id, s.id), rows: 1, open: [] });
  for (const c of s.cyclotrons ?? []) for (const t of c.targets) add("source", "target", t.id);
  for (const g of s.generators ?? []) add("source", "generator", g.id);
  for (const l of s.lots ?? []) add("source", "lot", l.id);
  for (const h of s.hot_cells ?? []) add("cell", "cell", h.id);
  for (const q of s.qc_lines ?? []) add("qc", "qc", q);
  return { id: s.id, kind: "site", label: s.name || s.id, lanes };
}

function centreGroup(c: Centre): Group {
  const lanes: Lane[] = [
    { id: `road:${c.id}`, kind: "road", word: "road", label: "", rows: 1, open: [] },
    { id: `uptake:${c.id}`, kind: "uptake", word: "uptake", label: String(c.uptake_rooms), rows: Math.max(1, c.uptake_rooms), open: [] },
  ];
  for (const s of c.scanners ?? []) {
    const kind = s.kind === "therapy_room" ? "therapy" : "scanner";
    lanes.push({ id: `scanner:${s.id}`, kind, word: kind, label: bare(s.id, c.id), rows: 1, open: s.open });
  }
  return { id: c.id, kind: "centre", label: c.name || c.id, lanes };
}

// bare leaves the site's own name out of its parts' names: oslo-f18-1 in Oslo is f18-1.
function bare(id: string, of: string): string {
  return id.toLowerCase().startsWith(of.toLowerCase() + "-") ? id.slice(of.length + 1) : id;
}

function batchBoxes(b: Batch): Box[] {
  const ref: Ref = { kind: "batch", id: b.id };
  const box = (lane: string, part: Part, from: number, to: number, mood: Mood): Box =>
    ({ lane, row: 0, from, to, part, mood, tracer: b.tracer, ref, label: b.id });
  const source = b.target || b.generator || b.lot || "";
  return [
    box(`source:${source}`, "beam", b.beam_start, b.beam_end, mood(b, 0)),
    box(`cell:${b.hot_cell}`, "synthesis", b.synthesis_start, b.eos, mood(b, 1)),
    box(`cell:${b.hot_cell}`, "clean", b.eos, b.clean, mood(b, 1)),
    box(`qc:${b.qc_line}`, "qc", b.qc_start, b.release, mood(b, 2)),
  ];
}

const order = ["beam", "synthesis", "qc"];

// mood of a batch's n-th part: what is behind it is done, where it is runs, what is before it is planned or armed.
function mood(b: Batch, n: number): Mood {
  if (b.stage === "lost") return "lost";
  if (b.stage === "planned") return "plan";
  if (b.stage === "armed") return "armed";
  const at = b.stage === "released" ? order.length : order.indexOf(b.stage);
  return n < at ? "done" : n === at ? "run" : "armed";
}

function vialBox(v: View, x: Vial): Box {
  const lost = v.batches?.[x.batch]?.stage === "lost";
  const mood: Mood = lost ? "lost" : x.stage === "planned" ? "plan" : x.stage === "dispatched" ? "run" : "done";
  return { lane: `road:${x.centre}`, row: 0, from: x.depart, to: Math.max(x.arrive, x.depart + 3), part: "road", mood, tracer: x.tracer, ref: { kind: "vial", id: x.id }, label: x.batch };
}

function visitBoxes(v: View, x: Visit): Box[] {
  const ref: Ref = { kind: "visit", id: x.request };
  const n = ["promised", "injected", "scanning", "scanned"].indexOf(x.stage);
  const box = (lane: string, part: Part, from: number, to: number, mood: Mood): Box =>
    ({ lane, row: 0, from, to, part, mood, tracer: x.tracer, ref, label: x.request });
  const turn = scannerOf(v, x)?.turnaround ?? 0;
  const uptake: Mood = n === 0 ? "plan" : n === 1 ? "run" : "done";
  const scan: Mood = n < 2 ? "plan" : n === 2 ? "run" : "done";
  return [
    box(`uptake:${x.centre}`, "prep", x.prep, x.injection, uptake),
    box(`uptake:${x.centre}`, "uptake", x.injection, x.scan_start, uptake),
    box(`scanner:${x.scanner}`, "scan", x.scan_start, x.scan_end, scan),
    ...(turn > 0 ? [box(`scanner:${x.scanner}`, "turn", x.scan_end, x.scan_end + turn, scan)] : []),
  ];
}

const scannerOf = (v: View, x: Visit) =>
  v.centres?.find((c) => c.id === x.centre)?.scanners?.find((s) => s.id === x.scanner);

// pack gives boxes that overlap in a lane rows of their own: rooms of a centre, vials on the road at once.
function pack(groups: Group[], boxes: Box[]): void {
  const byLane = new Map<string, Box[]>();
  for (const b of boxes) put(byLane, b.lane, b);
  for (const g of groups) {
    for (const l of g.lanes) {
      if (l.kind === "uptake" || l.kind === "road") l.rows = Math.max(l.rows, rows(byLane.get(l.id) ?? []));
    }
  }
}

// rows seats each patient or vial in the first row that is free; a patient's parts stay together.
function rows(boxes: Box[]): number {
  const whole = new Map<string, { from: number; to: number; boxes: Box[] }>();
  for (const b of boxes) {
    const w = whole.get(b.ref.id) ?? { from: b.from, to: b.to, boxes: [] };
    whole.set(b.ref.id, { from: Math.min(w.from, b.from), to: Math.max(w.to, b.to), boxes: [...w.boxes, b] });
  }
  const ends: number[] = [];
  for (const w of [...whole.values()].sort((a, b) => a.from - b.from || cmp(a.boxes[0]!.ref.id, b.boxes[0]!.ref.id))) {
    let row = ends.findIndex((end) => end <= w.from);
    if (row < 0) row = ends.length;
    ends[row] = w.to;
    for (const b of w.boxes) b.row = row;
  }
  return ends.length;
}
