import { useComputed } from "@preact/signals";
import { speed, tick } from "./clock";
import { at, clock, longDate, number } from "./format";
import { centreName } from "./names";
import { atRisk, next } from "./glance";
import { batches, choose, connection, days, dialog, requests, role, screen, theme, view, visits, type Screen } from "./store";
import { Mark } from "./bits";
import { people } from "./people";
import { goTo, remember } from "./settings";
import { lang, t, type Word } from "./words";

export function Header() {
  const v = view.value;
  return (
    <header>
      <Ribbon />
      <div class="top">
        <div class="brand">
          <img class="logo" src="icon.svg" alt="" />
          <div>
            <h1>{v?.name || "Beamslot"}</h1>
            <p class="mute">{v ? longDate(Date.parse(v.midnight) + 12 * 3_600_000, v.zone) : t("connecting")}</p>
          </div>
        </div>
        {v && <Clock zone={v.zone} />}
        <Pulse />
        {v && <Tiles />}
        <Settings />
      </div>
    </header>
  );
}

function Clock({ zone }: { zone: string }) {
  const text = useComputed(() => (tick.value ? clock(tick.value, zone, speed.value < 10) : "--:--"));
  return (
    <p class="clock" aria-label={t("clock")}>
      <time class="num" data-testid="clock">{text}</time>
      {speed.value !== 1 && <span class="badge" title={t("speed.why")}>×{number(speed.value, Number.isInteger(speed.value) ? 0 : 1)}</span>}
    </p>
  );
}

// Pulse says whether what is shown is live; the words change with the colour.
function Pulse() {
  const state = connection.value;
  return <p class={`pulse ${state}`} role="status" data-testid="connection" data-state={state}><i aria-hidden="true" />{t(`connection.${state}`)}</p>;
}

function Tiles() {
  const cancelled = requests.value.filter((r) => r.state === "cancelled").length;
  const asked = requests.value.length - cancelled;
  const running = batches.value.filter((b) => ["beam", "synthesis", "qc"].includes(b.stage)).length;
  const unserved = Object.keys(view.value?.unserved ?? {}).length;
  const risks = atRisk.value.length;
  return (
    <dl class="tiles">
      <Tile word="tile.served" value={`${number(visits.value.length)}/${number(asked)}`} id="served" />
      <Tile word="tile.risk" value={number(risks)} mood={risks ? "warn" : ""} id="risk" />
      <Tile word="tile.unserved" value={number(unserved)} mood={unserved ? "note" : ""} id="unserved" />
      <Tile word="tile.batches" value={`${number(running)}/${number(batches.value.length)}`} id="batches" />
      <Departures />
    </dl>
  );
}

function Tile({ word, value, id, mood = "" }: { word: Word; value: string; id: string; mood?: string }) {
  return <div class={`tile ${mood}`}><dt>{t(word)}</dt><dd class="num" data-testid={id}>{value}</dd></div>;
}

function Departures() {
  const v = view.value!;
  return (
    <div class="tile departures">
      <dt>{t("tile.departures")}</dt>
      <dd>
        {next.value.length === 0 && <span class="mute">{t("none")}</span>}
        {next.value.map((x) => (
          <button class="ref" key={x.id} onClick={() => choose({ kind: "vial", id: x.id })}>
            <b class="num">{at(v, x.depart)}</b> <Mark tracer={x.tracer} /> {centreName(v, x.centre)}
          </button>
        ))}
      </dd>
    </div>
  );
}

const screens: Screen[] = ["day", "lists", "now", "journal"];

export function Tabs() {
  return (
    <nav class="tabs" aria-label={t("screens")}>
      {screens.map((s) => (
        <button key={s} class={`tab-${s}`} aria-current={screen.value === s ? "page" : undefined} onClick={() => goTo(s)}>{t(`screen.${s}`)}</button>
      ))}
    </nav>
  );
}

function Settings() {
  const themes = ["auto", "light", "dark"] as const;
  const other = lang.value === "nb" ? "EN" : "NO";
  return (
    <div class="settings">
      <Tabs />
      <button class="primary book" onClick={() => { dialog.value = "book"; }} data-testid="book">{t("book.open")}</button>
      {days.value.length > 1 && <DayPick />}
      <label class="pick"><span class="hidden">{t("role")}</span>
        <select value={role.value} onChange={(e) => remember("role", e.currentTarget.value)} data-testid="role">
          {people.map((p) => <option key={p.role} value={p.role}>{t(`role.${p.role}`)}</option>)}
        </select>
      </label>
      <button class="icon" onClick={() => remember("lang", lang.value === "nb" ? "en" : "nb")} aria-label={`${other} ${t("lang.switch")}`} data-testid="lang">{other}</button>
      <button class="icon" onClick={() => remember("theme", themes[(themes.indexOf(theme.value) + 1) % 3]!)} title={t(`theme.${theme.value}`)} aria-label={t("theme.switch", { theme: t(`theme.${theme.value}`) })} data-testid="theme">
        {{ auto: "◐", light: "☀", dark: "☾" }[theme.value]}
      </button>
      <button class="icon" onClick={() => { dialog.value = "keys"; }} aria-label={t("keys.title")}>?</button>
    </div>
  );
}

function DayPick() {
  return (
    <label class="pick"><span class="hidden">{t("day")}</span>
      <select value={view.value?.date ?? ""} onChange={(e) => { location.search = `?day=${encodeURIComponent(e.currentTarget.value)}`; }}>
        {days.value.map((d) => <option key={d} value={d}>{d}</option>)}
      </select>
    </label>
  );
}

// Ribbon keeps anybody from taking the demo for a hospital.
function Ribbon() {
  const v = view.value;
  if (!v || (speed.value === 1 && !v.note.startsWith("DEMONSTRATION"))) return null;
  return <p class="ribbon" data-testid="demo" title={v.note}>{t("demo")}</p>;
}
