/** How many copies of each file there shall be, and where: shown, tried, and put in force. */
import { html, nothing } from "../lib.js";
import { post, put } from "../api.js";
import { bytes, count, usd } from "../format.js";
import { empty, facts, field, progress, state, time } from "./ui.js";
import { ask } from "./dialog.js";
import { attempt } from "./toasts.js";

const where = (locations) => (locations?.length ? locations.join(", ") : "anywhere, the cheapest first");
const whose = (rule) => (rule.file ? "the file " + rule.file : rule.prefix ? "names that begin with " + rule.prefix : "tier " + rule.tier);

function read(values, policy, locations) {
  const wanted = locations.filter((l) => values["at-" + l.id]).map((l) => l.id);
  const kept = (policy.locations || []).filter((id) => wanted.includes(id));
  return {
    version: policy.version,
    copies: Number(values.copies),
    locations: [...kept, ...wanted.filter((id) => !kept.includes(id))],
    prune: !!values.prune,
    rules: values.rules.trim() ? JSON.parse(values.rules) : [],
  };
}

/** Asks for a policy, tells what it would do, and puts it in force when told to. */
export async function changeReplication(policy, locations) {
  const values = await ask({
    title: "Replication policy",
    confirm: "See what it would do",
    wide: true,
    check: (v) => {
      try {
        read(v, policy, locations);
        return null;
      } catch {
        return "The rules are not a JSON list.";
      }
    },
    body: html`<div class="fields">${field("Copies of each file", html`<input name="copies" type="number" min="1" max=${Math.max(1, locations.length)} required .value=${String(policy.copies)}>`, "the one it is read from among them")}</div>
      <fieldset><legend>Further copies go to</legend><div class="toolbar">${locations.map((l) => html`<label class="check"><input type="checkbox" name=${"at-" + l.id} .checked=${(policy.locations || []).includes(l.id)}>${l.id} (${l.tier})</label>`)}</div><small class="note">None chosen: anywhere, the cheapest first.</small></fieldset>
      <label class="check"><input type="checkbox" name="prune" .checked=${policy.prune}>Remove copies that it does not want, those made by hand too</label>
      ${field("Rules for some files", html`<textarea name="rules" rows="5" spellcheck="false" placeholder='[{"name": "reports", "prefix": "reports/", "copies": 3}]'>${policy.rules?.length ? JSON.stringify(policy.rules, null, 1) : ""}</textarea>`, "A list; each names a file, a prefix or a tier")}`,
  });
  if (!values) return null;
  const wanted = read(values, policy, locations);
  const told = await attempt(() => post("/replication/evaluate", { policy: wanted }));
  if (!told) return null;
  const sure = await ask({
    title: "What this policy would do",
    confirm: "Put in force",
    danger: told.prunes > 0,
    body: facts([["Files", count(told.files)], ["Lack a copy", count(told.lacking)], ["Copies to make", count(told.copies)], ["Data", bytes(told.bytes)],
      ["More a month", usd(told.monthly_cost)], ["Egress, once", usd(told.egress_cost)], ["Copies to remove", count(told.prunes)]]),
  });
  return sure && attempt(() => put("/replication", wanted), "The replication policy is in force");
}

export function replication(policy, locations, changed) {
  const p = policy.progress || {};
  return html`${facts([["Copies of each file", count(policy.copies)], ["Where", where(policy.locations)], ["What it does not want", policy.prune ? "is removed" : "stays"], ["Version", policy.version ? policy.version + " by " + (policy.updated_by || "–") : "as configured"]])}
    ${policy.rules?.length ? html`<ul class="list">${policy.rules.map((r) => html`<li><span>${r.name}</span><span class="note push">${count(r.copies)} copies for ${whose(r)}, ${where(r.locations)}</span></li>`)}</ul>` : nothing}
    <div class="toolbar">${state({ sweeping: "busy", waiting: "warn" }[p.state] || (p.failed || p.last_error ? "warn" : ""), { sweeping: "Looking at every file", waiting: "Waiting" }[p.state] || "At rest")}
      <span class="note">${count(p.examined)} looked at, ${count(p.copied)} copied${p.copying ? ", " + count(p.copying) + " on their way" : ""}${p.failed ? ", " + count(p.failed) + " failed" : ""}${p.pruned ? ", " + count(p.pruned) + " removed" : ""}${p.finished_at ? html`, ended ${time(p.finished_at)}` : nothing}</span></div>
    ${p.last_error ? html`<p class="note">${p.last_error}</p>` : nothing}
    ${p.state === "sweeping" && p.lacking ? progress(((p.copied || 0) * 100) / p.lacking, "Progress of the replication") : nothing}
    <button type="button" class="button small" @click=${() => changeReplication(policy, locations).then((done) => done && changed())}>Change</button>`;
}

const tellAgain = (mirror) => attempt(() => post("/consistency/resync", { endpoints: [mirror.name] }), mirror.name + " is told of what it lacks");

/** Systems elsewhere that are told of every change. */
export function mirrors(list) {
  if (!list?.length) return empty("No mirror outside of this system is configured.");
  const tones = { ok: "good", behind: "warn", unreachable: "bad" };
  const words = { ok: "up to date", behind: "behind", unreachable: "cannot be reached" };
  return html`<ul class="list">${list.map((m) => html`<li><div class="grow">${state(tones[m.state] || "", m.name)} <span class="note">${m.host}</span>
    <div class="note">${words[m.state] || m.state || ""}${m.pending ? ", " + count(m.pending) + " files wait to be told" : ""}${m.differing ? ", " + count(m.differing) + " differ" : ""}${m.last_error ? ". " + m.last_error : ""}</div></div>
    <span class="note">${m.last_delivered_at ? html`told ${time(m.last_delivered_at)}` : nothing}${m.compared_at ? html`, compared ${time(m.compared_at)}` : nothing}</span>
    <button type="button" class="button small" aria-label="Tell ${m.name} again" @click=${() => tellAgain(m)}>Tell again</button></li>`)}</ul>`;
}
