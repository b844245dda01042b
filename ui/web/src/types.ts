// What the server says, word for word: the desk's View and the journal's entries. Minutes count from View.midnight.

export type Minute = number;
export type Span = [Minute, Minute];

export interface Assay {
  nuclide: string;
  activity_bq: number;
  reference: string;
}

export interface Tracer {
  name: string;
  nuclide: string;
  half_life_min: number;
  shelf_life: Minute;
  source: string;
}

export interface Target { id: string; isotope: string }
export interface Cyclotron { id: string; targets: Target[] }
export interface HotCell { id: string; tracers: string[]; cleanup: Minute }
export interface Site {
  id: string;
  name?: string;
  open: Span;
  cyclotrons: Cyclotron[] | null;
  generators?: { id: string; isotope: string }[] | null;
  lots?: { id: string; isotope: string }[] | null;
  hot_cells: HotCell[] | null;
  qc_lines: string[] | null;
}

export interface Scanner { id: string; kind?: string; turnaround: Minute; open: Span[] }
export interface Centre {
  id: string;
  name?: string;
  open: Span;
  uptake_rooms: number;
  prep: Minute;
  receive: Minute;
  scanners: Scanner[] | null;
}

export interface Link { id: string; site: string; centre: string; travel?: Minute; departures?: [Minute, Minute][] }

export interface Request {
  id: string;
  tracer: string;
  weight_kg: number;
  dose: number;
  uptake: Span;
  scan: Minute;
  class: number;
  value: number;
  window: Span;
  due: Minute;
  late_per_min: number;
  centres: string[];
  pathway?: string;
  state: "waiting" | "promised" | "injected" | "scanning" | "scanned" | "cancelled";
}

export type BatchStage = "planned" | "armed" | "beam" | "synthesis" | "qc" | "released" | "lost";

export interface Batch {
  id: string;
  site: string;
  tracer: string;
  target?: string;
  generator?: string;
  lot?: string;
  beam_start: Minute;
  beam_end: Minute;
  current_ua?: number;
  hot_cell: string;
  synthesis_start: Minute;
  qc_line: string;
  qc_start: Minute;
  stage: BatchStage;
  eos: Minute;
  release: Minute;
  clean: Minute;
  expiry: Minute;
  expected: Assay;
  measured?: Assay | null;
  promised_mbq: number;
  reason: string;
}

export type VialStage = "planned" | "dispatched" | "received";

export interface Vial {
  id: string;
  batch: string;
  link: string;
  depart: Minute;
  activity: number;
  at: Minute;
  centre: string;
  tracer: string;
  arrive: Minute;
  filled: Assay;
  stage: VialStage;
  doses: number;
}

export type VisitStage = "promised" | "injected" | "scanning" | "scanned";

export interface Visit {
  request: string;
  scanner: string;
  injection: Minute;
  scan_start: Minute;
  dispatch: string;
  centre: string;
  tracer: string;
  prep: Minute;
  scan_end: Minute;
  stage: VisitStage;
  prescribed: Assay;
  administered?: Assay | null;
}

export interface Unserved { request: string; law: string; says: string }
export interface Alarm { priority: number; at: Minute; on: string; says: string; do: string }

export interface Score {
  value: number; late: number; away: number; batch: number; beam: number;
  activity: number; dispatch: number; move: number; served: number; asked: number;
}

export interface View {
  date: string;
  midnight: string;
  zone: string;
  name: string;
  note: string;
  step: Minute;
  tracers?: Record<string, Tracer>;
  sites?: Site[];
  centres?: Centre[];
  links?: Link[];
  requests?: Record<string, Request>;
  batches?: Record<string, Batch>;
  vials?: Record<string, Vial>;
  visits?: Record<string, Visit>;
  unserved?: Record<string, Unserved>;
  alarms?: Record<string, Alarm>;
  score?: Score;
}

export interface Entry {
  seq: number;
  at: string;
  by: { name: string; role: string };
  id: string;
  event: string;
  data: Record<string, unknown>;
  lost?: Unserved[];
  score?: Score; // the day's as of this entry, from its patch
}

export type Message =
  | { type: "snapshot"; epoch: string; seq: number; now: string; speed: number; view: View; journal: Entry[] | null }
  | { type: "entry"; seq: number; after?: number; entry: Entry; patch: Partial<View> }
  | { type: "beat"; seq: number; now: string; speed: number }
  | { type: "trace"; device: string; point: string; value: number; unit: string; at: string; batch?: string };

export type Role = "radiochemist" | "release_person" | "pet_staff" | "coordinator" | "viewer";

export type Kind = "batch" | "vial" | "visit" | "request";
// Ref names one thing of the day; a visit and its request share the patient's reference.
export interface Ref { kind: Kind; id: string }
