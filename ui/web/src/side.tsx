import { at, number } from "./format";
import { centreName, siteName } from "./names";
import { assayOf, decayed, halfLife, momentOf, shareLeft } from "./physics";
import { batchRisk } from "./risk";
import { atRisk } from "./glance";
import { Bar, Choose, Mark, Now } from "./bits";
import { alarmText, lawText, local } from "./sentences";
import { batches, chosen, choose, hovered, nowMinute, sameRef, view } from "./store";
import { t } from "./words";
import type { Batch, View } from "./types";

// Alarms are what a person should look at now, most urgent first; each says what to do.
export function Alarms() {
  const v = view.value;
  const all = Object.entries(v?.alarms ?? {}).sort(([a, x], [b, y]) => x.priority - y.priority || y.at - x.at || a.localeCompare(b));
  return (
    <section class="card alarms" aria-label={t("alarms")} aria-live="polite">
      <h2>{t("alarms")} <span class="count">{number(all.length)}</span></h2>
      {all.length === 0 && <p class="calm">✓ {t("alarms.none")}</p>}
      <ul role="list">
        {v && all.map(([id, a]) => {
          const said = alarmText(v, id, a);
          const ref = refOf(v, a.on);
          return (
            <li key={id} class={`alarm p${a.priority}`} data-alarm={id}>
              <span class="prio" aria-label={t("alarm.priority", { n: a.priority })}>{a.priority}</span>
              <div>
                <p>{ref ? <Choose to={ref}>{said.says}</Choose> : said.says}</p>
                <p class="do">→ {said.do}</p>
              </div>
            </li>
          );
        })}
      </ul>
      <AtRisk />
    </section>
  );
}

function AtRisk() {
  if (atRisk.value.length === 0) return null;
  const causes = new Map<string, { on: string; text: string; who: string[] }>();
  for (const { visit, risk } of atRisk.value) {
    const c = causes.get(risk.word + risk.on) ?? { on: risk.on, text: t(risk.word, { on: risk.on }), who: [] };
    c.who.push(visit.request);
    causes.set(risk.word + risk.on, c);
  }
  return (
    <ul role="list" class="risks">
      {[...causes.values()].slice(0, 6).map((c) => {
        const ref = refOf(view.value!, c.on);
        return <li key={c.on + c.text}>⚠ {ref ? <Choose to={ref}>{c.text}</Choose> : c.text} {c.who[0] !== c.on && <span class="mute">{t("risk.waits", { n: c.who.length })}</span>}</li>;
      })}
    </ul>
  );
}

export function refOf(v: View, id: string) {
  if (v.batches?.[id]) return { kind: "batch" as const, id };
  if (v.vials?.[id]) return { kind: "vial" as const, id };
  if (v.visits?.[id]) return { kind: "visit" as const, id };
  if (v.requests?.[id]) return { kind: "request" as const, id };
  return null;
}

// NotServed is who has no appointment, and which law or shortage stood in the way.
export function NotServed() {
  const v = view.value;
  const all = Object.values(v?.unserved ?? {}).filter((u) => v?.requests?.[u.request]?.state !== "cancelled");
  if (!v || all.length === 0) return null;
  all.sort((a, b) => (v.requests?.[a.request]?.class ?? 9) - (v.requests?.[b.request]?.class ?? 9) || a.request.localeCompare(b.request, "en", { numeric: true }));
  return (
    <section class="card unserved" aria-label={t("unserved")}>
      <h2>{t("unserved")} <span class="count">{number(all.length)}</span></h2>
      <ul role="list">
        {all.map((u) => {
          const r = v.requests?.[u.request];
          return (
            <li key={u.request} data-unserved={u.request}>
              <Choose to={{ kind: "request", id: u.request }}><Mark tracer={r?.tracer ?? ""} /> <b>{u.request}</b></Choose>
              <span class="mute"> {centreName(v, r?.centres[0] ?? "")} · {t("class", { n: r?.class ?? "" })}</span>
              <p title={local(v, u.says)}>{lawText(u.law)}</p>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

// Activities is what there is of each batch now, counting down; those done with are at the end.
export function Activities() {
  const v = view.value;
  if (!v) return null;
  const now = nowMinute.value;
  const rank = (b: Batch) => {
    if (b.stage === "lost" || now > b.expiry) return 3;
    if (b.stage === "released") return 1;
    return ["beam", "synthesis", "qc"].includes(b.stage) || batchRisk(b, now) ? 0 : 2;
  };
  const all = [...batches.value].sort((a, b) => rank(a) - rank(b));
  return (
    <section class="card activities" aria-label={t("activities")}>
      <h2>{t("activities")} <span class="count">{number(all.length)}</span></h2>
      <ul role="list">
        {all.map((b) => <ActivityRow key={b.id} v={v} b={b} />)}
      </ul>
    </section>
  );
}

function ActivityRow({ v, b }: { v: View; b: Batch }) {
  const ref = { kind: "batch" as const, id: b.id };
  const risk = batchRisk(b, nowMinute.value);
  const gone = b.stage === "lost" || nowMinute.value > b.expiry;
  const waits = nowMinute.value < b.eos;
  return (
    <li class={`activity ${gone ? "gone" : ""} ${sameRef(chosen.value, ref) ? "on" : ""}`} data-batch={b.id}
      onPointerEnter={() => { hovered.value = ref; }} onPointerLeave={() => { hovered.value = null; }}>
      <button class="ref" onClick={() => choose(ref)} title={siteName(v, b.site)}>
        <Mark tracer={b.tracer} size="1em" /> <b>{b.id}</b>
      </button>
      <span class={`stage ${b.stage}`}>{t(`stage.${b.stage}`)}</span>
      <span class="when mute">{risk ? <b class="warn" title={t(risk.word, { on: b.id })}>⚠ {nextOf(v, b)}</b> : nextOf(v, b)}</span>
      {b.stage === "lost"
        ? <span class="num lost">–</span>
        : <Now name={b.id} of={(ms) => decayed(assayOf(b), halfLife(v, b.tracer), waits ? momentOf(v, b.eos) : ms)} />}
      <Bar tracer={b.tracer} share={b.stage === "lost" ? 0 : waits ? 1 : shareLeft(v, b, momentOf(v, nowMinute.value))} />
    </li>
  );
}

// nextOf is the batch's next moment: when its beam starts, when synthesis ends, when it is released, when it expires.
function nextOf(v: View, b: Batch): string {
  switch (b.stage) {
    case "planned": case "armed": return t("next.beam", { at: at(v, b.beam_start) });
    case "beam": return t("next.eob", { at: at(v, b.beam_end) });
    case "synthesis": return t("next.eos", { at: at(v, b.eos) });
    case "qc": return t("next.release", { at: at(v, b.release) });
    case "released": return t("next.expiry", { at: at(v, b.expiry) });
    case "lost": return t("next.lost");
  }
}

