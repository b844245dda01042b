import "./patch";
import "./live";
import "./day";
import { outcomes, type Outcome } from "./check";

declare global {
  interface Window { outcomes?: Outcome[] }
}
void outcomes().then((all) => { window.outcomes = all; });
