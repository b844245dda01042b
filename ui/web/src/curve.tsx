import { useComputed } from "@preact/signals";
import { tick } from "./clock";
import { activity, at } from "./format";
import { assayOf, decayed, halfLife, left, minuteOf, momentOf, vialsOf } from "./physics";
import { tracerColour } from "./bits";
import { t } from "./words";
import type { Batch, View } from "./types";

const W = 360;
const H = 170;
const L = 62;
const B = 20;

// Curve is a batch from the end of synthesis to its expiry: expected dashed, measured as a line, and beneath it what
// is left in the hot cell when each vial has gone, so that decay and departures are told apart.
export function Curve({ v, b }: { v: View; b: Batch }) {
  const h = halfLife(v, b.tracer);
  const from = b.eos;
  const to = Math.max(b.eos + Math.min(b.expiry - b.eos, 5 * h), ...vialsOf(v, b.id).map((x) => x.depart + 30));
  const top = 1.08 * Math.max(b.expected.activity_bq, decayed(assayOf(b), h, momentOf(v, b.eos)));
  const x = (m: number) => L + ((m - from) / (to - from)) * (W - L - 6);
  const y = (bq: number) => 6 + (1 - bq / top) * (H - B - 6);
  const line = (bq: (m: number) => number) => points(from, to, bq).map(([m, a], i) => `${i ? "L" : "M"}${x(m).toFixed(1)} ${y(a).toFixed(1)}`).join("");
  const colour = tracerColour(b.tracer);
  const stock = stockPoints(v, b, from, to);
  return (
    <svg class="curve" viewBox={`0 0 ${W} ${H}`} role="img" aria-label={t("curve.label", { batch: b.id, activity: activity(assayOf(b).activity_bq) })}>
      {[0, 0.5, 1].map((s) => (
        <g key={s} class="curve-grid">
          <line x1={L} x2={W - 6} y1={y((top / 1.08) * s)} y2={y((top / 1.08) * s)} />
          <text x={L - 5} y={y((top / 1.08) * s) + 3.5} text-anchor="end">{activity((top / 1.08) * s)}</text>
        </g>
      ))}
      {hours(v, from, to).map((m) => <text key={m} class="curve-tick" x={x(m)} y={H - 5} text-anchor="middle">{at(v, m)}</text>)}
      <path d={`${stock.map(([m, a], i) => `${i ? "L" : "M"}${x(m).toFixed(1)} ${y(a).toFixed(1)}`).join("")}L${x(to)} ${y(0)}L${x(from)} ${y(0)}Z`} fill={colour} fill-opacity="0.28" />
      <path d={line((m) => decayed(b.expected, h, momentOf(v, m)))} class="curve-expected" stroke={colour} />
      {b.measured && <path d={line((m) => decayed(b.measured!, h, momentOf(v, m)))} class="curve-measured" stroke={colour} />}
      {vialsOf(v, b.id).map((vial) => <line key={vial.id} class="curve-vial" x1={x(vial.depart)} x2={x(vial.depart)} y1={y(left(v, b, momentOf(v, vial.depart) - 1))} y2={y(left(v, b, momentOf(v, vial.depart) + 1))} stroke={colour} />)}
      {b.expiry <= to && <line class="curve-expiry" x1={x(b.expiry)} x2={x(b.expiry)} y1={6} y2={H - B} />}
      <NowMark v={v} from={from} to={to} x={x} />
    </svg>
  );
}

function NowMark({ v, from, to, x }: { v: View; from: number; to: number; x: (m: number) => number }) {
  const px = useComputed(() => {
    const m = minuteOf(v, tick.value);
    return m >= from && m <= to ? x(m) : -10;
  });
  return <line class="curve-now" x1={px} x2={px} y1={2} y2={H - B} />;
}

function points(from: number, to: number, bq: (m: number) => number): [number, number][] {
  return Array.from({ length: 61 }, (_, i) => from + ((to - from) * i) / 60).map((m) => [m, bq(m)]);
}

// stockPoints has two points at each departure, so that the step is upright.
function stockPoints(v: View, b: Batch, from: number, to: number): [number, number][] {
  const leaves = vialsOf(v, b.id).map((x) => x.depart).filter((m) => m > from && m < to);
  const ms = [...points(from, to, () => 0).map(([m]) => m), ...leaves.flatMap((m) => [m - 0.01, m + 0.01])].sort((a, z) => a - z);
  return ms.map((m) => [m, left(v, b, momentOf(v, m))]);
}

function hours(v: View, from: number, to: number): number[] {
  const step = to - from > 480 ? 120 : to - from > 200 ? 60 : 30;
  const out: number[] = [];
  for (let m = Math.ceil(from / 5) * 5; m <= to - 10; m += 5) {
    const [hh, mm] = at(v, m).split(":").map(Number);
    if ((hh! * 60 + mm!) % step === 0 && m > from + 10) out.push(m);
  }
  return out;
}
