/** Results of actions: successes go by themselves, failures stay until they were read. */
import { html, nothing, render, repeat } from "../lib.js";
import { iconButton } from "./ui.js";

const host = document.createElement("div");
host.className = "toasts";
host.setAttribute("aria-live", "polite");
host.setAttribute("role", "log");
host.setAttribute("aria-label", "Results");
document.body.append(host);

let toasts = [];
let number = 0;

function draw() {
  render(
    repeat(toasts, (t) => t.id, (t) => html`<div class="toast ${t.tone}">
      <div><strong>${t.text}</strong>
        ${t.detail ? html`<p>${t.detail}</p>` : nothing}
        ${t.trace ? html`<p class="note">Trace <code>${t.trace}</code></p>` : nothing}</div>
      ${iconButton("close", "Dismiss", () => drop(t.id))}</div>`),
    host
  );
}

function drop(id) {
  toasts = toasts.filter((t) => t.id !== id);
  draw();
}

function add(toast) {
  const id = ++number;
  toasts = [...toasts, { ...toast, id }].slice(-4);
  draw();
  return id;
}

export function told(text, detail) {
  const id = add({ text, detail, tone: "good" });
  setTimeout(() => drop(id), 6000);
}

export function failed(error) {
  const fields = (error.errors || []).map((e) => e.field + " " + e.message).join("; ");
  add({ text: error.message, detail: [error.detail, fields].filter(Boolean).join(" – "), trace: error.traceId, tone: "bad" });
}

/** Does something, and says what came of it. */
export async function attempt(work, success) {
  try {
    const result = await work();
    if (success) {
      const text = typeof success === "function" ? success(result) : success;
      if (text) told(...[text].flat());
    }
    return result;
  } catch (error) {
    failed(error);
    return undefined;
  }
}
