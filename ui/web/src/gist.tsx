import { at, clock } from "./format";
import { centreName, scannerName, siteName } from "./names";
import { assayOf, decayed, halfLife, inVial, momentOf } from "./physics";
import { nowMinute, view } from "./store";
import { batchRisk, vialRisk, visitRisk, type Risk } from "./risk";
import { Mark, Now } from "./bits";
import { t } from "./words";
import type { Batch, Ref, Vial, View, Visit } from "./types";

// Gist is a thing of the day in three lines.
export function Gist({ of }: { of: Ref }) {
  const v = view.value;
  if (!v) return null;
  const batch = of.kind === "batch" ? v.batches?.[of.id] : undefined;
  const vial = of.kind === "vial" ? v.vials?.[of.id] : undefined;
  const visit = of.kind === "visit" ? v.visits?.[of.id] : undefined;
  if (batch) return <BatchGist v={v} b={batch} />;
  if (vial) return <VialGist v={v} x={vial} />;
  if (visit) return <VisitGist v={v} x={visit} />;
  return null;
}

function BatchGist({ v, b }: { v: View; b: Batch }) {
  return (
    <>
      <p class="gist-head"><Mark tracer={b.tracer} /> <b>{b.id}</b> <span class={`stage ${b.stage}`}>{t(`stage.${b.stage}`)}</span></p>
      <p>{siteName(v, b.site)} · {t("batch.times", { beam: at(v, b.beam_start), eos: at(v, b.eos), release: at(v, b.release) })}</p>
      <p>{b.measured ? t("measured") : t("expected")} <Now of={(ms) => decayed(assayOf(b), halfLife(v, b.tracer), Math.max(ms, momentOf(v, b.eos)))} /></p>
      <RiskLine risk={batchRisk(b, nowMinute.value)} />
    </>
  );
}

function VialGist({ v, x }: { v: View; x: Vial }) {
  return (
    <>
      <p class="gist-head"><Mark tracer={x.tracer} /> <b>{x.id}</b> <span class={`stage ${x.stage}`}>{t(`stage.${x.stage}`)}</span></p>
      <p>{t("vial.way", { batch: x.batch, centre: centreName(v, x.centre) })} · {at(v, x.depart)} → {at(v, x.arrive)}</p>
      <p>{t("vial.holds", { doses: x.doses })} <Now of={(ms) => inVial(v, x, ms)} /></p>
      <RiskLine risk={vialRisk(v, x, nowMinute.value)} />
    </>
  );
}

function VisitGist({ v, x }: { v: View; x: Visit }) {
  const batch = v.vials?.[x.dispatch]?.batch ?? "";
  return (
    <>
      <p class="gist-head"><Mark tracer={x.tracer} /> <b>{x.request}</b> <span class={`stage ${x.stage}`}>{t(`stage.${x.stage}`)}</span></p>
      <p>{centreName(v, x.centre)} · {scannerName(x)} · {x.tracer}</p>
      <p>{t("visit.times", { injection: at(v, x.injection), scan: at(v, x.scan_start), end: at(v, x.scan_end) })} · {batch}</p>
      <RiskLine risk={visitRisk(v, x, nowMinute.value)} />
    </>
  );
}

export function RiskLine({ risk }: { risk: Risk | null }) {
  return risk ? <p class="risk">⚠ {t(risk.word, { on: risk.on })}</p> : null;
}

export const momentText = (v: View, iso: string): string => clock(Date.parse(iso), v.zone);
