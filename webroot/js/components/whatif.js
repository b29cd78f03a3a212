/** A file's figures, changed by hand, and what would then be decided. */
import { html, nothing, synced } from "../lib.js";
import { page, post, query } from "../api.js";
import { go } from "../router.js";
import { Resource } from "../resource.js";
import { brings, bytes, number, percent, plain, source } from "../format.js";
import { empty, field, panel, problem, state, tier } from "./ui.js";

/** Figures with their range; those on a logarithmic scale run from 10^from to 10^to. */
export const SLIDERS = [
  { id: "access_freq_per_day", text: "Uses a day", log: true, from: -2, to: 4 },
  { id: "access_freq_expected", text: "Uses a day to expect", log: true, from: -3, to: 4 },
  { id: "days_since_access", text: "Days since the last use", log: true, from: -3, to: 3 },
  { id: "latency_sla_ms", text: "Latency wanted, ms", log: true, from: 0, to: 4 },
  { id: "latency_p95_ms", text: "95 % of reads within, ms", log: true, from: 0, to: 4 },
  { id: "size_kb", text: "Size", log: true, from: -1, to: 8, show: (v) => bytes(v * 1024) },
  { id: "day_to_week", text: "Today against the week", log: true, from: -2, to: 2 },
  { id: "write_share", text: "Share of writes", from: 0, to: 1, show: (v) => percent(v) },
  { id: "high_temp_minutes", text: "Hot minutes of the last ten", from: 0, to: 10, step: 1 },
  { id: "time_since_last_migration", text: "Hours since the last move", log: true, from: -1, to: 4 },
];

const DEFAULTS = { access_freq_per_day: 1, access_freq_expected: 1, days_since_access: 1, latency_sla_ms: 500, latency_p95_ms: 50, size_kb: 1024, day_to_week: 1, write_share: 0, high_temp_minutes: 0, time_since_last_migration: 1000 };

export const position = (s, value) => (s.log ? Math.log10(Math.max(value, 10 ** s.from)) : value);
export const valueAt = (s, place) => (s.log ? Number((10 ** place).toPrecision(3)) : place);

export class WhatIf {
  constructor(update, places) {
    Object.assign(this, { update, places, file: null, base: null, changed: {}, tierNow: null, before: null, error: null });
    this.result = new Resource(() => this.evaluate(), update);
    this.names = new Resource(() => page("/files" + query({ limit: 100, q: this.typed })), update);
    this.names.refresh();
  }

  async choose(file) {
    Object.assign(this, { file: file || null, base: null, changed: {}, before: null, error: null, tierNow: null });
    try {
      const found = await post("/rules/evaluate", file ? { file_id: file } : { features: { ...DEFAULTS, current_tier: null } });
      this.base = { ...DEFAULTS, ...found.features.values };
      this.tierNow = found.features.current_tier;
      this.before = found.decision;
      this.result.data = found.decision;
    } catch (error) {
      this.error = error;
    }
    this.update();
  }

  async evaluate() {
    const features = { ...(this.file ? {} : this.base), ...this.changed };
    const place = this.places().find((l) => l.tier === this.tierNow);
    if (this.tierNow) features.current_tier = this.tierNow;
    if (place) Object.assign(features, { cloud_region: place.cloud_region, storage_cost_per_gb: place.storage_cost_per_gb });
    return (await post("/rules/evaluate", { ...(this.file ? { file_id: this.file } : {}), features })).decision;
  }

  stop() {
    this.result.stop();
    this.names.stop();
  }

  set(id, value) {
    this.changed = { ...this.changed, [id]: value };
    this.result.soon(120);
    this.update();
  }

  slider(s) {
    const value = this.changed[s.id] ?? this.base[s.id] ?? DEFAULTS[s.id];
    const text = s.show ? s.show(value) : number(value, value < 10 ? 2 : 0);
    return html`<label class="slider"><header><span>${s.text}</span><span class="num ${s.id in this.changed ? "changed" : ""}">${text}</span></header>
      <input type="range" min=${s.from} max=${s.to} step=${s.step || (s.log ? 0.01 : 0.01)} .value=${synced(String(position(s, value)))} aria-valuetext=${text} @input=${(e) => this.set(s.id, valueAt(s, Number(e.target.value)))}></label>`;
  }

  verdict(d) {
    return html`<div class="verdict"><div class="tile-value">${tier(d.tier)}<span class="note">${percent(d.confidence)} sure, by ${source(d.source)}</span></div>
      <ul class="reasons">${d.reasons.map((r) => html`<li>${plain(r)}</li>`)}</ul>
      ${d.target ? html`<p>It would go to ${d.target}: ${brings(d)}.</p>` : html`<p>It stays where it is.</p>`}
      ${d.held?.length ? html`<p class="note">Held back: ${plain(d.held.join("; "))}.</p>` : nothing}
      ${d.model_tier ? html`<p class="note">The model says ${d.model_tier}, ${percent(d.model_confidence)} sure.</p>` : nothing}</div>`;
  }

  view() {
    const tiers = [...new Set(this.places().map((l) => l.tier))];
    const changes = Object.keys(this.changed).length;
    const names = html`<datalist id="file-names">${(this.names.data?.items || []).map((f) => html`<option value=${f.id}></option>`)}</datalist>`;
    const chooser = html`${names}${field("File", html`<input type="search" list="file-names" placeholder="an imagined one" .value=${this.file || ""} autocomplete="off" spellcheck="false"
        @input=${(e) => { this.typed = e.target.value; this.names.soon(300); }} @change=${(e) => go({ file: e.target.value })}>`)}
      ${field("Is on tier", html`<select @change=${(e) => { this.tierNow = e.target.value || null; this.result.soon(50); this.update(); }}>${[["", "not known"], ...tiers.map((t) => [t, t])].map(([v, t]) => html`<option value=${v} ?selected=${v === (this.tierNow || "")}>${t}</option>`)}</select>`)}`;
    const reset = changes ? html`<button type="button" class="button small" @click=${() => this.choose(this.file)}>Undo ${changes} changes</button>` : nothing;
    return html`<div class="grid"><div class="c7">${panel("Figures", this.error ? problem(this.error, () => this.choose(this.file)) : this.base ? html`<div class="fields">${chooser}</div><div class="fields">${SLIDERS.map((s) => this.slider(s))}</div>` : html`<div class="skeleton"></div>`, { actions: reset, note: "nothing is changed by this" })}</div>
      <div class="c5">${panel("Where it would belong", this.result.error ? problem(this.result.error) : this.result.data ? html`${this.verdict(this.result.data)}
        ${this.before && this.before.tier !== this.result.data.tier ? html`<p>${state("warn", "With its present figures it belongs to " + this.before.tier)}</p>` : nothing}` : empty("Nothing was decided yet."))}</div></div>`;
  }
}
