/** Where files belong and why: recommendations, what-if, rules, models, autopilot. */
import { html, nothing } from "../lib.js";
import { get, put } from "../api.js";
import { link } from "../router.js";
import { Resource } from "../resource.js";
import { at, count, usd } from "../format.js";
import { facts, panel, shown, tabs, tile, time } from "../components/ui.js";
import { ask } from "../components/dialog.js";
import { attempt } from "../components/toasts.js";
import { recommendations } from "../components/recommendations.js";
import { WhatIf } from "../components/whatif.js";
import { RuleEditor } from "../components/ruleeditor.js";
import { Models } from "../components/models.js";
import { locations } from "../actions.js";

const MODES = { off: "Off", advise: "Advise", auto: "Move by itself" };
const MEANING = { off: "Nothing is decided.", advise: "It says what would pay, and moves nothing.", auto: "It moves what pays, within the limits of the rules." };

export default function decisions({ update, params }) {
  let given = params;
  const autopilot = new Resource(() => get("/autopilot"), update);
  const costs = new Resource(() => get("/costs"), update);
  const places = new Resource(locations, update);
  const rules = new Resource(() => get("/rules"), update);
  const models = new Models(update);
  const all = [autopilot, costs, places, rules, models.list];
  const whatif = new WhatIf(update, () => places.data || [], () => rules.data);
  const editor = new RuleEditor(update, rules);
  all.forEach((r) => r.refresh());
  whatif.choose(params.file);
  const poll = setInterval(() => { autopilot.soon(); costs.soon(); }, 10_000);

  async function setMode(mode) {
    if (mode === "auto") {
      const sure = await ask({ title: "Let the autopilot move files", confirm: "Let it", body: html`<p>It moves what pays, at most ${count(rules.data?.max_moves_per_hour)} files an hour, ${usd(rules.data?.budget_usd_per_day)} and ${count(rules.data?.budget_gb_per_day)} GB a day.</p>` });
      if (!sure) return;
    }
    await attempt(() => put("/autopilot", { mode }), "The autopilot is set to “" + MODES[mode].toLowerCase() + "”").then(() => autopilot.refresh());
  }

  function pilot(a) {
    return html`<div class="toolbar"><div class="segments" role="group" aria-label="Mode of the autopilot">
        ${Object.entries(MODES).map(([mode, text]) => html`<button type="button" aria-pressed=${a.mode === mode} @click=${() => a.mode !== mode && setMode(mode)}>${text}</button>`)}</div><span class="note">${MEANING[a.mode]}</span></div>
      ${facts([["All files last decided on", time(a.swept_at)], ["Files then", count(a.swept)], ["Moves this hour", count(a.moves_this_hour) + (rules.data ? " of " + count(rules.data.max_moves_per_hour) : "")], ["Spent today", usd(a.spent_today) + (rules.data ? " of " + usd(rules.data.budget_usd_per_day) : "")], ["Transferred today", a.transferred_today_gb.toFixed(3) + " GB"], ...(a.pinned === undefined ? [] : [["Left alone, moved by hand", count(a.pinned)]])])}
      ${a.pins?.length ? html`<details><summary>Files that are left alone</summary><ul class="list">${a.pins.map((p) => html`<li><a href=${link("files", { file: p.file_id })}>${p.file_id}</a><span class="note push">at ${p.location}, until ${at(p.until)}</span></li>`)}</ul></details>` : nothing}`;
  }

  return {
    params(now) {
      if (now.file !== given.file) whatif.choose(now.file);
      given = now;
    },
    live(topics) {
      if (topics.has("snapshot")) all.forEach((r) => r.soon());
      if (topics.has("move")) costs.soon(3000);
    },
    stop() {
      clearInterval(poll);
      all.forEach((r) => r.stop());
      whatif.stop();
      models.stop();
    },
    view() {
      const tab = given.tab || "recommendations";
      const c = costs.data;
      const inForce = models.list.data?.in_force;
      return html`<div class="tiles">
          ${tile("Autopilot", autopilot.data ? MODES[autopilot.data.mode] : "–", { sub: autopilot.data ? html`last look ${time(autopilot.data.swept_at)}` : "" })}
          ${tile("Moves that would pay", count(c?.pending), { sub: c ? usd(c.pending_savings) + " a month" : "" })}
          ${tile("Model in force", inForce || "none", { sub: inForce ? models.summary() : "rules and prices decide" })}
          ${tile("Rules", rules.data ? (rules.data.version ? "Version " + rules.data.version : "As configured") : "–", { sub: rules.data?.updated_by ? html`by ${rules.data.updated_by}, ${time(rules.data.updated_at)}` : "" })}</div>
        ${tabs("Decisions", [["recommendations", "Recommendations", c?.pending], ["whatif", "What if"], ["rules", "Rules"], ["model", "Model"]], tab, (id) => link("decisions", { tab: id }))}
        ${tab === "recommendations" ? html`${panel("Autopilot", shown(autopilot, pilot))}${panel("Pending recommendations", shown(costs, (k) => recommendations(k.recommendations, () => costs.soon())), { note: c ? html`as of ${time(c.at)}` : nothing })}` : nothing}
        ${tab === "whatif" ? whatif.view() : nothing}
        ${tab === "rules" ? shown(rules, () => editor.view()) : nothing}
        ${tab === "model" ? models.view() : nothing}`;
    },
  };
}
