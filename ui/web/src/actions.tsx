import { useState } from "preact/hooks";
import { Refused, send, newID } from "./api";
import type { Offer } from "./acts";
import { may, me, rolesFor } from "./people";
import { locked, said } from "./store";
import { orElse, t } from "./words";

// Actions are the buttons that make sense now; one that this role may not press says whose it is.
export function Actions({ offers }: { offers: Offer[] }) {
  const [open, setOpen] = useState<string>("");
  if (offers.length === 0) return null;
  return (
    <div class="actions">
      {offers.map((o) => <Action key={o.path} offer={o} open={open === o.path} toggle={(on) => setOpen(on ? o.path : "")} />)}
    </div>
  );
}

function Action({ offer, open, toggle }: { offer: Offer; open: boolean; toggle: (on: boolean) => void }) {
  const [field, setField] = useState(offer.field?.value ?? "");
  const [busy, setBusy] = useState(false);
  const [no, setNo] = useState("");
  const [id, setID] = useState(newID); // kept until it is done: pressing again after a cut does it once
  const mine = may(offer.command);
  const why = locked.value ? t("locked") : mine ? "" : t("notYours", { roles: rolesFor(offer.command).map((r) => t(`role.${r}`)).join(", ") });
  const go = async () => {
    setBusy(true);
    setNo("");
    try {
      await send(me(), offer.path, offer.body(field), id);
      said.value = t("done", { what: t(offer.word) });
      setID(newID());
      toggle(false);
    } catch (e) {
      setNo(e instanceof Refused ? orElse(`law.${e.problem.law}`, "") + " " + e.message : t("noAnswer"));
      if (e instanceof Refused) setID(newID());
    } finally {
      setBusy(false);
    }
  };
  const asks = Boolean(offer.ask);
  return (
    <div class="action">
      <button class={offer.quiet ? "quiet" : "primary"} disabled={Boolean(why) || busy} data-act={offer.command}
        aria-expanded={asks ? open : undefined} onClick={() => (asks ? toggle(!open) : void go())}>{t(offer.word)}</button>
      {why && <p class="why">{why}</p>}
      {open && asks && !why && (
        <form class="ask" onSubmit={(e) => { e.preventDefault(); void go(); }}>
          <p>{t(offer.ask!)}</p>
          {offer.field && (
            <label>{t(offer.field.word)}
              <input value={field} required inputMode={offer.field.name === "mbq" ? "decimal" : "text"} onInput={(e) => setField(e.currentTarget.value)} autoFocus />
            </label>
          )}
          <div class="row">
            <button class="primary" type="submit" disabled={busy} data-confirm={offer.command}>{t("yes", { what: t(offer.word) })}</button>
            <button type="button" onClick={() => toggle(false)}>{t("back")}</button>
          </div>
        </form>
      )}
      {no && <p class="refused" role="alert">{no}</p>}
    </div>
  );
}
