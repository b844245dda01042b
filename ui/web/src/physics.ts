import { serverNow } from "./clock";
import type { Assay, Batch, Tracer, Vial, View } from "./types";

export const MBq = 1e6;
const minute = 60_000;

// decayed is what a of half-life h minutes has become at the moment t (ms); before its reference it was more.
export function decayed(a: Assay, halfLifeMin: number, t: number): number {
  return a.activity_bq * 2 ** (-(t - Date.parse(a.reference)) / minute / halfLifeMin);
}

export const momentOf = (v: View, m: number): number => Date.parse(v.midnight) + m * minute;
export const minuteOf = (v: View, t: number): number => (t - Date.parse(v.midnight)) / minute;

export const halfLife = (v: View, tracer: string): number => v.tracers?.[tracer]?.half_life_min ?? Infinity;

// assayOf is the batch's best knowledge: what was measured, else what is expected.
export const assayOf = (b: Batch): Assay => b.measured ?? b.expected;

// vialsOf are a batch's vials by departure.
export function vialsOf(v: View, batch: string): Vial[] {
  return Object.values(v.vials ?? {}).filter((x) => x.batch === batch).sort((a, b) => a.depart - b.depart || cmp(a.id, b.id));
}

export const cmp = (a: string, b: string): number => a.localeCompare(b, "en", { numeric: true });

// left is what of the batch has not gone out in vials at t: a person sees the stock, not a promise.
export function left(v: View, b: Batch, t: number): number {
  const h = halfLife(v, b.tracer);
  const gone = vialsOf(v, b.id).filter((x) => leaves(v, x) <= t).reduce((sum, x) => sum + decayed(x.filled, h, t), 0);
  return Math.max(0, decayed(assayOf(b), h, t) - gone);
}

// leaves is when the vial went, or when it will: one that should have gone and did not goes now at the earliest.
export function leaves(v: View, x: Vial, now = serverNow()): number {
  const planned = momentOf(v, x.depart);
  return x.stage === "planned" ? Math.max(planned, now + 1) : Math.min(planned, now);
}

// inVial is what the vial holds at t after the injections drawn from it until then.
export function inVial(v: View, x: Vial, t: number): number {
  const h = halfLife(v, x.tracer);
  let bq = decayed(x.filled, h, t);
  for (const visit of Object.values(v.visits ?? {})) {
    if (visit.dispatch !== x.id || visit.stage === "promised") continue;
    const dose = visit.administered ?? visit.prescribed;
    if (Date.parse(dose.reference) <= t) bq -= decayed(dose, h, t);
  }
  return Math.max(0, bq);
}

// shareLeft tells how much of what there was at EOS decay has left, for a bar; 1 before EOS.
export function shareLeft(v: View, b: Batch, t: number): number {
  return Math.min(1, 2 ** (-(t - momentOf(v, b.eos)) / minute / halfLife(v, b.tracer)));
}

export const tracerName = (t: Tracer | undefined, id: string): string => t?.name || id;
