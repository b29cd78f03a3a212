/** The one place that names the view library. */
export { html, svg, render, nothing } from "../lib/lit-html/lit-html.js";
export { repeat } from "../lib/lit-html/directives/repeat.js";
export { ref } from "../lib/lit-html/directives/ref.js";
export { live as synced } from "../lib/lit-html/directives/live.js";
export { keyed } from "../lib/lit-html/directives/keyed.js";
