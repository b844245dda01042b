import { activity, at, number, percent } from "./format";
import { centreName } from "./names";
import { decayed, halfLife } from "./physics";
import { has, t, type Word } from "./words";
import type { Alarm, Entry, View } from "./types";

// lawText is the law's name as people say it; a law that this page does not know keeps its own word.
export function lawText(law: string): string {
  return has(`law.${law}`) ? t(`law.${law}` as Word) : law;
}

// local turns the times of the server's sentences, which are UTC, to the region's clock.
export function local(v: View, says: string): string {
  return says.replace(/\b(\d\d):(\d\d) UTC\b/g, (_, h: string, m: string) => at(v, Number(h) * 60 + Number(m)));
}

// alarmText says an alarm in the board's language; one that it does not know it says as the server wrote it.
export function alarmText(v: View, id: string, a: Alarm): { says: string; do: string } {
  const kind = id.split(":")[0] ?? "";
  const says = `alarm.${kind}.says`;
  const does = `alarm.${kind}.do`;
  if (!has(says) || !has(does)) return { says: local(v, a.says), do: a.do };
  const n = /\d+/.exec(a.says)?.[0] ?? "";
  return { says: t(says, { on: a.on, n, share: shareOf(v, a), reason: v.batches?.[a.on]?.reason ?? "" }), do: t(does) };
}

// shareOf is how far below plan a batch came out, or how much of the prescribed was given.
function shareOf(v: View, a: Alarm): string {
  const b = v.batches?.[a.on];
  if (b?.measured) return percent(1 - b.measured.activity_bq / decayed(b.expected, halfLife(v, b.tracer), Date.parse(b.measured.reference)));
  const x = v.visits?.[a.on];
  return x?.administered ? percent(x.administered.activity_bq / x.prescribed.activity_bq) : "";
}

type Data = Record<string, unknown>;
const text = (d: Data, key: string): string => String(d[key] ?? "");

// sentence says an entry of the journal: what happened, to what.
export function sentence(v: View, e: Entry): string {
  const d = e.data ?? {};
  if (e.event === "Adopted") return adopted(e);
  const word = `event.${e.event}`;
  return has(word) ? t(word, fill(v, e.event, d)) : `${e.event} ${text(d, "batch") || text(d, "vial") || text(d, "request")}`;
}

function fill(v: View, event: string, d: Data): Record<string, string> {
  const assay = (d["assay"] ?? d["administered"]) as { activity_bq: number } | undefined;
  const common = {
    batch: text(d, "batch"), vial: text(d, "vial"), request: typeof d["request"] === "object" ? "" : text(d, "request"),
    reason: text(d, "reason"), device: text(d, "device"), activity: assay ? activity(assay.activity_bq) : "",
    centre: centreName(v, v.vials?.[text(d, "vial")]?.centre ?? ""), stage: "",
  };
  if (event === "Begun") return { ...common, stage: has(`stage.${text(d, "stage")}`) ? t(`stage.${text(d, "stage")}` as Word) : text(d, "stage") };
  if (event === "Booked") return { ...common, ...booked(v, d) };
  if (event === "Moved") return { ...common, ...moved(v, d) };
  return common;
}

function booked(v: View, d: Data): Record<string, string> {
  const r = d["request"] as { id?: string; tracer?: string; centres?: string[] } | undefined;
  const w = d["wall"] as { from?: string; to?: string } | undefined;
  return { request: r?.id ?? "", tracer: r?.tracer ?? "", centre: centreName(v, r?.centres?.[0] ?? ""), from: w?.from ?? "", to: w?.to ?? "" };
}

function moved(v: View, d: Data): Record<string, string> {
  const a = d["appointment"] as { request?: string; scanner?: string; injection?: number } | undefined;
  return { request: a?.request ?? "", scanner: a?.scanner ?? "", at: at(v, a?.injection ?? 0) };
}

// adopted says whom the plan serves where that is known: the plan travels in the patch, and of its score what changed.
function adopted(e: Entry): string {
  return e.score && Number.isFinite(e.score.served) && Number.isFinite(e.score.asked) ? t("event.AdoptedFor", { served: number(e.score.served), asked: number(e.score.asked) }) : t("event.Adopted");
}
