import { computed } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { tick } from "./clock";
import { activity } from "./format";
import { choose, theme, tracers } from "./store";
import { lookOf, outline } from "./tracers";
import type { Ref } from "./types";

// Mark is a tracer's shape in its colour.
export function Mark({ tracer, size = "0.85em" }: { tracer: string; size?: string }) {
  const look = lookOf({ tracers: tracers.value }, tracer);
  const points = outline(look.shape).map(([x, y]) => `${(x * 16).toFixed(1)},${(y * 16).toFixed(1)}`).join(" ");
  return (
    <svg class="mark" viewBox="-0.5 -0.5 17 17" width={size} height={size} aria-hidden="true" focusable="false">
      <polygon points={points} fill={tracerColour(tracer)} />
    </svg>
  );
}

// darkNow tells which of the two grounds is shown.
export function darkNow(): boolean {
  return theme.value === "dark" || (theme.value === "auto" && matchMedia("(prefers-color-scheme: dark)").matches);
}

export function tracerColour(tracer: string): string {
  return lookOf({ tracers: tracers.value }, tracer)[darkNow() ? "dark" : "light"];
}

// Now is an activity that is reckoned anew at every tick, and at once when what it is reckoned from changes; at a
// tick only its own text is drawn.
export function Now({ of, name }: { of: (t: number) => number; name?: string }) {
  const text = computed(() => (tick.value ? activity(of(tick.value)) : "–"));
  return <span class="num" data-activity={name ?? ""}>{text}</span>;
}

// Choose is a reference that opens what it names.
export function Choose({ to, children, title }: { to: Ref; children: ComponentChildren; title?: string }) {
  return <button class="ref" title={title} onClick={() => choose(to)}>{children}</button>;
}

// Bar shows a share of one as length.
export function Bar({ share, tracer }: { share: number; tracer: string }) {
  return (
    <svg class="bar" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true" focusable="false">
      <rect width="100" height="4" class="bar-ground" />
      <rect width={Math.max(0, Math.min(100, 100 * share))} height="4" fill={tracerColour(tracer)} />
    </svg>
  );
}
