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

// next are the departures still to come, the first three.
export const next = computed<Vial[]>(() =>
  vials.value.filter((x) => x.stage === "planned" && x.depart >= nowMinute.value - 15 && view.value?.batches?.[x.batch]?.stage !== "lost").slice(0, 3));
