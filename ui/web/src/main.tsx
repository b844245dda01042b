import { render } from "preact";
import { effect } from "@preact/signals";
import { App } from "./app";
import { fetchDays } from "./api";
import { startTicking } from "./clock";
import { listenToKeys } from "./keys";
import { Live } from "./live";
import { recall } from "./settings";
import { connection, days, hear, problem, view } from "./store";
import { t } from "./words";
import "./board.css";

recall();
render(<App />, document.getElementById("board")!);
startTicking();
listenToKeys();
effect(() => {
  const v = view.value;
  document.title = v ? `${v.name} · Beamslot` : "Beamslot";
});
void start();

// start asks which days there are, and follows the one in the address or else the first; it asks until it is told.
async function start(): Promise<void> {
  const wanted = new URLSearchParams(location.search).get("day");
  try {
    days.value = await fetchDays();
    problem.value = days.value.length || wanted ? "" : t("noDays");
  } catch {
    problem.value = t("noAnswer");
  }
  const day = wanted ?? days.value[0];
  if (day) return follow(day);
  setTimeout(() => void start(), 2_000);
}

function follow(day: string): void {
  const scheme = location.protocol === "https:" ? "wss" : "ws";
  const live = new Live({ url: `${scheme}://${location.host}/live`, day, message: hear, state: (s) => { connection.value = s; } });
  live.open();
  window.addEventListener("online", () => live.retry());
  document.addEventListener("visibilitychange", () => { if (!document.hidden) live.retry(); });
}
