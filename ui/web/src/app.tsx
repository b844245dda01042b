import { Alarms, Activities, NotServed } from "./side";
import { Book } from "./book";
import { Detail } from "./detail";
import { Header } from "./header";
import { Journal } from "./journal";
import { Keys } from "./keys";
import { Legend } from "./legend";
import { Lists } from "./lists";
import { Timeline, Zooms } from "./timeline";
import { chosen, connection, dialog, problem, said, screen, view } from "./store";
import { t } from "./words";

export function App() {
  const stale = view.value && connection.value !== "live";
  return (
    <div class={`board ${stale ? "stale" : ""} ${chosen.value ? "has-detail" : ""}`}>
      <Header />
      {stale && <p class="old" role="alert" data-testid="stale">{t("stale")}</p>}
      <main>
        {view.value ? <Body /> : <p class="empty">{problem.value || t("connecting")}</p>}
      </main>
      {dialog.value === "keys" && <Keys />}
      {dialog.value === "book" && <Book />}
      <p class="hidden" role="status" aria-live="polite">{said.value}</p>
    </div>
  );
}

function Body() {
  return (
    <>
      <div class="stage-main">
        {screen.value === "lists" ? <Lists /> : screen.value === "journal" ? <Journal most={200} /> : <><Timeline /><div class="under"><Legend /><Zooms /></div></>}
      </div>
      <aside class="side">
        {chosen.value && <Detail />}
        <Alarms />
        <Activities />
        <NotServed />
        <Journal most={40} />
      </aside>
    </>
  );
}
