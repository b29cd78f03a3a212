/** Models that learned where files belong: their figures, and which is in force. */
import { html, nothing } from "../lib.js";
import { get, post, Problem } from "../api.js";
import { Resource } from "../resource.js";
import { count, percent, usd, words } from "../format.js";
import { bar, empty, facts, panel, progress, shown, state, tier, time } from "./ui.js";
import { ask } from "./dialog.js";
import { attempt, failed, told } from "./toasts.js";

const RUNNING = new Set(["collecting", "running"]);

export class Models {
  constructor(update) {
    this.update = update;
    this.list = new Resource(() => get("/models"), update);
    this.training = null;
    this.timer = 0;
  }

  summary() {
    const card = this.current();
    return card ? percent(card.holdout_accuracy) + " right on what it had not seen" : "";
  }

  current() {
    return this.list.data?.models.find((m) => m.version === this.list.data.in_force);
  }

  async train() {
    const sure = await ask({ title: "Train a model", confirm: "Train", body: html`<p>The files that there are get labels from their present use, and a model learns from them. It is put in force where it is at least as good as the one that is.</p>` });
    if (!sure) return;
    const begun = await attempt(() => post("/predictive/train", { auto_label: true }, { Prefer: "respond-async" }), (r) => (r.training_id && !r.trained ? "" : this.told(r)));
    if (begun?.training_id && !begun.trained) {
      this.training = begun;
      this.follow();
    }
    this.list.refresh();
  }

  told(r) {
    return ["Model " + (r.model_version || r.model?.version || "") + " is trained" + (r.in_force ? " and in force" : ", the one in force stays"), ""];
  }

  /** Asks how the training goes on until it has ended. */
  follow() {
    clearTimeout(this.timer);
    this.timer = setTimeout(async () => {
      try {
        this.training = await get("/predictive/trainings/" + encodeURIComponent(this.training.training_id));
      } catch (error) {
        failed(error);
        this.training = null;
      }
      const t = this.training;
      if (t && RUNNING.has(t.state)) this.follow();
      else {
        if (t?.state === "done") told(...this.told(t));
        else if (t?.state === "failed") failed(new Problem("The training failed", { detail: t.error }));
        this.training = null;
        this.list.refresh();
      }
      this.update();
    }, 1000);
  }

  async cancel() {
    await attempt(() => post("/predictive/trainings/" + encodeURIComponent(this.training.training_id) + "/cancel"), "The training is ended; the model in force stays");
  }

  stop() {
    clearTimeout(this.timer);
    this.list.stop();
  }

  progress() {
    const t = this.training;
    return panel("Training", html`<ul class="list"><li class="move"><div class="move-name"><span>${words(t.phase || t.state)}</span><span class="note">${count(t.examples)} examples</span></div>
      <div class="move-state">${state("busy", percent(t.progress || 0))}</div><div class="move-bar">${progress((t.progress || 0) * 100, "Progress of the training")}</div>
      <div class="move-acts"><button type="button" class="button small" @click=${() => this.cancel()}>Cancel</button></div></li></ul>`);
  }

  shadow(s) {
    const c = s.so_far;
    return panel("In the shadow: " + s.version, html`<p class="note">It is asked what the model in force is asked, and not listened to.</p>
      ${c ? facts([["Answers compared", count(c.scored) + (s.wanted ? " of " + count(s.wanted) : "")], ["Agreed", c.scored ? percent(c.agreed / c.scored) : "–"], ["Cost where it would have the files", usd(c.monthly_cost)], ["Cost where the one in force would", usd(c.in_force_cost)], ["Too slow there", count(c.too_slow)], ["Too slow by the one in force", count(c.in_force_too_slow)]]) : nothing}
      ${c?.verdict ? html`<p>${state(c.not_worse ? "good" : "warn", c.verdict)}</p>` : nothing}`, { id: "shadow", actions: html`<button type="button" class="button small" @click=${() => this.activate({ version: s.version })}>Put in force</button>` });
  }

  drift(d) {
    const most = Math.max(d.threshold || 0, ...d.features.map((f) => f.psi), 1e-9);
    return panel("Are today's files like those it learned from?", html`<p>${d.files ? state(d.drifted ? "warn" : "good", d.drifted ? "They differ" : "They are alike") : state("", "Not known yet")} <span class="note">${count(d.files)} files, ${time(d.at)}${d.note ? ". " + d.note : ""}</span></p>
      ${d.features.length ? html`<div class="bars">${[...d.features].sort((a, b) => b.psi - a.psi).slice(0, 6).map((f) => html`<span class="k">${words(f.feature)}</span>${bar(f.psi / most)}<span class="num ${f.psi > d.threshold ? "warn" : ""}">${f.psi.toFixed(2)}</span>`)}</div>` : nothing}`, { id: "drift" });
  }

  async activate(card) {
    const sure = await ask({ title: "Put " + card.version + " in force", confirm: "Put in force", body: html`<p>All decisions from now on ask this model.</p>` });
    if (sure) await attempt(() => post("/models/" + encodeURIComponent(card.version) + "/activate"), "Model " + card.version + " is in force").then(() => this.list.refresh());
  }

  card(m) {
    const most = Math.max(1e-9, ...m.features.map((f) => f.share));
    return html`<div class="grid"><div class="stack">${panel("Model in force: " + m.version, html`${facts([["Kind", words(m.type)], ["Learned from", { heuristics: "labels by present use", "look-ahead": "what would have been cheapest" }[m.labels] || (m.labels === "records" ? "records given" : words(m.labels))], ["Rows", count(m.samples)], ["Right on what it learned", percent(m.training_accuracy, 1)], ["Right on what it had not seen", percent(m.holdout_accuracy, 1)], ["Mean F1 there", percent(m.holdout_f1, 1)], ["F1 of the one before", m.in_force_f1 === null || m.in_force_f1 === undefined ? "none was" : percent(m.in_force_f1, 1)], ["Trained", time(m.trained_at)], ["By", m.trained_by]])}`, { id: "in-force" })}
        ${panel("By tier", html`<div class="scroll flush"><table><caption class="hidden">Figures by tier</caption><thead><tr><th scope="col">Tier</th><th scope="col" class="right">Right of those it named</th><th scope="col" class="right">Found of those there were</th><th scope="col" class="right">F1</th><th scope="col" class="right">Rows</th></tr></thead><tbody>
          ${m.per_class.map((c) => html`<tr><td>${tier(c.tier)}</td><td class="right">${percent(c.precision)}</td><td class="right">${percent(c.recall)}</td><td class="right">${percent(c.f1)}</td><td class="right">${count(c.support)}</td></tr>`)}</tbody></table></div>`)}</div>
      <div>${panel("What it goes by", m.features.length ? html`<div class="bars">${[...m.features].sort((a, b) => b.share - a.share).slice(0, 12).map((f) => html`<span class="k">${words(f.feature)}</span>${bar(f.share / most)}<span class="num">${percent(f.share)}</span>`)}</div>` : empty("This kind of model does not say."))}</div></div>`;
  }

  table(models) {
    return html`<div class="scroll flush"><table><caption class="hidden">Models</caption><thead><tr><th scope="col">Version</th><th scope="col">Kind</th><th scope="col">Trained</th><th scope="col" class="right">Rows</th><th scope="col" class="right">Right, unseen</th><th scope="col" class="right">F1, unseen</th><th scope="col" class="right">F1 of the one then in force</th><th scope="col"><span class="hidden">Do</span></th></tr></thead><tbody>
      ${models.map((m) => html`<tr><td>${m.version}</td><td>${words(m.type)}</td><td class="nowrap">${time(m.trained_at)}</td><td class="right">${count(m.samples)}</td><td class="right">${percent(m.holdout_accuracy, 1)}</td><td class="right">${percent(m.holdout_f1, 1)}</td><td class="right">${percent(m.in_force_f1 ?? undefined, 1)}</td>
        <td>${m.version === this.list.data.in_force ? html`<span class="badge">in force</span>` : html`<button type="button" class="button small" @click=${() => this.activate(m)}>Put in force</button>`}</td></tr>`)}</tbody></table></div>`;
  }

  view() {
    const train = html`<button type="button" class="button ${this.current() ? "small" : "primary"}" ?disabled=${!!this.training} @click=${() => this.train()}>${this.training ? "Training" : "Train a model"}</button>`;
    return shown(this.list, (data) => html`${this.training ? this.progress() : nothing}${this.current() ? this.card(this.current()) : nothing}
      ${data.shadow ? this.shadow(data.shadow) : nothing}${data.drift ? this.drift(data.drift) : nothing}
      ${panel("Models", data.models.length ? this.table(data.models) : empty("No model was trained yet: rules and prices decide alone.", train), { actions: data.models.length ? train : nothing })}`);
  }
}
