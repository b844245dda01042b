import type { Word } from "./words";
import type { Batch, Vial, View, Visit } from "./types";

// grace is how long past its minute a thing counts as on its way, in minutes.
const grace = 10;

// Risk says why a promise may not be kept, nearest cause to the beam first, and on what it hangs.
export interface Risk { word: Word; on: string }

export function batchRisk(b: Batch, now: number): Risk | null {
  if (b.stage === "lost") return { word: "risk.lost", on: b.id };
  if (b.stage === "planned" && now >= b.beam_start - 5) return { word: "risk.unarmed", on: b.id };
  if (b.stage === "armed" && now > b.beam_start + grace) return { word: "risk.beamLate", on: b.id };
  if (b.stage === "beam" && now > b.synthesis_start + grace) return { word: "risk.synthesisLate", on: b.id };
  if (b.stage === "synthesis" && now > b.eos + grace) return { word: "risk.measureLate", on: b.id };
  if (b.stage === "qc" && now > b.release + grace) return { word: "risk.unreleased", on: b.id };
  return null;
}

export function vialRisk(v: View, x: Vial, now: number): Risk | null {
  const b = v.batches?.[x.batch];
  const before = b ? batchRisk(b, now) : null;
  if (before) return before;
  if (x.stage === "planned" && now > x.depart + grace) return { word: "risk.notSent", on: x.id };
  if (x.stage === "dispatched" && now > x.arrive + grace) return { word: "risk.notReceived", on: x.id };
  return null;
}

// visitRisk is nil once the patient has been injected: from there on nothing upstream matters.
export function visitRisk(v: View, x: Visit, now: number): Risk | null {
  if (x.stage !== "promised") return null;
  const vial = v.vials?.[x.dispatch];
  const before = vial ? vialRisk(v, vial, now) : null;
  if (before) return before;
  return now > x.injection + grace ? { word: "risk.notInjected", on: x.request } : null;
}
