/** Who did what to which object, and what was decided. */
import { html, nothing, repeat } from "../lib.js";
import { page, query } from "../api.js";
import { go, link } from "../router.js";
import { Resource } from "../resource.js";
import { at, count, words } from "../format.js";
import { empty, field, options, panel, shown, state } from "../components/ui.js";
import { Pager } from "../components/pager.js";
import { attempt } from "../components/toasts.js";

const SIZE = 100;
const MOST_EXPORTED = 50_000;
const FILTERS = ["file_id", "principal", "action", "decision", "move_id", "from", "to"];
const COLUMNS = ["at", "principal", "roles", "action", "file_id", "location", "decision", "reason", "request_id", "move_id"];

export default function audit({ update, params }) {
  let given = params;
  let exporting = null;
  const actions = new Set();
  const pager = new Pager();
  const wanted = () => {
    const w = Object.fromEntries(FILTERS.map((f) => [f, given[f]]));
    for (const f of ["from", "to"]) if (w[f]) w[f] = new Date(w[f]).toISOString();
    return w;
  };
  const list = new Resource(async () => {
    const found = await page("/audit" + query({ ...wanted(), limit: SIZE, cursor: pager.cursor }));
    pager.next = found.next;
    found.items.forEach((e) => actions.add(e.action));
    return found;
  }, update);
  list.refresh();

  const cell = (value) => {
    const text = Array.isArray(value) ? value.join(" ") : String(value ?? "");
    // A spreadsheet must not take what somebody called a file for a formula.
    const safe = /^[=+@\t\r-]/.test(text) ? "'" + text : text;
    return /[",\n\r]/.test(safe) ? '"' + safe.replace(/"/g, '""') + '"' : safe;
  };

  async function download(kind) {
    exporting = 0;
    update();
    await attempt(async () => {
      const all = [];
      let cursor = null;
      do {
        const found = await page("/audit" + query({ ...wanted(), limit: 1000, cursor }));
        all.push(...found.items);
        cursor = found.next;
        exporting = all.length;
        update();
      } while (cursor && all.length < MOST_EXPORTED);
      const text = kind === "csv"
        ? [COLUMNS.join(","), ...all.map((e) => COLUMNS.map((c) => cell(e[c])).join(","))].join("\r\n")
        : all.map((e) => JSON.stringify(e)).join("\n");
      const anchor = document.createElement("a");
      anchor.href = URL.createObjectURL(new Blob([text + "\n"], { type: kind === "csv" ? "text/csv" : "application/x-ndjson" }));
      anchor.download = "audit-" + new Date().toISOString().slice(0, 19).replace(/:/g, "") + (kind === "csv" ? ".csv" : ".ndjson");
      anchor.click();
      setTimeout(() => URL.revokeObjectURL(anchor.href), 10_000);
      return { n: all.length, more: !!cursor };
    }, (r) => [count(r.n) + " entries exported", r.more ? "There are more: narrow the filters." : ""]);
    exporting = null;
    update();
  }

  const tone = (decision) => ({ denied: "bad", refused: "bad", failed: "bad", error: "bad", done: "good", allowed: "good", committed: "good" })[decision] || "";
  const input = (name, label, type = "search") => field(label, html`<input type=${type} .value=${given[name] || ""} @change=${(e) => go({ [name]: e.target.value })} autocomplete="off" spellcheck="false">`);

  function table(found) {
    if (!found.items.length) return empty("No entry fits.");
    return html`<div class="scroll"><table><caption class="hidden">Audit trail</caption><thead><tr><th scope="col">When</th><th scope="col">Who</th><th scope="col">What</th><th scope="col">Object</th><th scope="col">Location</th><th scope="col">Outcome</th><th scope="col">Reason</th><th scope="col">Request</th></tr></thead><tbody>
      ${repeat(found.items, (e) => e.id, (e) => html`<tr><td class="nowrap">${at(e.at)}</td><td>${e.principal}<div class="note">${e.roles?.join(", ")}</div></td><td class="nowrap">${words(e.action)}</td>
        <td class="name">${e.file_id ? html`<a href=${link("audit", { ...given, file_id: e.file_id })}>${e.file_id}</a>` : "–"}${e.move_id ? html`<div class="note"><a href=${link("audit", { move_id: e.move_id })}>its move</a></div>` : nothing}</td><td>${e.location || "–"}</td><td class="nowrap">${state(tone(e.decision), words(e.decision))}</td><td class="name note">${e.reason || ""}</td><td class="nowrap"><code title=${e.request_id || ""}>${e.request_id?.slice(0, 8) || "–"}</code></td></tr>`)}</tbody></table></div>
      ${pager.view(found.items.length, SIZE, found.total, () => list.refresh())}`;
  }

  const key = (p) => FILTERS.map((f) => p[f] || "").join("\n");
  return {
    params(now) {
      const other = key(now) !== key(given);
      given = now;
      if (other) {
        pager.reset();
        list.refresh();
      }
    },
    live(topics) {
      if (!pager.back.length && (topics.has("file") || topics.has("move") || topics.has("snapshot"))) list.soon(2500);
    },
    stop: () => list.stop(),
    view() {
      const decisions = ["", "done", "allowed", "denied", "failed"];
      return html`${panel("Search", html`<div class="fields narrow">${input("file_id", "Object")}${input("principal", "Who")}
          ${field("What", html`<select @change=${(e) => go({ action: e.target.value })}>${options([["", "Anything"], ...[...new Set([...actions, given.action].filter(Boolean))].sort().map((a) => [a, words(a)])], given.action || "")}</select>`)}
          ${field("Outcome", html`<select @change=${(e) => go({ decision: e.target.value })}>${options([...new Set([...decisions, given.decision || ""])].map((d) => [d, d ? words(d) : "Any"]), given.decision || "")}</select>`)}
          ${input("from", "From", "datetime-local")}${input("to", "Until", "datetime-local")}</div>
          ${FILTERS.some((f) => given[f]) ? html`<a href=${link("audit")}>Clear all</a>` : nothing}`)}
        ${panel("Entries", shown(list, table), { note: "newest first", actions: html`${exporting === null ? nothing : html`<span class="note" role="status">${count(exporting)} fetched</span>`}
          <button type="button" class="button small" ?disabled=${exporting !== null} @click=${() => download("csv")}>Export CSV</button><button type="button" class="button small" ?disabled=${exporting !== null} @click=${() => download("ndjson")}>Export JSON lines</button>` })}`;
    },
  };
}
