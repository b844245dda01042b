import { Mark } from "./bits";
import { view, visits } from "./store";
import { t } from "./words";

// Legend names each tracer's shape and colour, and counts its patients.
export function Legend() {
  const v = view.value;
  const ids = Object.keys(v?.tracers ?? {}).filter((id) => Object.values(v?.requests ?? {}).some((r) => r.tracer === id));
  return (
    <ul role="list" class="tracers" aria-label={t("tracers")}>
      {ids.map((id) => <li key={id} title={v?.tracers?.[id]?.name}><Mark tracer={id} /> {id} <span class="mute num">{visits.value.filter((x) => x.tracer === id).length}</span></li>)}
    </ul>
  );
}
