/** Whether the copies that should be there are there, and are what they should be. */
import { html, nothing, repeat } from "../lib.js";
import { get, offers, page, post, Problem, query } from "../api.js";
import { go, link } from "../router.js";
import { Resource } from "../resource.js";
import { bytes, count, words } from "../format.js";
import { bar, empty, facts, field, options, panel, problem, progress, shown, state, tile, time } from "../components/ui.js";
import { backups, startBackup } from "../components/backups.js";
import { ask } from "../components/dialog.js";
import { attempt } from "../components/toasts.js";
import { Pager } from "../components/pager.js";
import { mirrors, replication } from "../components/replication.js";
import { locations } from "../actions.js";

const SIZE = 50;
const STATUS = { in_sync: ["In sync", "good"], drift: ["Differences", "bad"], unreachable: ["Not all reachable", "warn"], unverified: ["Not verified", "warn"] };
const KINDS = { missing: "Missing copy", corrupt: "Damaged copy", stale: "Old copy", wrong_key: "Another key", overwritten: "Overwritten", orphan: "Object that nothing refers to", duplicate: "Stored twice", catalog_conflict: "Two truths", mirror_differs: "Mirror differs" };
const TONES = { open: "warn", conflict: "bad", unrepairable: "bad", stuck: "bad", repaired: "good", gone: "", ignored: "" };
const CHOICES = { catalog: "Restore it from a verified copy", store: "Make what was written there the file's content", retry: "Try the repair again", delete: "Delete the object", ignore: "Leave it as it is" };

export default function consistency({ update, params }) {
  let given = params;
  const pager = new Pager();
  const status = new Resource(() => get("/consistency/status"), update);
  const findings = new Resource(async () => {
    const found = await page("/consistency/findings" + query({ state: given.state || "open,conflict,unrepairable,stuck", kind: given.kind, location: given.location, limit: SIZE, cursor: pager.cursor }));
    pager.next = found.next;
    return found;
  }, update);
  const offered = async (path) => {
    if (!(await offers(path))) throw new Problem("Not available", { status: 404 });
    return get(path);
  };
  const policy = new Resource(() => offered("/replication"), update);
  const kept = new Resource(() => offered("/backups"), update);
  const places = new Resource(locations, update);
  const all = [status, findings, policy, places, kept];
  all.forEach((r) => r.refresh());
  const poll = setInterval(() => { status.soon(); if (policy.data) policy.soon(); if (kept.data) kept.soon(); }, 5000);
  const again = () => [status, findings].forEach((r) => r.soon());

  async function begin() {
    const values = await ask({
      title: "Compare stores with the catalog",
      confirm: "Begin",
      body: html`${field("How", html`<select name="kind">${options([["light", "Listings and checksums: quick"], ["deep", "Every copy read whole: costs egress"]])}</select>`)}
        <label class="check"><input type="checkbox" name="repair" checked>Repair what is wrong</label>
        <label class="check"><input type="checkbox" name="insist">Repair even where very much looks wrong</label>`,
    });
    if (values) await attempt(() => post("/consistency/passes", { kind: values.kind, repair: !!values.repair, insist: !!values.insist }), "The pass has begun").then(again);
  }

  async function stop(pass) {
    const sure = await ask({ title: "Stop this pass", confirm: "Stop", body: html`<p>What it found so far stays.</p>` });
    if (sure) await attempt(() => post("/consistency/passes/" + encodeURIComponent(pass.id) + "/cancel"), "The pass is stopped").then(again);
  }

  async function choose(finding) {
    const offered = ["orphan", "duplicate"].includes(finding.kind) ? ["delete", "ignore"] : ["catalog_conflict", "mirror_differs"].includes(finding.kind) ? ["ignore"] : ["catalog", ...(finding.kind === "overwritten" ? ["store"] : []), "retry", "ignore"];
    const values = await ask({
      title: KINDS[finding.kind] || words(finding.kind),
      confirm: "Do this",
      body: html`<p>${finding.file_id || html`<code>${finding.key}</code>`}${finding.location ? " at " + finding.location : ""}</p>${finding.detail ? html`<p class="note">${finding.detail}</p>` : nothing}
        ${field("What should happen", html`<select name="choice">${options(offered.map((c) => [c, CHOICES[c]]))}</select>`)}`,
    });
    if (values) await attempt(() => post("/consistency/conflicts/" + encodeURIComponent(finding.id) + "/resolve", { choice: values.choice }), "It is settled").then(again);
  }

  function passView(pass) {
    if (!pass) return empty("No pass was made yet. A pass compares every location with the catalog.", html`<button type="button" class="button primary" @click=${begin}>Begin a pass</button>`);
    const shards = pass.shards || [];
    const ended = shards.filter((s) => s.state !== "running").length;
    const running = !pass.finished_at;
    const sum = (name) => shards.reduce((total, s) => total + (s[name] || 0), 0);
    return html`${state(running ? "busy" : pass.cancelled ? "warn" : "good", running ? "Running" : pass.cancelled ? "Stopped" : "Done")}
      ${running ? progress(shards.length ? (ended * 100) / shards.length : 0, "Progress of the pass") : nothing}
      ${facts([["Kind", pass.kind === "deep" ? "Every copy read" : "Listings and checksums"], ["Repairs", pass.repair ? "yes" : "no"], ["Begun", time(pass.started_at)], ["Ended", time(pass.finished_at)], ["By", pass.requested_by],
        ["Copies examined", count(sum("examined"))], ["Read", bytes(sum("bytes"))], ["Differences", count(sum("bad"))], ["Nothing refers to", count(sum("found"))], ["Not reached", count(sum("unknown"))]])}
      ${running ? html`<button type="button" class="button small" @click=${() => stop(pass)}>Stop</button>` : nothing}`;
  }

  function parity(locations) {
    if (!locations?.length) return empty("No location was looked at yet.");
    return html`<div class="scroll flush"><table><caption class="hidden">Parity by location</caption><thead><tr><th scope="col">Location</th><th scope="col">State</th><th scope="col" class="right">Copies</th><th scope="col" class="right">With a difference</th><th scope="col"><span class="hidden">Share intact</span></th><th scope="col">Compared</th><th scope="col">Read whole</th></tr></thead><tbody>
      ${locations.map((l) => html`<tr><td>${l.location}</td><td>${state({ in_sync: "good", ok: "good", verified: "good", unverified: "warn", unreachable: "bad", breaker: "bad", drift: "bad" }[l.state] || "", { in_sync: "In sync", ok: "In sync", breaker: "Repairs held back" }[l.state] || words(l.state), l.detail)}${l.detail ? html`<div class="note">${l.detail}</div>` : nothing}</td>
        <td class="right">${count(l.copies)}</td><td class="right">${count(l.bad)}</td><td>${l.last_light_at || l.last_deep_at ? bar(l.copies ? (l.copies - l.bad) / l.copies : 1) : nothing}</td><td class="nowrap">${time(l.last_light_at)}</td><td class="nowrap">${time(l.last_deep_at)}</td></tr>`)}</tbody></table></div>`;
  }

  function findingTable(found) {
    if (!found.items.length) return empty(given.state || given.kind || given.location ? "No finding fits." : "Nothing differs, as far as is known.");
    return html`<div class="scroll"><table><caption class="hidden">Findings</caption><thead><tr><th scope="col">What</th><th scope="col">File</th><th scope="col">Location</th><th scope="col">State</th><th scope="col">Detail</th><th scope="col">First seen</th><th scope="col"><span class="hidden">Do</span></th></tr></thead><tbody>
      ${repeat(found.items, (f) => f.id, (f) => html`<tr><td>${KINDS[f.kind] || words(f.kind)}</td><td class="name">${f.file_id ? html`<a href=${link("files", { file: f.file_id })}>${f.file_id}</a>` : html`<code>${f.key || "–"}</code>`}</td><td>${f.location || "–"}</td><td class="nowrap">${state(TONES[f.state], words(f.state), f.last_error)}</td><td class="name note">${f.detail || ""}${f.last_error ? " " + f.last_error : ""}</td><td class="nowrap">${time(f.first_seen_at)}</td>
        <td>${["repaired", "gone", "ignored"].includes(f.state) ? nothing : html`<button type="button" class="button small" @click=${() => choose(f)}>Decide</button>`}</td></tr>`)}</tbody></table></div>
      ${pager.view(found.items.length, SIZE, found.total, () => findings.refresh())}`;
  }

  const filters = () => html`<div class="toolbar">
    <select aria-label="State of findings" @change=${(e) => go({ state: e.target.value })}>${options([["", "What needs attention"], ["conflict", "Waits for a choice"], ["unrepairable,stuck", "Cannot be repaired"], ["repaired", "Repaired"], ["ignored", "Left as it is"], ["gone", "Gone by itself"]], given.state || "")}</select>
    <select aria-label="Kind of findings" @change=${(e) => go({ kind: e.target.value })}>${options([["", "All kinds"], ...Object.entries(KINDS)], given.kind || "")}</select></div>`;

  const key = (p) => [p.state, p.kind, p.location].join("\n");
  return {
    params(now) {
      const other = key(now) !== key(given);
      given = now;
      if (other) { pager.reset(); findings.refresh(); }
    },
    live(topics) {
      if (topics.has("snapshot")) all.forEach((r) => r.soon());
      if (topics.has("consistency")) again();
    },
    stop() {
      clearInterval(poll);
      all.forEach((r) => r.stop());
    },
    view: () => shown(status, (s) => {
      const [text, tone] = STATUS[s.status] || [words(s.status), ""];
      return html`<div class="tiles">
          ${tile("Copies and catalog", text, { tone, sub: s.last_verified ? html`last verified ${time(s.last_verified)}` : "never verified" })}
          ${tile("Copies", count(s.replicas), { sub: count(s.total) + " files" })}
          ${tile("Without a difference", s.last_verified ? count(s.in_sync) : "–", { sub: s.last_verified ? "" : "known after a pass" })}
          ${tile("Open", count(s.pending), { sub: "under repair or watched", tone: s.pending ? "warn" : "" })}
          ${tile("Wait for a choice", count(s.conflicts), { tone: s.conflicts ? "bad" : "" })}
          ${tile("Repairs", count(s.repairs), { sub: s.last_repair ? html`last ${time(s.last_repair)}` : "none yet" })}</div>
        <div class="grid"><div class="c8">${panel("Parity by location", parity(s.locations))}</div>
          <div class="c4">${panel("Passes", s.passes.length ? s.passes.map(passView) : passView(), { actions: s.passes.length ? html`<button type="button" class="button small" ?disabled=${s.passes.filter((p) => !p.finished_at).length > 1} @click=${begin}>Run a pass</button>` : nothing })}</div>
          <div class="c12">${panel("Findings", html`${filters()}${shown(findings, findingTable, { absent: () => empty("Findings are not available here.") })}`)}</div>
          <div>${panel("Replication policy", shown(policy, (p) => replication(p, places.data || [], () => policy.refresh()), { absent: () => empty("Not available in this installation: copies are made one by one, on the page Files.") }))}</div>
          <div class="stack">${panel("Mirrors", mirrors(s.endpoints))}
            ${panel("Backups of the catalog", shown(kept, backups, { absent: () => empty("Not available in this installation.") }), { actions: kept.data ? html`<button type="button" class="button small" @click=${() => startBackup(() => kept.soon())}>Back up now</button>` : nothing })}</div></div>`;
    }, { absent: (error) => panel("Consistency", html`${empty(error.status === 404 ? "This installation has no room that verifies copies." : "No node verifies copies now.", html`<button type="button" class="button" @click=${() => status.refresh()}>Look again</button>`)}${error.status === 404 ? nothing : problem(error)}`) }),
  };
}
