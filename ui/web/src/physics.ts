import { serverNow } from "./clock";
import type { Assay, Batch, Tracer, Vial, View, Visit } from "./types";

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

const collator = new Intl.Collator("en", { numeric: true });
export const cmp = (a: string, b: string): number => collator.compare(a, b);

// groups keeps, for each version of a map of the day, its things by what they belong to: asked often, made once.
function groups<T>(by: (x: T) => string, order: (a: T, b: T) => number) {
  const made = new WeakMap<object, Map<string, T[]>>();
  return (all: Record<string, T> | undefined, of: string): T[] => {
    if (!all) return [];
    let map = made.get(all);
    if (!map) {
      map = new Map();
      for (const x of Object.values(all).sort(order)) {
        const there = map.get(by(x));
        if (there) there.push(x);
        else map.set(by(x), [x]);
      }
      made.set(all, map);
    }
    return map.get(of) ?? [];
  };
}

const byBatch = groups<Vial>((x) => x.batch, (a, b) => a.depart - b.depart || cmp(a.id, b.id));
const byVial = groups<Visit>((x) => x.dispatch, (a, b) => a.injection - b.injection || cmp(a.request, b.request));

// vialsOf are a batch's vials by departure; drawnFrom are a vial's patients by injection.
export const vialsOf = (v: View, batch: string): Vial[] => byBatch(v.vials, batch);
export const drawnFrom = (v: View, vial: string): Visit[] => byVial(v.visits, vial);

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
  for (const visit of drawnFrom(v, x.id)) {
    if (visit.stage === "promised") continue;
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
