/** The rules in force, others to try, and what these would change before they are put in force. */
import { html, nothing } from "../lib.js";
import { page, post, put } from "../api.js";
import { link } from "../router.js";
import { count, usd, words } from "../format.js";
import { empty, panel, problem, tier } from "./ui.js";
import { attempt } from "./toasts.js";

const SAMPLE = 200;
const AT_ONCE = 6;
const TEXTS = {
  slo_latency_p95_ms: ["Slowest reads accepted, ms", "A file whose reads are slower belongs on the hot tier"],
  high_temp_minutes: ["Hot minutes of ten", "So many make a file hot"],
  warm_drop_ratio: ["Drop to warm", "A day this far below the week's average makes a hot file warm, 0 to 1", 1],
  min_confidence: ["Least confidence", "A prediction that is less sure gives way to the rules, 0 to 1", 1],
  cold_max_freq_per_day: ["Sporadic use, events a day", "Up to so many events a day"],
  cold_min_days_since_access: ["Sporadic use, days without", "So many days without use"],
  cost_pressure_ratio: ["Cost pressure", "It may cost so many times what the cheapest place would"],
  horizon_days: ["Pays within, days", "Within so many days a move has to pay for itself"],
  hysteresis: ["Margin", "By which share savings must exceed the cost of the move"],
  min_stay_days: ["Least stay, days", "A file stays so long where it was moved to"],
  max_moves_per_hour: ["Moves an hour, at most", "Of the autopilot"],
  budget_usd_per_day: ["Budget a day, USD", "Of the autopilot"],
  budget_gb_per_day: ["Transfer a day, GB", "Of the autopilot"],
};

export class RuleEditor {
  constructor(update, rules) {
    Object.assign(this, { update, rules, draft: {}, preview: null, working: null, error: null });
  }

  value(name) {
    return this.draft[name] ?? this.rules.data[name];
  }

  faults() {
    const faults = {};
    for (const [name, [, , most]] of Object.entries(TEXTS)) {
      const v = this.value(name);
      if (!Number.isFinite(v) || v < 0) faults[name] = "must be a number from 0";
      else if (most !== undefined && v > most) faults[name] = "must be at most " + most;
    }
    this.error?.errors?.forEach((e) => (faults[e.field] = e.message));
    return faults;
  }

  proposed() {
    const { updated_by, updated_at, ...known } = this.rules.data;
    return { ...known, ...this.draft };
  }

  set(name, text) {
    this.draft = { ...this.draft, [name]: text === "" ? NaN : Number(text) };
    if (this.draft[name] === this.rules.data[name]) delete this.draft[name];
    this.preview = null;
    this.error = null;
    this.update();
  }

  /** Decides on the newest files with the rules in force and with these, and shows who differs. */
  async look() {
    this.working = 0;
    this.preview = null;
    this.update();
    await attempt(async () => {
      const { items, total } = await page("/files?limit=" + SAMPLE + "&sort=-updated");
      const differing = [];
      const todo = [...items];
      const work = async () => {
        for (let file = todo.shift(); file; file = todo.shift()) {
          const [before, after] = await Promise.all([
            post("/rules/evaluate", { file_id: file.id }), post("/rules/evaluate", { file_id: file.id, rules: this.proposed() })]);
          if (before.decision.tier !== after.decision.tier || before.decision.move !== after.decision.move) differing.push({ file, before: before.decision, after: after.decision });
          this.working++;
          this.update();
        }
      };
      await Promise.all(Array.from({ length: AT_ONCE }, work));
      this.preview = { differing, looked: items.length, total };
    });
    this.working = null;
    this.update();
  }

  async save() {
    try {
      await put("/rules", this.proposed());
      this.draft = {};
      this.preview = null;
      this.error = null;
      await attempt(async () => this.rules.refresh(), "The rules are in force");
    } catch (error) {
      this.error = error;
    }
    this.update();
  }

  input(name, faults) {
    const [text, hint] = TEXTS[name];
    const fault = faults[name];
    const other = name in this.draft;
    return html`<label class="field"><span>${text}${other ? html` <span class="badge">was ${this.rules.data[name]}</span>` : nothing}</span>
      <input type="number" step="any" min="0" .value=${String(this.value(name))} aria-invalid=${fault ? "true" : "false"} @input=${(e) => this.set(name, e.target.value)}>
      <small class=${fault ? "bad" : ""}>${fault || hint}</small></label>`;
  }

  differences() {
    const { differing, looked, total } = this.preview;
    const note = html`<p class="note">${count(looked)} of ${count(total)} files were tried, those that changed last.</p>`;
    if (!differing.length) return html`${empty("Nothing would be decided otherwise.")}${note}`;
    return html`<div class="scroll"><table><caption class="hidden">What would change</caption><thead><tr><th scope="col">File</th><th scope="col">Now</th><th scope="col">Then</th><th scope="col">Why</th><th scope="col" class="right">Saves a month</th></tr></thead><tbody>
      ${differing.slice(0, 100).map((d) => html`<tr><td class="name"><a href=${link("files", { file: d.file.id })}>${d.file.id}</a></td><td>${tier(d.before.tier)}${d.before.move ? " moves" : ""}</td><td>${tier(d.after.tier)}${d.after.move ? " moves" : ""}</td><td class="name note">${d.after.reasons.join("; ")}</td><td class="right">${usd(d.after.savings_per_month)}</td></tr>`)}</tbody></table></div>${note}`;
  }

  view() {
    const faults = this.faults();
    const changes = Object.keys(this.draft).length;
    const bad = Object.keys(faults).length > 0;
    return html`${panel("Rules", html`<form class="stack" @submit=${(e) => { e.preventDefault(); this.save(); }}>
        <div class="fields">${Object.keys(TEXTS).map((n) => this.input(n, faults))}</div>
        ${this.error ? problem(this.error) : nothing}
        <div class="toolbar"><button type="button" class="button" ?disabled=${!changes || bad || this.working !== null} @click=${() => this.look()}>${this.working === null ? "Preview what would change" : "Trying, " + count(this.working) + " files"}</button>
          <button type="submit" class="button primary" ?disabled=${!changes || bad}>Put in force</button>
          ${changes ? html`<button type="button" class="button quiet" @click=${() => { this.draft = {}; this.preview = null; this.error = null; this.update(); }}>Discard</button>` : nothing}</div></form>`, { note: changes ? count(changes) + " changed: " + Object.keys(this.draft).map((n) => words(n).toLowerCase()).join(", ") : "" })}
      ${this.preview ? panel("What would change", this.differences()) : nothing}`;
  }
}
