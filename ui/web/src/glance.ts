import { computed } from "@preact/signals";
import { nowMinute, vials, view, visits } from "./store";
import { visitRisk, type Risk } from "./risk";
import type { Vial, Visit } from "./types";

// What the header tells at a glance.
export const atRisk = computed<{ visit: Visit; risk: Risk }[]>(() => {
  const v = view.value;
  if (!v) return [];
  return visits.value.flatMap((visit) => {
    const risk = visitRisk(v, visit, nowMinute.value);
    return risk ? [{ visit, risk }] : [];
  });
});

// risky are the patients at risk; the same set as long as it holds the same, so that rows are drawn when they change.
let last = new Map<string, Risk>();
export const risky = computed<Map<string, Risk>>(() => {
  const now = new Map(atRisk.value.map(({ visit, risk }) => [visit.request, risk]));
  const same = now.size === last.size && [...now].every(([id, r]) => last.get(id)?.word === r.word && last.get(id)?.on === r.on);
  return same ? last : (last = now);
});

// next are the departures still to come, the first three.
export const next = computed<Vial[]>(() =>
  vials.value.filter((x) => x.stage === "planned" && x.depart >= nowMinute.value - 15 && view.value?.batches?.[x.batch]?.stage !== "lost").slice(0, 3));
