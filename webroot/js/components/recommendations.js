/** Moves that would pay, with what each saves. */
import { html, repeat } from "../lib.js";
import { post } from "../api.js";
import { link } from "../router.js";
import { brings, percent, source, usd } from "../format.js";
import { empty, tier } from "./ui.js";
import { ask } from "./dialog.js";
import { attempt } from "./toasts.js";

async function follow(d, changed) {
  const values = await ask({
    title: "Move " + d.file_id + " to " + d.target,
    confirm: "Move",
    body: html`<p>${d.reasons.join(". ")}.</p><p>${brings(d)}.</p>`,
  });
  if (values && (await attempt(() => post("/move", { file_id: d.file_id, target: d.target }, { Prefer: "respond-async" }), d.file_id + " is on its way to " + d.target))) changed();
}

export function recommendations(list, changed) {
  if (!list?.length) return empty("No move would pay now.");
  return html`<div class="scroll flush"><table><caption class="hidden">Recommendations</caption><thead><tr><th scope="col">File</th><th scope="col">Tier</th><th scope="col">To</th><th scope="col">Why</th><th scope="col">Decided by</th><th scope="col" class="right">Sure</th><th scope="col" class="right">Saves a month</th><th scope="col" class="right">Costs once</th><th scope="col"><span class="hidden">Do</span></th></tr></thead><tbody>
    ${repeat(list, (d) => d.file_id, (d) => html`<tr><td class="name"><a href=${link("files", { file: d.file_id })}>${d.file_id}</a></td><td>${tier(d.tier)}</td><td>${d.target || "–"}</td><td class="name">${d.reasons.join("; ")}</td><td>${source(d.source)}</td><td class="right">${percent(d.confidence)}</td><td class="right">${usd(d.savings_per_month)}</td><td class="right">${usd(d.move_cost)}</td>
      <td>${d.target ? html`<button type="button" class="button small" aria-label="Move ${d.file_id} to ${d.target}" @click=${() => follow(d, changed)}>Move</button>` : ""}</td></tr>`)}</tbody></table></div>`;
}
