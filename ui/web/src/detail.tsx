import { useEffect, useRef } from "preact/hooks";
import { Actions } from "./actions";
import { batchOffers, mustDraw, requestOffers, vialOffers } from "./acts";
import { Choose, Mark, Now } from "./bits";
import { Curve } from "./curve";
import { activity, at, clock, duration, number, percent } from "./format";
import { RiskLine } from "./gist";
import { centreName, scannerName, siteName } from "./names";
import { assayOf, decayed, drawnFrom, halfLife, inVial, left, momentOf, tracerName, vialsOf } from "./physics";
import { batchRisk, vialRisk, visitRisk } from "./risk";
import { lawText, local } from "./sentences";
import { chosen, choose, nowMinute, view } from "./store";
import { t } from "./words";
import type { ComponentChildren } from "preact";
import type { Assay, Batch, Request, Vial, View, Visit } from "./types";

// Detail is everything about the chosen thing, and what may be done with it now.
export function Detail() {
  const v = view.value;
  const r = chosen.value;
  const box = useRef<HTMLElement>(null);
  useEffect(() => { if (box.current) box.current.scrollTop = 0; }, [r?.kind, r?.id]);
  if (!v || !r) return null;
  const request = v.requests?.[r.id];
  const body = r.kind === "batch" ? v.batches?.[r.id] && <OfBatch key={r.id} v={v} b={v.batches[r.id]!} />
    : r.kind === "vial" ? v.vials?.[r.id] && <OfVial key={r.id} v={v} x={v.vials[r.id]!} />
    : request && <OfPatient key={r.id} v={v} r={request} x={v.visits?.[r.id]} />;
  return (
    <section class="card detail" ref={box} tabIndex={-1} aria-label={t("detail")} data-testid="detail" data-of={`${r.kind}:${r.id}`}>
      <button class="icon close" onClick={() => choose(null)} aria-label={t("close")}>✕</button>
      {body || <p>{t("detail.gone", { id: r.id })}</p>}
    </section>
  );
}

function Head({ tracer, id, stage, sub }: { tracer: string; id: string; stage: string; sub: string }) {
  return (
    <header>
      <h2><Mark tracer={tracer} size="1em" /> {id} <span class={`stage ${stage}`}>{t(`stage.${stage}` as "stage.planned")}</span></h2>
      <p class="mute">{sub}</p>
    </header>
  );
}

function Facts({ children }: { children: ComponentChildren }) {
  return <dl class="facts">{children}</dl>;
}

function Fact({ name, children }: { name: string; children: ComponentChildren }) {
  return <div><dt>{name}</dt><dd>{children}</dd></div>;
}

const assayText = (v: View, a: Assay): string => `${activity(a.activity_bq)} ${t("at", { at: clock(Date.parse(a.reference), v.zone) })}`;

function OfBatch({ v, b }: { v: View; b: Batch }) {
  const h = halfLife(v, b.tracer);
  const tracer = v.tracers?.[b.tracer];
  const diff = b.measured ? b.measured.activity_bq / decayed(b.expected, h, Date.parse(b.measured.reference)) - 1 : 0;
  const waits = nowMinute.value < b.eos;
  return (
    <>
      <Head tracer={b.tracer} id={b.id} stage={b.stage} sub={`${tracerName(tracer, b.tracer)} · ${siteName(v, b.site)}`} />
      <RiskLine risk={b.stage === "lost" ? null : batchRisk(b, nowMinute.value)} />
      {b.stage === "lost" && <p class="risk">✕ {b.reason}</p>}
      <p class="big"><Now name={b.id} of={(ms) => decayed(assayOf(b), h, waits ? momentOf(v, b.eos) : ms)} /> <small>{waits ? t("batch.atEOS") : t("batch.now")}</small></p>
      <Curve v={v} b={b} />
      <Actions offers={batchOffers(v, b, t("field.meaning.value"))} />
      <Facts>
        <Fact name={t("fact.source")}>{b.target || b.generator || b.lot}{b.current_ua ? ` · ${number(b.current_ua, 1)} µA` : ""}</Fact>
        <Fact name={t("fact.beam")}>{at(v, b.beam_start)}–{at(v, b.beam_end)}</Fact>
        <Fact name={t("fact.synthesis")}>{at(v, b.synthesis_start)}–{at(v, b.eos)} · {b.hot_cell}</Fact>
        <Fact name={t("fact.qc")}>{at(v, b.qc_start)}–{at(v, b.release)} · {b.qc_line}</Fact>
        <Fact name={t("fact.expiry")}>{at(v, b.expiry)}</Fact>
        <Fact name={t("expected")}>{assayText(v, b.expected)}</Fact>
        <Fact name={t("measured")}>{b.measured ? <>{assayText(v, b.measured)} <b class={diff < -0.08 ? "warn" : ""}>{diff >= 0 ? "+" : "−"}{percent(Math.abs(diff))}</b></> : "–"}</Fact>
        <Fact name={t("fact.promised")}>{activity(b.promised_mbq * 1e6)}</Fact>
        <Fact name={t("fact.left")}><Now of={(ms) => left(v, b, waits ? momentOf(v, b.eos) : ms)} /></Fact>
        <Fact name={t("fact.halfLife")}>{tracer?.nuclide} · {number(h, 2)} min</Fact>
      </Facts>
      <h3>{t("vials")}</h3>
      <ul role="list" class="links">
        {vialsOf(v, b.id).map((x) => (
          <li key={x.id}><Choose to={{ kind: "vial", id: x.id }}><b class="num">{at(v, x.depart)}</b> {centreName(v, x.centre)}</Choose>
            <span class="mute">{t("doses", { n: x.doses })}</span> <Now of={(ms) => inVial(v, x, Math.max(ms, momentOf(v, b.eos)))} /> <span class={`stage ${x.stage}`}>{t(`stage.${x.stage}`)}</span></li>
        ))}
      </ul>
    </>
  );
}

function OfVial({ v, x }: { v: View; x: Vial }) {
  const batch = v.batches?.[x.batch];
  const link = v.links?.find((l) => l.id === x.link);
  const drawn = drawnFrom(v, x.id);
  const from = batch ? momentOf(v, batch.eos) : 0;
  return (
    <>
      <Head tracer={x.tracer} id={x.id} stage={x.stage} sub={`${siteName(v, link?.site ?? "")} → ${centreName(v, x.centre)}`} />
      <RiskLine risk={vialRisk(v, x, nowMinute.value)} />
      <p class="big"><Now name={x.id} of={(ms) => inVial(v, x, Math.max(ms, from))} /> <small>{t("batch.now")}</small></p>
      <Actions offers={vialOffers(v, x)} />
      <Facts>
        <Fact name={t("fact.batch")}><Choose to={{ kind: "batch", id: x.batch }}>{x.batch}</Choose></Fact>
        <Fact name={t("fact.departs")}>{at(v, x.depart)}</Fact>
        <Fact name={t("fact.arrives")}>{at(v, x.arrive)} · {link?.departures?.length ? t("by.air") : t("by.road")} {duration(x.arrive - x.depart)}</Fact>
        <Fact name={t("fact.filled")}>{assayText(v, x.filled)}</Fact>
        {batch && <Fact name={t("fact.expiry")}>{at(v, batch.expiry)}</Fact>}
      </Facts>
      <h3>{t("patients")}</h3>
      <ul role="list" class="links">
        {drawn.map((p) => (
          <li key={p.request}><Choose to={{ kind: "visit", id: p.request }}><b class="num">{at(v, p.injection)}</b> {p.request}</Choose>
            <span class="num">{activity(p.prescribed.activity_bq)}</span> <span class={`stage ${p.stage}`}>{t(`stage.${p.stage}`)}</span></li>
        ))}
      </ul>
    </>
  );
}

function OfPatient({ v, r, x }: { v: View; r: Request; x: Visit | undefined }) {
  const no = v.unserved?.[r.id];
  const where = x ? `${centreName(v, x.centre)} · ${scannerName(x)}` : r.centres.map((c) => centreName(v, c)).join(", ");
  return (
    <>
      <Head tracer={r.tracer} id={r.id} stage={x?.stage ?? r.state} sub={`${tracerName(v.tracers?.[r.tracer], r.tracer)} · ${where}`} />
      {x && <RiskLine risk={visitRisk(v, x, nowMinute.value)} />}
      {no && r.state !== "cancelled" && <div class="no"><p><b>{t("unserved.why")}</b> {lawText(no.law)}</p><p class="mute">{local(v, no.says)}</p></div>}
      {x?.stage === "promised" && <p class="big"><Now name={r.id} of={(ms) => mustDraw(v, x, ms)} /> <small>{t("visit.draw", { at: at(v, x.injection) })}</small></p>}
      <Actions offers={requestOffers(v, r, x)} />
      {x && <VisitFacts v={v} x={x} />}
      <Facts>
        <Fact name={t("fact.asked")}>{t("window", { from: at(v, r.window[0]), to: at(v, r.window[1]) })}</Fact>
        <Fact name={t("fact.due")}>{at(v, r.due)}</Fact>
        <Fact name={t("fact.class")}>{t(`class.${Math.min(4, Math.max(1, r.class))}` as "class.1")}</Fact>
        <Fact name={t("fact.weight")}>{number(r.weight_kg, 1)} kg</Fact>
        <Fact name={t("fact.prescribed")}>{number(r.dose, 0)} MBq</Fact>
        {r.pathway && <Fact name={t("fact.pathway")}>{r.pathway}</Fact>}
      </Facts>
    </>
  );
}

function VisitFacts({ v, x }: { v: View; x: Visit }) {
  const batch = v.vials?.[x.dispatch]?.batch;
  return (
    <>
      <ol role="list" class="way" aria-label={t("way")}>
        {batch && <li><Choose to={{ kind: "batch", id: batch }}>{batch}</Choose></li>}
        <li><Choose to={{ kind: "vial", id: x.dispatch }}>{x.dispatch}</Choose></li>
        <li><b>{x.request}</b></li>
      </ol>
      <Facts>
        <Fact name={t("fact.prep")}>{at(v, x.prep)}</Fact>
        <Fact name={t("fact.injection")}>{at(v, x.injection)}</Fact>
        <Fact name={t("fact.scan")}>{at(v, x.scan_start)}–{at(v, x.scan_end)} · {scannerName(x)}</Fact>
        {x.administered && <Fact name={t("fact.administered")}>{assayText(v, x.administered)}</Fact>}
      </Facts>
    </>
  );
}
