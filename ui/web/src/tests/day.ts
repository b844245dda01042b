import { chainOf } from "../chain";
import { activity, duration } from "../format";
import { layoutOf, rectOf, zoomed } from "../layout";
import { decayed, inVial, left, momentOf } from "../physics";
import { batchRisk, visitRisk } from "../risk";
import { sceneOf } from "../scene";
import { lookOf } from "../tracers";
import { lang, t } from "../words";
import type { Assay, View } from "../types";
import { chance, check, close, equal, truth } from "./check";

const midnight = "2026-11-24T00:00:00Z";
const at = (m: number) => new Date(Date.parse(midnight) + m * 60_000).toISOString();
const assay = (mbq: number, m: number): Assay => ({ nuclide: "F-18", activity_bq: mbq * 1e6, reference: at(m) });

// small is a day with one batch, two vials and three patients.
function small(): View {
  const visit = (request: string, dispatch: string, injection: number) => ({
    request, scanner: "c1-s1", injection, scan_start: injection + 60, dispatch, centre: "c1", tracer: "FDG", prep: injection - 10,
    scan_end: injection + 80, stage: "promised" as const, prescribed: assay(250, injection),
  });
  const vial = (id: string, depart: number, mbq: number) => ({
    id, batch: "FDG-1", link: "l", depart, activity: mbq, at: 400, centre: "c1", tracer: "FDG", arrive: depart + 20, filled: assay(mbq, 400), stage: "planned" as const, doses: 1,
  });
  return {
    date: "2026-11-24", midnight, zone: "Europe/Oslo", name: "small", note: "", step: 5,
    tracers: { FDG: { name: "FDG", nuclide: "F-18", half_life_min: 110, shelf_life: 600, source: "" }, FET: { name: "FET", nuclide: "F-18", half_life_min: 110, shelf_life: 600, source: "" } },
    sites: [{ id: "s1", open: [0, 1440], cyclotrons: [{ id: "cy", targets: [{ id: "s1-t1", isotope: "F-18" }, { id: "s1-t2", isotope: "F-18" }] }], hot_cells: [{ id: "s1-h1", tracers: ["FDG"], cleanup: 30 }], qc_lines: ["s1-q1"] }],
    centres: [{ id: "c1", open: [0, 1440], uptake_rooms: 2, prep: 10, receive: 10, scanners: [{ id: "c1-s1", turnaround: 5, open: [[0, 1440]] }] }],
    batches: { "FDG-1": { id: "FDG-1", site: "s1", tracer: "FDG", target: "s1-t1", beam_start: 300, beam_end: 350, hot_cell: "s1-h1", synthesis_start: 360, qc_line: "s1-q1", qc_start: 400, stage: "planned", eos: 400, release: 430, clean: 430, expiry: 1000, expected: assay(10_000, 400), promised_mbq: 6000, reason: "" } },
    vials: { V1: vial("V1", 440, 4000), V2: vial("V2", 500, 2000) },
    visits: { A: visit("A", "V1", 480), B: visit("B", "V1", 500), C: visit("C", "V2", 560) },
  };
}

check("an activity halves in its half-life, before its moment as after", () => {
  close(decayed(assay(100, 400), 110, Date.parse(at(510))), 50e6, 1e-12, "one half-life after");
  close(decayed(assay(100, 400), 110, Date.parse(at(290))), 200e6, 1e-12, "one half-life before");
});

check("the stock steps down when vials leave", () => {
  const v = small();
  const b = v.batches!["FDG-1"]!;
  close(left(v, b, momentOf(v, 400)), 10_000e6, 1e-9, "at EOS");
  close(left(v, b, momentOf(v, 450)), decayed(assay(6000, 400), 110, momentOf(v, 450)), 1e-9, "after the first vial");
  close(left(v, b, momentOf(v, 510)), decayed(assay(4000, 400), 110, momentOf(v, 510)), 1e-9, "after both");
});

check("a vial holds what injections have left in it", () => {
  const v = small();
  const x = v.vials!["V1"]!;
  const before = inVial(v, x, momentOf(v, 490));
  v.visits = { ...v.visits, A: { ...v.visits!["A"]!, stage: "injected", administered: assay(250, 480) } }; // a view is never changed in place
  close(before - inVial(v, x, momentOf(v, 490)), decayed(assay(250, 480), 110, momentOf(v, 490)), 1e-9, "what A took");
  close(inVial(v, x, momentOf(v, 470)), decayed(x.filled, 110, momentOf(v, 470)), 1e-9, "before A");
});

check("one patient lights the way back to the beam", () => {
  equal([...chainOf(small(), { kind: "visit", id: "C" })].sort(), ["batch:FDG-1", "vial:V2", "visit:C"]);
  equal([...chainOf(small(), { kind: "batch", id: "FDG-1" })].length, 6, "what hangs on the batch");
});

check("lanes without work are left out until they are asked for", () => {
  const lanes = (all: boolean) => sceneOf(small(), all).groups.flatMap((g) => g.lanes.map((l) => l.id));
  truth(!lanes(false).includes("source:s1-t2") && lanes(true).includes("source:s1-t2"), "the idle target");
});

check("nobody overlaps in an uptake room, and no box leaves its lane", () => {
  const roll = chance(3);
  const v = small();
  for (let i = 0; i < 200; i++) {
    const injection = 400 + 5 * Math.floor(roll() * 80);
    v.visits![`R${i}`] = { ...v.visits!["A"]!, request: `R${i}`, injection, prep: injection - 10, scan_start: injection + 60, scan_end: injection + 80 };
  }
  const s = sceneOf(v, false);
  const l = layoutOf(s, 600, 8, 30);
  const rooms = s.boxes.filter((b) => b.lane === "uptake:c1");
  for (const a of rooms) for (const b of rooms) {
    truth(a.ref.id === b.ref.id || a.row !== b.row || a.to <= b.from || b.to <= a.from, `${a.ref.id} and ${b.ref.id} in one room`);
  }
  for (const b of s.boxes) {
    const [r, row] = [rectOf(b, l, { from: 0, to: 1440 }, 0, 1000)!, l.rowOf.get(b.lane)!];
    truth(r.y >= row.y && r.y + r.h <= row.y + row.h + 1e-9, `${b.label} in ${b.lane}`);
  }
});

check("zooming keeps the minute under the pointer where it is", () => {
  const roll = chance(5);
  for (let i = 0; i < 200; i++) {
    const w = { from: roll() * 500, to: 600 + roll() * 1000 };
    const about = w.from + roll() * (w.to - w.from);
    const z = zoomed(w, 0.1 + roll() * 10, about);
    close((about - z.from) / (z.to - z.from) + 1, (about - w.from) / (w.to - w.from) + 1, 1e-9, "its place");
    truth(z.to - z.from >= 10 - 1e-9 && z.to - z.from <= 7 * 1440 + 1e-6, "between ten minutes and a week");
  }
});

check("who is at risk, and on what it hangs", () => {
  const v = small();
  const b = v.batches!["FDG-1"]!;
  equal(batchRisk(b, 200), null, "well before the beam");
  equal(batchRisk(b, 296)?.word, "risk.unarmed", "beam due and not armed");
  equal(visitRisk(v, v.visits!["A"]!, 296), { word: "risk.unarmed", on: "FDG-1" }, "its patient");
  v.batches!["FDG-1"] = { ...b, stage: "released" };
  equal(visitRisk(v, v.visits!["A"]!, 455), { word: "risk.notSent", on: "V1" }, "a vial that stays");
  v.visits!["A"] = { ...v.visits!["A"]!, stage: "injected" };
  equal(visitRisk(v, v.visits!["A"]!, 999), null, "once injected");
});

check("numbers have three figures and the unit that fits, in the reader's language", () => {
  lang.value = "en";
  equal([12.34e9, 999.6e6, 99.96e6, 5.5e6, 800e3, 0].map(activity), ["12.3\u00a0GBq", "1.00\u00a0GBq", "100\u00a0MBq", "5.50\u00a0MBq", "800\u00a0kBq", "0\u00a0MBq"]);
  lang.value = "nb";
  equal(activity(1.5e9), "1,50\u00a0GBq");
  equal(t("alarm.priority", { n: 2 }), "Prioritet 2");
  lang.value = "en";
  equal([duration(59), duration(65)], ["59\u00a0min", "1\u00a0h\u00a005"]);
});

check("tracers differ in colour and in shape", () => {
  const v = small();
  const [a, b] = [lookOf(v, "FDG"), lookOf(v, "FET")];
  truth(a.light !== b.light && a.dark !== b.dark && a.shape !== b.shape, "FDG and FET");
});
