import { clock } from "./format";
import { sentence } from "./sentences";
import { journal, view } from "./store";
import { orElse, t } from "./words";
import type { Entry, View } from "./types";

// Journal is its tail, newest first: who did what, when.
export function Journal({ most }: { most: number }) {
  const v = view.value;
  const tail = journal.value.slice(-most).reverse();
  return (
    <section class="card journal" tabIndex={0} aria-label={t("journal")}>
      <h2>{t("journal")} <span class="count">{tail[0] ? `#${tail[0].seq}` : ""}</span></h2>
      <ol role="list" data-testid="journal">
        {v && tail.map((e) => <Line key={e.seq} v={v} e={e} />)}
      </ol>
    </section>
  );
}

function Line({ v, e }: { v: View; e: Entry }) {
  return (
    <li data-seq={e.seq} class={`event ${e.event}`}>
      <time class="num" dateTime={e.at}>{clock(Date.parse(e.at), v.zone)}</time>
      <p>{sentence(v, e)} <span class="mute">{orElse(`role.${e.by.name || e.by.role}`, e.by.name || e.by.role)}</span>
        {(e.lost?.length ?? 0) > 0 && <span class="warn"> {t("event.lost", { n: e.lost!.length })}</span>}
      </p>
    </li>
  );
}
