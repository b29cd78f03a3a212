/** What wants a person's attention, with where to look and a way to say that it was seen. */
import { html, nothing, repeat } from "../lib.js";
import { link } from "../router.js";
import { count, words } from "../format.js";
import { acknowledge, acknowledgeAll } from "../actions.js";
import { empty, panel, state, time } from "./ui.js";

const SHOWN = 8;

/** Where to look: a file's alert leads to the file. */
const PLACES = {
  throughput: () => link("stream"),
  cost: () => link("costs"),
  drift: () => link("decisions", { tab: "model" }),
  stuck_moves: () => link("moves", { tab: "stuck" }),
  findings: () => link("consistency"),
};

function row(a) {
  const place = PLACES[a.kind]?.() ?? link("files", { file: a.subject });
  return html`<li><div class="grow">${state(a.state === "active" ? "warn" : "", words(a.kind))} <a href=${place} aria-label="Look at ${words(a.kind)} ${a.subject || ""}">${a.subject || "look"}</a>
    <div class="note">${a.message} · ${time(a.raised_at)}</div></div>
    ${a.state === "active" ? html`<button type="button" class="button small" aria-label="Acknowledge ${words(a.kind)} ${a.subject || ""}" @click=${() => acknowledge(a)}>Acknowledge</button>` : html`<span class="badge">acknowledged</span>`}</li>`;
}

const rows = (list) => html`<ul class="list">${repeat(list, (a) => a.id, row)}</ul>`;

/** Those that nobody has acknowledged come first, the newest of them on top. */
function ordered(list) {
  const rank = (a) => (a.state === "active" ? 0 : 1);
  return [...list].sort((one, other) => rank(one) - rank(other) || new Date(other.raised_at) - new Date(one.raised_at));
}

/** A panel of all alerts; undefined: not known yet. */
export function alerts(list) {
  if (!list) return panel("Alerts", html`<div class="skeleton"></div>`);
  const all = ordered(list);
  const active = all.filter((a) => a.state === "active");
  return panel("Alerts", all.length ? html`${rows(all.slice(0, SHOWN))}
    ${all.length > SHOWN ? html`<details><summary>${count(all.length - SHOWN)} more</summary>${rows(all.slice(SHOWN))}</details>` : nothing}` : empty("No alerts."), {
    actions: active.length > 1 ? html`<button type="button" class="button small" @click=${() => acknowledgeAll(active)}>Acknowledge all</button>` : nothing,
  });
}
