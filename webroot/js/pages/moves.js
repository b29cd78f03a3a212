/** What moves, what waits, what is stuck, and what has been. */
import { html, nothing, repeat } from "../lib.js";
import { get, page, query } from "../api.js";
import { go, link } from "../router.js";
import { live } from "../live.js";
import { Resource } from "../resource.js";
import { bytes, count, duration, rate, words } from "../format.js";
import { empty, field, options, panel, progress, shown, state, tabs, tile, time } from "../components/ui.js";
import { ENDED, merged, moveRow, moveState } from "../components/moverow.js";
import { ask } from "../components/dialog.js";
import { Pager } from "../components/pager.js";
import { bulkMove, cancelJob, locations, retryStuck } from "../actions.js";

const SIZE = 50;
const STATES = ["", "done", "committed", "aborted", "copying", "planned", "retry_wait", "stuck"];

export default function moves({ update, params }) {
  let given = params;
  const pager = new Pager();
  const places = new Resource(locations, update);
  const newest = new Resource(() => page("/moves?limit=200"), update);
  const stuck = new Resource(() => page("/moves?state=stuck&limit=200"), update);
  const jobs = new Resource(() => get("/moves/jobs?limit=30"), update);
  const list = new Resource(async () => {
    const found = await page("/moves" + query({ state: given.state, file_id: given.file_id, job_id: given.job_id, limit: SIZE, cursor: pager.cursor }));
    pager.next = found.next;
    return found;
  }, update);
  const all = [places, newest, stuck, jobs, list];
  all.forEach((r) => r.refresh());
  const again = () => [newest, stuck, jobs].forEach((r) => r.soon());

  const known = () => {
    const found = new Map((newest.data?.items || []).map((m) => [m.move_id, m]));
    live.moves.forEach((m) => found.set(m.move_id, { ...found.get(m.move_id), ...m }));
    return [...found.values()];
  };

  async function plan() {
    const values = await ask({
      title: "Move many files",
      confirm: "Plan",
      wide: true,
      check: (v) => (["prefix", "location", "tier", "days"].some((k) => v[k]) ? null : "Say at least one thing about the files."),
      body: html`<p>Files that meet every condition. Next you see how many they are, what it costs and how long it takes.</p>
        <div class="fields">
          ${field("Name begins with", html`<input name="prefix" autocomplete="off" spellcheck="false">`)}
          ${field("At", html`<select name="location">${options([["", "any location"], ...(places.data || []).map((l) => [l.id, l.id])])}</select>`)}
          ${field("Tier", html`<select name="tier">${options([["", "any tier"], ...[...new Set((places.data || []).map((l) => l.tier))].map((t) => [t, t])])}</select>`)}
          ${field("Unchanged for, days", html`<input name="days" type="number" min="0" step="any">`)}
          ${field("To", html`<select name="target" required>${options((places.data || []).map((l) => [l.id, l.id + " – " + l.tier]))}</select>`)}
          ${field("Priority", html`<select name="priority">${options([["1", "low"], ["3", "normal"], ["7", "high"]], "3")}</select>`)}
        </div>
        <label class="check"><input type="checkbox" name="replicate">Copy instead of move</label>`,
    });
    if (!values) return;
    const selector = {};
    for (const name of ["prefix", "location", "tier"]) if (values[name]) selector[name] = values[name];
    if (values.days) selector.older_than = new Date(Date.now() - values.days * 86400e3).toISOString();
    const extra = { priority: Number(values.priority) };
    if (values.replicate) extra.replicate = true;
    if (await bulkMove(selector, values.target, extra)) again();
  }

  function jobRow(job) {
    const ended = job.done + job.failed + job.skipped;
    const told = Object.entries(job.selector || {}).filter(([, v]) => v !== null && v !== undefined && !(Array.isArray(v) && !v.length))
      .map(([k, v]) => (k === "ids" ? count(v.length) + " chosen files" : words(k).toLowerCase() + " " + v)).join(", ");
    const tone = { running: "busy", done: job.failed ? "warn" : "good", cancelled: "warn" }[job.state];
    return html`<li class="move"><div class="move-name"><span>${job.kind === "copy" ? "Copy" : "Move"} to ${job.to}</span><span class="note">${told}</span></div>
      <div class="move-state">${state(tone, words(job.state))}<span class="note">${time(job.created_at)}</span></div>
      <div class="move-bar">${progress(job.total ? (ended * 100) / job.total : job.state === "done" ? 100 : 0, "Progress of the bulk move to " + job.to)}
        <span class="note num">${count(job.done)} of ${count(job.total)} done, ${bytes(job.total_bytes)}${job.failed ? ", " + count(job.failed) + " failed" : ""}${job.skipped ? ", " + count(job.skipped) + " left out" : ""}</span></div>
      <div class="move-acts"><a class="button small" href=${link("moves", { tab: "history", job_id: job.job_id })}>Files</a>${job.state === "running" ? html`<button type="button" class="button small" @click=${() => cancelJob(job).then(again)}>Cancel</button>` : nothing}</div></li>`;
  }

  function history() {
    const filters = html`<div class="toolbar">
      <input type="search" aria-label="File" placeholder="File" .value=${given.file_id || ""} @change=${(e) => go({ file_id: e.target.value })}>
      <select aria-label="State" @change=${(e) => go({ state: e.target.value })}>${options(STATES.map((s) => [s, s ? words(s) : "All states"]), given.state || "")}</select>
      ${given.job_id ? html`<span class="badge">one bulk move</span><a href=${link("moves", { tab: "history" })}>Show all</a>` : nothing}</div>`;
    return html`${filters}${shown(list, (found) => found.items.length ? html`<div class="scroll"><table><caption class="hidden">Moves</caption><thead><tr><th scope="col">File</th><th scope="col">From</th><th scope="col">To</th><th scope="col">State</th><th scope="col" class="right">Size</th><th scope="col" class="right">Took</th><th scope="col">By</th><th scope="col">When</th></tr></thead><tbody>
      ${repeat(found.items, (m) => m.move_id, (m) => html`<tr><td class="name"><a href=${link("files", { file: m.file_id })}>${m.file_id}</a>${m.error ? html`<div class="note">${m.error}</div>` : nothing}</td><td>${m.from}</td><td>${m.to}${m.kind === "copy" ? html` <span class="badge">copy</span>` : nothing}</td><td class="nowrap">${moveState(m)}</td><td class="right">${bytes(m.bytes_total)}</td>
        <td class="right">${m.committed_at && m.started_at ? duration((new Date(m.committed_at) - new Date(m.started_at)) / 1000) : "–"}</td><td>${m.requested_by || "–"}</td><td class="nowrap">${time(m.finished_at || m.committed_at || m.created_at)}</td></tr>`)}</tbody></table></div>
      ${pager.view(found.items.length, SIZE, found.total, () => list.refresh())}` : empty("No moves fit."))}`;
  }

  function rows(items, none) {
    return items.length ? html`<ul class="list">${repeat(items.slice(0, 100), (m) => m.move_id, (m) => moveRow(m, again))}</ul>${items.length > 100 ? html`<p class="note">and ${count(items.length - 100)} more</p>` : nothing}` : empty(none);
  }

  const key = (p) => [p.state, p.file_id, p.job_id].join("\n");
  return {
    params(now) {
      const other = key(now) !== key(given);
      given = now;
      if (other) { pager.reset(); list.refresh(); }
    },
    live(topics) {
      if (topics.has("snapshot")) all.forEach((r) => r.soon());
      if (topics.has("move")) { [newest, stuck, jobs].forEach((r) => r.soon(1200)); list.soon(3000); }
    },
    stop: () => all.forEach((r) => r.stop()),
    view() {
      const moving = known().filter((m) => !ENDED.has(m.state) && m.state !== "stuck");
      const running = moving.filter((m) => ["copying", "verified"].includes(m.state));
      const waiting = moving.filter((m) => !["copying", "verified"].includes(m.state)).sort((a, b) => (b.priority ?? 0) - (a.priority ?? 0));
      const held = merged(stuck.data?.items || [], live.moves).filter((m) => m.state === "stuck");
      const jobsNow = (jobs.data || []).filter((j) => j.state === "running").length;
      const tab = given.tab || "now";
      return html`<div class="tiles">
          ${tile("Under way", count(running.length), { sub: running.length ? rate(running.reduce((s, m) => s + (m.rate || 0), 0)) : "nothing is moving" })}
          ${tile("Waiting", count(waiting.length), { sub: waiting.some((m) => m.state === "retry_wait") ? "some after a failure" : "" })}
          ${tile("Stuck", count(held.length), { tone: held.length ? "bad" : "", sub: held.length ? "need a retry by hand" : "none" })}
          ${tile("Bulk moves running", count(jobsNow), { sub: "" })}</div>
        <div class="toolbar">${tabs("Moves", [["now", "Now"], ["stuck", "Stuck", held.length], ["bulk", "Bulk moves", jobsNow], ["history", "History"]], tab, (id) => link("moves", { tab: id }))}
          <button type="button" class="button primary push" @click=${plan}>Move many files</button></div>
        ${tab === "now" ? html`${panel("Under way", shown(newest, () => rows(running, "Nothing is moving.")))}${panel("Queue", shown(newest, () => rows(waiting, "Nothing waits.")))}` : nothing}
        ${tab === "stuck" ? panel("Stuck", shown(stuck, () => rows(held, "Nothing is stuck.")), { note: "tried too often; they go on when you say so", actions: held.length > 1 ? html`<button type="button" class="button small" @click=${() => retryStuck().then(again)}>Retry all</button>` : nothing }) : nothing}
        ${tab === "bulk" ? panel("Bulk moves", shown(jobs, (found) => found.length ? html`<ul class="list">${repeat(found, (j) => j.job_id, jobRow)}</ul>` : empty("No bulk move yet.", html`<button type="button" class="button" @click=${plan}>Move many files</button>`))) : nothing}
        ${tab === "history" ? panel("History", history()) : nothing}`;
    },
  };
}
