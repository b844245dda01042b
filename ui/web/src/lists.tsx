import { useComputed } from "@preact/signals";
import { risky } from "./glance";
import { at, mbq, number } from "./format";
import { scannerName } from "./names";
import { assayOf, decayed, halfLife, inVial, momentOf } from "./physics";
import { batchRisk } from "./risk";
import { Choose, Mark, Now } from "./bits";
import { lawText } from "./sentences";
import { batches, chosen, nowMinute, requests, vials, view, visits } from "./store";
import { t } from "./words";
import type { Batch, Centre, Site, View, Visit } from "./types";

// Lists is the timeline's twin in words: each site's batches and each centre's patients, for a screen reader, a
// keyboard, a printer, and whoever likes a list better.
export function Lists() {
  const v = view.value;
  if (!v) return null;
  return (
    <div class="lists" data-testid="lists" tabIndex={0} aria-label={t("screen.lists")} role="region">
      <div class="columns">
        {(v.sites ?? []).map((s) => <SiteList key={s.id} s={s} />)}
        {(v.centres ?? []).map((c) => <CentreList key={c.id} v={v} c={c} />)}
      </div>
    </div>
  );
}

function SiteList({ s }: { s: Site }) {
  const own = batches.value.filter((b) => b.site === s.id);
  if (own.length === 0) return null;
  return (
    <section class="card list" aria-label={s.name || s.id} data-site={s.id}>
      <h2>{s.name || s.id} <span class="count">{number(own.length)}</span></h2>
      <table>
        <thead><tr><th>{t("col.batch")}</th><th>{t("fact.beam")}</th><th>{t("col.eos")}</th><th>{t("col.release")}</th><th>{t("col.stage")}</th><th class="right">{t("col.activity")}</th></tr></thead>
        <tbody>{own.map((b) => <BatchLine key={b.id} b={b} />)}</tbody>
      </table>
    </section>
  );
}

function BatchLine({ b }: { b: Batch }) {
  const v = view.peek()!;
  const risk = batchRisk(b, nowMinute.value);
  const on = useComputed(() => chosen.value?.id === b.id).value;
  return (
    <tr data-batch={b.id} class={`${b.stage} ${on ? "on" : ""}`}>
      <th scope="row"><Choose to={{ kind: "batch", id: b.id }}><Mark tracer={b.tracer} /> {b.id}</Choose></th>
      <td class="num">{at(v, b.beam_start)}–{at(v, b.beam_end)}</td>
      <td class="num">{at(v, b.eos)}</td>
      <td class="num">{at(v, b.release)}</td>
      <td><span class={`stage ${b.stage}`}>{t(`stage.${b.stage}`)}</span>{risk && b.stage !== "lost" && <span class="warn" title={t(risk.word, { on: b.id })}> ⚠</span>}</td>
      <td class="right">{b.stage === "lost" ? "–" : <Now name={b.id} of={(ms) => decayed(assayOf(b), halfLife(v, b.tracer), Math.max(ms, momentOf(v, b.eos)))} />}</td>
    </tr>
  );
}

function CentreList({ v, c }: { v: View; c: Centre }) {
  const own = visits.value.filter((x) => x.centre === c.id);
  const here = vials.value.filter((x) => x.centre === c.id);
  const waiting = requests.value.filter((r) => r.centres[0] === c.id && v.unserved?.[r.id] && r.state === "waiting");
  if (own.length + here.length + waiting.length === 0) return null;
  return (
    <section class="card list" aria-label={c.name || c.id} data-centre={c.id}>
      <h2>{c.name || c.id} <span class="count">{number(own.length)}</span></h2>
      {here.length > 0 && (
        <ul role="list" class="fridge" aria-label={t("vials")}>
          {here.map((x) => (
            <li key={x.id} data-vial={x.id} class={x.stage}>
              <Choose to={{ kind: "vial", id: x.id }}><Mark tracer={x.tracer} /> {at(v, x.arrive)}</Choose> <span class={`stage ${x.stage}`}>{t(`stage.${x.stage}`)}</span>{" "}
              <Now name={x.id} of={(ms) => inVial(view.peek()!, x, Math.max(ms, momentOf(v, x.depart)))} />
            </li>
          ))}
        </ul>
      )}
      <table>
        <thead><tr><th>{t("fact.injection")}</th><th>{t("col.patient")}</th><th class="right">{t("col.dose")}</th><th>{t("col.scan")}</th><th>{t("col.scanner")}</th><th>{t("col.stage")}</th></tr></thead>
        <tbody>
          {own.map((x) => <VisitLine key={x.request} x={x} />)}
          {waiting.map((r) => (
            <tr key={r.id} data-waiting={r.id} class="waiting">
              <td class="num">–</td>
              <th scope="row"><Choose to={{ kind: "request", id: r.id }}><Mark tracer={r.tracer} /> {r.id}</Choose></th>
              <td colSpan={3}>{lawText(v.unserved![r.id]!.law)}</td>
              <td><span class="stage waiting">{t("stage.waiting")}</span></td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

// A line is drawn again when its own visit, its risk or its being chosen changes, not with every entry.
function VisitLine({ x }: { x: Visit }) {
  const v = view.peek()!;
  const risk = useComputed(() => risky.value.get(x.request)).value;
  const on = useComputed(() => chosen.value?.id === x.request).value;
  return (
    <tr data-visit={x.request} class={`${x.stage} ${on ? "on" : ""}`}>
      <td class="num"><b>{at(v, x.injection)}</b></td>
      <th scope="row"><Choose to={{ kind: "visit", id: x.request }}><Mark tracer={x.tracer} /> {x.request}</Choose></th>
      <td class="num right">{mbq((x.administered ?? x.prescribed).activity_bq)}</td>
      <td class="num">{at(v, x.scan_start)}–{at(v, x.scan_end)}</td>
      <td>{scannerName(x)}</td>
      <td><span class={`stage ${x.stage}`}>{t(`stage.${x.stage}`)}</span>{risk && <span class="warn" title={t(risk.word, { on: risk.on })}> ⚠</span>}</td>
    </tr>
  );
}
