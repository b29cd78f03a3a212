/** One file: where it is, why, what was done to it, and what can be done. */
import { html, nothing, repeat } from "../lib.js";
import { contentPath, filePath, get } from "../api.js";
import { Resource } from "../resource.js";
import { at, brings, bytes, number, percent, plain, source, usd, words } from "../format.js";
import { facts, iconButton, shown, state, tier, time } from "./ui.js";
import { ENDED, moveRow, moveState } from "./moverow.js";
import { copyFile, deleteFile, downloadFile, dropCopy, moveFile, verifyFile } from "../actions.js";
import { windows } from "./windows.js";

export class Drawer {
  constructor(update, places, changed, close) {
    Object.assign(this, { update, places, changed, close, id: null, going: false });
    this.file = new Resource(() => get(filePath(this.id)), update);
    this.policy = new Resource(() => get("/policy/" + encodeURIComponent(this.id)), update);
    this.audit = new Resource(() => get("/audit?limit=20&file_id=" + encodeURIComponent(this.id)), update);
    this.history = [];
    this.escape = (event) => { if (event.key === "Escape" && this.id && !document.querySelector("dialog[open]")) this.close(); };
    addEventListener("keydown", this.escape);
  }

  show(id) {
    if (id === this.id || (!id && !this.id)) return;
    this.id = id || null;
    this.history = [];
    if (id) {
      this.about().forEach((r) => r.reset());
      setTimeout(() => document.querySelector(".drawer h2")?.focus(), 60);
    } else {
      this.about().forEach((r) => r.leave());
    }
  }

  /** What it asks for about its file. */
  about() {
    return [this.file, this.policy, this.audit];
  }

  again() {
    if (this.id) this.about().forEach((r) => r.soon());
    this.changed();
  }

  live(topics) {
    if (!this.id || this.going) return;
    if (topics.has("file") || topics.has("move") || topics.has("snapshot")) this.file.soon(800);
    if (topics.has("stream")) this.file.soon(5000);
  }

  stop() {
    this.id = null;
    removeEventListener("keydown", this.escape);
    this.about().forEach((r) => r.stop());
  }

  actions(file) {
    const then = (done) => { if (done !== null && done !== undefined) this.again(); };
    const leave = () => { this.going = true; this.about().forEach((r) => r.leave()); };
    const gone = (done) => {
      this.going = false;
      if (done) {
        this.close();
        this.changed();
      } else if (done === undefined) this.again(); // it was refused: the file is still there
    };
    return html`<div class="toolbar">
      <button type="button" class="button primary" @click=${() => moveFile(file, this.places(), this.policy.data?.decision?.target).then(then)}>Move</button>
      <button type="button" class="button" @click=${() => copyFile(file, this.places()).then(then)}>Copy</button>
      <a class="button" href=${contentPath(file.id)} download @click=${(e) => downloadFile(e, file)}>Download</a>
      <button type="button" class="button" @click=${() => verifyFile(file).then(then)}>Verify</button>
      <button type="button" class="button" @click=${() => deleteFile(file, leave).then(gone)}>Delete</button></div>`;
  }

  recommendation(p) {
    const d = p.decision;
    return html`<div class="verdict"><div class="tile-value">${tier(p.recommendation)}<span class="note">${percent(p.confidence)} sure, by ${source(p.source)}</span></div>
      <ul class="reasons">${(p.rationale || []).map((r) => html`<li>${plain(r)}</li>`)}</ul>
      ${d?.target ? html`<p class="note">To ${d.target}: ${brings(d)}.</p>` : html`<p class="note">It stays where it is.</p>`}
      ${d?.held?.length ? html`<p class="note">Held back: ${plain(d.held.join("; "))}.</p>` : nothing}</div>`;
  }

  replicas(file) {
    return html`<div class="scroll"><table><thead><tr><th scope="col">Location</th><th scope="col">State</th><th scope="col">Verified</th><th scope="col" class="right">Stored</th><th scope="col">Key</th><th scope="col"><span class="hidden">Do</span></th></tr></thead><tbody>
      ${file.replicas.map((r) => html`<tr><td>${r.location}${r.location === file.current_location ? html` <span class="badge">primary</span>` : nothing}</td>
        <td>${state(r.state === "verified" ? "good" : "bad", words(r.state))}</td><td class="nowrap">${time(r.verified_at)}</td><td class="right">${bytes(r.bytes)}</td><td><code title=${r.key_id}>${r.key_id?.slice(0, 8)}</code></td>
        <td>${r.location === file.current_location ? nothing : html`<button type="button" class="button small" aria-label="Remove the copy at ${r.location}" @click=${() => dropCopy(file, r.location).then((done) => done && this.again())}>Remove</button>`}</td></tr>`)}</tbody></table></div>`;
  }

  body(file, live) {
    const moving = [...live.moves.values()].find((m) => m.file_id === file.id && !ENDED.has(m.state));
    const alerts = (live.health?.alerts || []).filter((a) => a.subject === file.id);
    return html`${this.actions(file)}
      ${moving ? html`<ul class="list">${moveRow(moving, () => this.again())}</ul>` : nothing}
      ${alerts.length ? html`<section><h3>Alerts</h3><ul class="list">${alerts.map((a) => html`<li>${state(a.state === "active" ? "warn" : "", words(a.kind))}<span class="note">${a.message}, ${time(a.raised_at)}</span></li>`)}</ul></section>` : nothing}
      <section>${facts([
        ["Location", html`${file.current_location}, ${file.cloud_region}`], ["Tier", tier(file.current_tier)], ["Size", bytes(file.size_bytes)],
        ["Cost a month", usd(file.estimated_monthly_cost)], ["Uses a day", number(file.access_freq_per_day, 1)], ["Latency wanted", file.latency_sla_ms ? number(file.latency_sla_ms, 0) + " ms" : "–"],
        ["Last use", time(file.last_access_ts)], ["Last move", time(file.last_moved_at)], ["Kept here by hand until", file.pinned_until ? at(file.pinned_until) : "–"],
      ])}</section>
      <section><h3>Where it belongs</h3>${shown(this.policy, (p) => this.recommendation(p))}</section>
      <section><h3>Copies</h3>${this.replicas(file)}</section>
      <section><h3>Use in the last hour</h3>${windows(file)}</section>
      <section><h3>Moves</h3>${file.history.length ? html`<ul class="list">${repeat(file.history, (m) => m.move_id, (m) => html`<li>${moveState(m)}<span>${m.from} → ${m.to}</span><span class="note push">${m.requested_by || ""} ${time(m.finished_at || m.created_at)}</span>${m.error ? html`<span class="note">${m.error}</span>` : nothing}</li>`)}</ul>` : html`<p class="note">Never moved.</p>`}</section>
      <section><h3>Origin and history</h3>${facts([
        ["Created", at(file.created_at)], ["Changed", at(file.updated_at)], ["Type", file.content_type], ["Version", html`<code>${file.version}</code>`],
        ...Object.entries(file.metadata || {}).map(([k, v]) => [words(k), v])])}
        <p class="note">SHA-256 <code>${file.sha256}</code></p>
        ${shown(this.audit, (entries) => html`<ul class="list">${entries.map((e) => html`<li><span>${words(e.action)}${e.location ? ", " + e.location : ""}</span><span class="badge">${e.decision}</span><span class="note push">${e.principal}, ${time(e.at)}</span></li>`)}</ul>`)}</section>
      <section><h3>Protection</h3>${facts([
        ["Encryption", file.security_policy?.encryption?.algorithm], ["Key", html`<code>${file.security_policy?.encryption?.key_id}</code>`],
        ["Key from", file.security_policy?.encryption?.key_source], ["Roles that may read", file.security_policy?.access_control?.allowed_roles?.join(", ")]])}</section>`;
  }

  view(live) {
    return html`<aside class="drawer" role="complementary" aria-label="File ${this.id}">
      <div class="drawer-head"><h2 tabindex="-1">${this.id}</h2>${iconButton("close", "Close", () => this.close())}</div>
      <div class="drawer-body">${shown(this.file, (file) => this.body(file, live))}</div></aside>`;
  }
}
