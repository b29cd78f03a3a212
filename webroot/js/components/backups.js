/** Backups of the catalog beside the objects. */
import { html, nothing } from "../lib.js";
import { post } from "../api.js";
import { bytes, count } from "../format.js";
import { empty, state, time } from "./ui.js";
import { ask } from "./dialog.js";
import { attempt } from "./toasts.js";

const STATES = { running: ["busy", "Running"], verified: ["good", "Verified"], partial: ["warn", "Not everywhere"], failed: ["bad", "Failed"] };

export async function startBackup(changed) {
  const sure = await ask({ title: "Back the catalog up", confirm: "Begin", body: html`<p>Everything that is known of files goes, encrypted, to the stores, and is read back.</p>` });
  if (sure && (await attempt(() => post("/backups"), "The backup has begun"))) changed();
}

export function backups(list) {
  if (!list.length) return empty("No backup was made yet.");
  return html`<ul class="list">${list.slice(0, 6).map((b) => {
    const [tone, text] = STATES[b.state] || ["", b.state];
    const good = b.copies.filter((c) => c.verified).map((c) => c.location);
    return html`<li><div class="grow">${state(tone, text, b.detail)}<div class="note">${count(b.documents)} entries, ${bytes(b.bytes)}${good.length ? ", read back from " + good.join(", ") : ""}${b.state === "failed" || b.state === "partial" ? ". " + (b.detail || "") : ""}</div></div><span class="note">${time(b.started_at)}</span></li>`;
  })}</ul>${list.length > 6 ? html`<p class="note">and ${count(list.length - 6)} older</p>` : nothing}`;
}
