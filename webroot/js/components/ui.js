/** Small pieces that every page is made of. */
import { html, nothing, svg } from "../lib.js";
import { ago, at, bytes } from "../format.js";
import { icon } from "./icons.js";

export function panel(title, body, { actions, note, wide, id } = {}) {
  const key = id || title.toLowerCase().replace(/[^a-z0-9]+/g, "-");
  return html`<section class="panel ${wide ? "wide" : ""}" aria-labelledby="panel-${key}">
    <header class="panel-head">
      <h2 id="panel-${key}">${title}</h2>
      ${note ? html`<span class="note">${note}</span>` : nothing}
      ${actions ? html`<div class="panel-actions">${actions}</div>` : nothing}
    </header>
    <div class="panel-body">${body}</div>
  </section>`;
}

/** One figure that matters; {@code tone} is good, warn or bad where it means that. */
export function tile(label, value, { sub, tone, href, chart } = {}) {
  const inner = html`<span class="tile-label">${label}</span>
    <span class="tile-value ${tone || ""}">${value}</span>
    <span class="tile-sub">${sub ?? nothing}</span>${chart ?? nothing}`;
  return href ? html`<a class="tile" href=${href}>${inner}</a>` : html`<div class="tile">${inner}</div>`;
}

/** A state in colour and in words. */
export function state(tone, text, title) {
  return html`<span class="state ${tone}" title=${title || nothing}><span class="dot" aria-hidden="true"></span>${text}</span>`;
}

export const tier = (name) =>
  name ? html`<span class="tier tier-${name}"><span class="swatch" aria-hidden="true"></span>${name}</span>` : html`–`;

export const time = (value) =>
  value ? html`<time datetime=${value} title=${at(value)}>${ago(value)}</time>` : html`–`;

/** A share from 0 to 1 as a bar. */
export function bar(share, className = "") {
  const width = Math.max(0, Math.min(1, share || 0)) * 100;
  return svg`<svg class="bar ${className}" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">
    <rect class="bar-back" width="100" height="6"></rect><rect class="bar-fill" width=${width} height="6"></rect></svg>`;
}

export function progress(percent, label) {
  return html`<progress max="100" .value=${percent} aria-label=${label}></progress>`;
}

/** What went wrong, in the gateway's words, with what finds it in the logs. */
export function problem(error, retry) {
  return html`<div class="problem" role="alert">
    <strong>${error.message}</strong>
    ${error.detail ? html`<p>${error.detail}</p>` : nothing}
    ${error.errors?.length ? html`<ul>${error.errors.map((e) => html`<li><code>${e.field}</code> ${e.message}</li>`)}</ul>` : nothing}
    <p class="note">${error.code ? html`${error.code} · ` : nothing}${error.traceId ? html`Trace <code>${error.traceId}</code>` : nothing}</p>
    ${retry ? html`<button type="button" class="button small" @click=${retry}>Try again</button>` : nothing}
  </div>`;
}

export function empty(text, action) {
  return html`<div class="empty"><p>${text}</p>${action ?? nothing}</div>`;
}

/** What a resource knows, or why it knows nothing. */
export function shown(resource, view, { absent } = {}) {
  if (resource.data !== null) {
    return html`${resource.error ? problem(resource.error, () => resource.refresh()) : nothing}${view(resource.data)}`;
  }
  if (resource.error) {
    return absent && resource.error.absent ? absent(resource.error) : problem(resource.error, () => resource.refresh());
  }
  return html`<div class="skeleton" role="status"><span class="hidden">Loading</span></div>`;
}

export function tabs(label, entries, chosen, linkOf) {
  return html`<nav class="tabs" aria-label=${label}>
    ${entries.map(([id, text, count]) => html`<a href=${linkOf(id)} class=${id === chosen ? "on" : ""} aria-current=${id === chosen ? "page" : nothing}>${text}${count ? html` <span class="count">${count}</span>` : nothing}</a>`)}
  </nav>`;
}

export function field(label, input, hint) {
  return html`<label class="field"><span>${label}</span>${input}${hint ? html`<small>${hint}</small>` : nothing}</label>`;
}

export function options(entries, chosen) {
  return entries.map(([value, text]) => html`<option value=${value} ?selected=${value === chosen}>${text}</option>`);
}

export function facts(entries) {
  return html`<dl class="facts">${entries.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value ?? "–"}</dd></div>`)}</dl>`;
}

export const size = (count) => html`<span class="num">${bytes(count)}</span>`;

export function iconButton(name, label, click) {
  return html`<button type="button" class="icon-button" aria-label=${label} title=${label} @click=${click}>${icon(name)}</button>`;
}
