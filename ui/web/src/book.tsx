import { useState } from "preact/hooks";
import { newID, Refused, send } from "./api";
import { may, me, rolesFor } from "./people";
import { choose, dialog, locked, said, view } from "./store";
import { tracerName } from "./physics";
import { lawText } from "./sentences";
import { t } from "./words";
import type { View } from "./types";
import { Sheet } from "./sheet";

// Book asks for a patient; when is said in the region's wall time, and the planner finds the slot.
export function Book() {
  const v = view.value;
  if (!v) return null;
  return <Sheet title={t("book.title")}><Form v={v} /></Sheet>;
}

// wall is a field for 24-hour time, whatever the browser's own language makes of times.
const wall = { inputMode: "numeric", pattern: "([01][0-9]|2[0-3]):[0-5][0-9]", placeholder: "09:00", maxLength: 5 } as const;

interface Wish { id: string; tracer: string; centre: string; from: string; to: string; class: number; weight: string; dose: string; scan: string }

function Form({ v }: { v: View }) {
  const [w, setW] = useState<Wish>(() => firstWish(v));
  const [no, setNo] = useState("");
  const [busy, setBusy] = useState(false);
  const [id] = useState(newID);
  const set = (part: Partial<Wish>) => setW({ ...w, ...part });
  const why = locked.value ? t("locked") : may("Book") ? "" : t("notYours", { roles: rolesFor("Book").map((r) => t(`role.${r}`)).join(", ") });
  const go = async (e: Event) => {
    e.preventDefault();
    setBusy(true);
    try {
      await send(me(), `/api/days/${encodeURIComponent(v.date)}/requests`, bodyOf(v, w), id);
      said.value = t("booked", { id: w.id });
      dialog.value = "";
      choose({ kind: "request", id: w.id });
    } catch (err) {
      setNo(err instanceof Refused ? [err.problem.law && lawText(err.problem.law), err.message].filter(Boolean).join(": ") : t("noAnswer"));
    } finally {
      setBusy(false);
    }
  };
  return (
    <form class="book-form" onSubmit={go}>
      <label>{t("book.id")}<input required value={w.id} autoFocus onInput={(e) => set({ id: e.currentTarget.value })} data-testid="book-id" /></label>
      <label>{t("book.tracer")}
        <select value={w.tracer} onChange={(e) => set({ ...likeOthers(v, e.currentTarget.value), tracer: e.currentTarget.value })}>
          {Object.entries(v.tracers ?? {}).map(([k, x]) => <option key={k} value={k}>{tracerName(x, k)}</option>)}
        </select>
      </label>
      <label>{t("book.centre")}
        <select value={w.centre} onChange={(e) => set({ centre: e.currentTarget.value })}>
          {(v.centres ?? []).map((c) => <option key={c.id} value={c.id}>{c.name || c.id}</option>)}
        </select>
      </label>
      <label>{t("book.class")}
        <select value={w.class} onChange={(e) => set({ class: Number(e.currentTarget.value) })}>
          {[1, 2, 3, 4].map((n) => <option key={n} value={n}>{t(`class.${n}` as "class.1")}</option>)}
        </select>
      </label>
      <label>{t("book.from")}<input {...wall} required value={w.from} onInput={(e) => set({ from: e.currentTarget.value })} /></label>
      <label>{t("book.to")}<input {...wall} required value={w.to} onInput={(e) => set({ to: e.currentTarget.value })} /></label>
      <label>{t("book.weight")}<input inputMode="decimal" required value={w.weight} onInput={(e) => set({ weight: e.currentTarget.value })} /></label>
      <label>{t("book.dose")}<input inputMode="decimal" required value={w.dose} onInput={(e) => set({ dose: e.currentTarget.value })} /></label>
      <label>{t("book.scan")}<input inputMode="numeric" required value={w.scan} onInput={(e) => set({ scan: e.currentTarget.value })} /></label>
      <p class="mute">{t("book.zone", { zone: v.zone })}</p>
      {why && <p class="why">{why}</p>}
      {no && <p class="refused" role="alert">{no}</p>}
      <button class="primary" type="submit" disabled={Boolean(why) || busy} data-testid="book-go">{t("book.go")}</button>
    </form>
  );
}

function firstWish(v: View): Wish {
  const tracer = v.tracers?.["FDG"] ? "FDG" : (Object.keys(v.tracers ?? {})[0] ?? "");
  return { id: "", tracer, centre: v.centres?.[0]?.id ?? "", from: "09:00", to: "15:00", class: 3, weight: "75", dose: "250", scan: "20", ...likeOthers(v, tracer) };
}

// likeOthers proposes what the day's other patients of the tracer have; uptake and value are theirs as well.
function likeOthers(v: View, tracer: string): Partial<Wish> {
  const r = Object.values(v.requests ?? {}).find((x) => x.tracer === tracer);
  return r ? { dose: String(Math.round(r.dose)), scan: String(r.scan), weight: String(r.weight_kg) } : {};
}

function bodyOf(v: View, w: Wish): unknown {
  const all = Object.values(v.requests ?? {});
  const like = all.find((x) => x.tracer === w.tracer && x.class === w.class) ?? all.find((x) => x.tracer === w.tracer);
  const priced = all.find((x) => x.class === w.class) ?? like;
  const n = (s: string) => Number(s.replace(",", "."));
  return {
    request: {
      id: w.id.trim(), tracer: w.tracer, weight_kg: n(w.weight), dose: n(w.dose), uptake: like?.uptake ?? [60, 75], scan: n(w.scan),
      class: w.class, value: priced?.value ?? 1000, late_per_min: priced?.late_per_min ?? 1, centres: [w.centre],
    },
    wall: { from: w.from, to: w.to, zone: v.zone },
  };
}
