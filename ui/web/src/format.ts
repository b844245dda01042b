import { locale } from "./words";
import type { View } from "./types";
import { momentOf } from "./physics";

const formats = new Map<string, Intl.DateTimeFormat | Intl.NumberFormat>();

function dateFormat(zone: string, o: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = locale.value + zone + JSON.stringify(o);
  let f = formats.get(key) as Intl.DateTimeFormat | undefined;
  if (!f) formats.set(key, (f = new Intl.DateTimeFormat(locale.value, { timeZone: zone || "UTC", hourCycle: "h23", ...o })));
  return f;
}

function numberFormat(digits: number): Intl.NumberFormat {
  const key = locale.value + digits;
  let f = formats.get(key) as Intl.NumberFormat | undefined;
  if (!f) formats.set(key, (f = new Intl.NumberFormat(locale.value, { minimumFractionDigits: digits, maximumFractionDigits: digits })));
  return f;
}

// clock is wall time in the region's zone, 24 hours: 09:05, or 09:05:30.
export function clock(ms: number, zone: string, seconds = false): string {
  return dateFormat(zone, { hour: "2-digit", minute: "2-digit", ...(seconds ? { second: "2-digit" } : {}) }).format(ms).replace(/\./g, ":");
}

const walls = new Map<string, Map<number, string>>();

// at is a minute of the day as wall time; a page asks for the same few hundred over and over.
export function at(v: View, m: number): string {
  const day = `${v.midnight} ${v.zone} ${locale.value}`;
  let known = walls.get(day);
  if (!known) walls.set(day, (known = new Map()));
  let says = known.get(m);
  if (says === undefined) known.set(m, (says = clock(momentOf(v, m), v.zone)));
  return says;
}

export function longDate(ms: number, zone: string): string {
  return dateFormat(zone, { weekday: "long", day: "numeric", month: "long", year: "numeric" }).format(ms);
}

export const number = (n: number, digits = 0): string => numberFormat(digits).format(n);

// activity shows three figures that matter, in the unit that fits: 12.3 GBq, 850 MBq, 4.20 MBq.
export function activity(bq: number): string {
  if (bq < 0.5) return "0\u00a0MBq";
  const [value, unit] = bq >= 0.9995e9 ? [bq / 1e9, "GBq"] : bq >= 0.9995e6 ? [bq / 1e6, "MBq"] : [bq / 1e3, "kBq"];
  const digits = value >= 99.95 ? 0 : value >= 9.995 ? 1 : 2;
  return `${number(value, digits)}\u00a0${unit}`;
}

export const mbq = (bq: number): string => `${number(bq / 1e6, bq < 10e6 ? 1 : 0)}\u00a0MBq`;

export function percent(share: number): string {
  return `${number(100 * share)}\u00a0%`;
}

// duration says minutes as people do: 45 min, 1 h 05.
export function duration(min: number): string {
  const m = Math.round(Math.abs(min));
  return m < 60 ? `${m}\u00a0min` : `${Math.floor(m / 60)}\u00a0h\u00a0${String(m % 60).padStart(2, "0")}`;
}
