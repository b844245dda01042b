import { decayed, halfLife } from "./physics";
import { serverNow } from "./clock";
import type { Batch, Request, Vial, View, Visit } from "./types";
import type { Word } from "./words";

// Offer is a thing a person may do now: its command, where it is sent, what it carries and what is asked first.
export interface Offer {
  command: "Arm" | "Release" | "Fail" | "Dispatch" | "Receive" | "Inject" | "StartScan" | "FinishScan" | "Cancel";
  path: string;
  word: Word;
  ask?: Word; // what a person confirms before it is done
  field?: { name: "reason" | "meaning" | "mbq"; word: Word; value: string };
  body(field: string): unknown;
  quiet?: boolean; // a way out, not the way on
}

const at = (v: View, kind: string, id: string, verb: string) =>
  `/api/days/${encodeURIComponent(v.date)}/${kind}/${encodeURIComponent(id)}/${verb}`;

export function batchOffers(v: View, b: Batch, meaning: string): Offer[] {
  const offers: Offer[] = [];
  if (b.stage === "planned") offers.push({ command: "Arm", path: at(v, "batches", b.id, "arm"), word: "act.arm", ask: "ask.arm", body: () => ({}) });
  if (b.stage === "qc") {
    offers.push({
      command: "Release", path: at(v, "batches", b.id, "release"), word: "act.release", ask: "ask.release",
      field: { name: "meaning", word: "field.meaning", value: meaning }, body: (meaning) => ({ meaning }),
    });
  }
  if (!["planned", "lost"].includes(b.stage)) {
    offers.push({
      command: "Fail", path: at(v, "batches", b.id, "fail"), word: "act.fail", ask: "ask.fail", quiet: true,
      field: { name: "reason", word: "field.reason", value: "" }, body: (reason) => ({ reason }),
    });
  }
  return offers;
}

export function vialOffers(v: View, x: Vial): Offer[] {
  if (x.stage === "planned" && v.batches?.[x.batch]?.stage === "released") {
    return [{ command: "Dispatch", path: at(v, "vials", x.id, "dispatch"), word: "act.dispatch", ask: "ask.dispatch", body: () => ({}) }];
  }
  if (x.stage === "dispatched") return [{ command: "Receive", path: at(v, "vials", x.id, "receive"), word: "act.receive", body: () => ({}) }];
  return [];
}

export function requestOffers(v: View, r: Request, visit: Visit | undefined): Offer[] {
  const offers: Offer[] = [];
  const to = (verb: string) => at(v, "requests", r.id, verb);
  if (visit?.stage === "promised" && v.vials?.[visit.dispatch]?.stage === "received") offers.push(inject(visit, to("inject")));
  if (visit?.stage === "injected") offers.push({ command: "StartScan", path: to("start-scan"), word: "act.startScan", body: () => ({}) });
  if (visit?.stage === "scanning") offers.push({ command: "FinishScan", path: to("finish-scan"), word: "act.finishScan", body: () => ({}) });
  if (r.state === "waiting" || r.state === "promised") {
    offers.push({
      command: "Cancel", path: to("cancel"), word: "act.cancel", ask: "ask.cancel", quiet: true,
      field: { name: "reason", word: "field.reason", value: "" }, body: (reason) => ({ reason }),
    });
  }
  return offers;
}

// inject proposes what is prescribed at this moment; the person writes what the syringe held.
function inject(x: Visit, path: string): Offer {
  return {
    command: "Inject", path, word: "act.inject", ask: "ask.inject",
    field: { name: "mbq", word: "field.mbq", value: (x.prescribed.activity_bq / 1e6).toFixed(0) },
    body: (mbq) => ({
      vial: x.dispatch,
      administered: { nuclide: x.prescribed.nuclide, activity_bq: Number(mbq.replace(",", ".")) * 1e6, reference: new Date(serverNow()).toISOString() },
    }),
  };
}

// mustDraw is what to draw at t so that the prescribed activity is there at the planned injection.
export const mustDraw = (v: View, x: Visit, t: number): number => decayed(x.prescribed, halfLife(v, x.tracer), t);
