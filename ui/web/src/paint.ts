import { boxes } from "./paintboxes";
import { axis, grid, gutter, lanes, past } from "./paintframe";
import type { Picture } from "./picture";

// paint draws the whole timeline: it is asked for at most once a frame.
export function paint(p: Picture): void {
  const { ctx } = p;
  ctx.fillStyle = p.ink.panel;
  ctx.fillRect(0, 0, p.width, p.height);
  ctx.save();
  ctx.beginPath();
  ctx.rect(0, p.axis, p.width, p.height - p.axis);
  ctx.clip();
  ctx.translate(0, p.axis - p.scroll);
  lanes(p);
  ctx.save();
  ctx.beginPath();
  ctx.rect(p.gutter, p.scroll, p.width - p.gutter, p.height - p.axis);
  ctx.clip();
  past(p);
  grid(p);
  boxes(p);
  ctx.restore();
  gutter(p);
  ctx.restore();
  axis(p);
}
