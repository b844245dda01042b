import type { Ref, View } from "./types";
import { key } from "./scene";

// chainOf is everything that hangs together with r, from the beam to the slots: a patient's way back is one vial
// and one batch; a vial's is its batch and its patients; a batch's is all of its vials and all of theirs.
export function chainOf(v: View, r: Ref): Set<string> {
  const lit = new Set([key(r)]);
  const add = (kind: Ref["kind"], id: string | undefined) => { if (id) lit.add(key({ kind, id })); };
  const visit = r.kind === "visit" || r.kind === "request" ? v.visits?.[r.id] : undefined;
  add("visit", visit?.request);
  const vial = r.kind === "vial" ? r.id : visit?.dispatch;
  add("vial", vial);
  const batch = r.kind === "batch" ? r.id : vial ? v.vials?.[vial]?.batch : undefined;
  add("batch", batch);
  if (r.kind === "batch") for (const x of Object.values(v.vials ?? {})) if (x.batch === batch) add("vial", x.id);
  if (r.kind === "batch" || r.kind === "vial") {
    for (const x of Object.values(v.visits ?? {})) if (lit.has(key({ kind: "vial", id: x.dispatch }))) add("visit", x.request);
  }
  return lit;
}
