/** Pages of a list whose cursors only lead forward: the way back is remembered. */
import { html } from "../lib.js";
import { count } from "../format.js";

export class Pager {
  constructor() {
    this.back = [];
    this.cursor = null;
    this.next = null;
  }

  reset(cursor = null) {
    this.back = [];
    this.cursor = cursor;
    this.next = null;
  }

  view(shown, size, total, moved) {
    const first = this.back.length * size + 1;
    const known = shown ? count(first) + " – " + count(first + shown - 1) : "none";
    const step = (act) => () => { act(); moved(); };
    return html`<nav class="pager" aria-label="Pages of the list">
      <span class="note num">${known}${total === null || total === undefined ? "" : " of " + count(total)}</span>
      <button type="button" class="button small" ?disabled=${!this.back.length} @click=${step(() => { this.cursor = this.back.pop(); })}>Previous</button>
      <button type="button" class="button small" ?disabled=${!this.next} @click=${step(() => { this.back.push(this.cursor); this.cursor = this.next; })}>Next</button></nav>`;
  }
}
