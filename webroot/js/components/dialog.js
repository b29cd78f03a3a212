/** Questions that are asked once, over the page. */
import { html, nothing, render } from "../lib.js";

const host = document.createElement("div");
document.body.append(host);

/**
 * Asks; answers with the form's values, or null where the person thought better of it or went to
 * another page.
 * {@code body} is a template, or makes one from a function that renders it anew.
 */
export function ask({ title, body, confirm = "Continue", danger = false, wide = false, check }) {
  return new Promise((answered) => {
    let dialog;
    let refused = null;
    let open = true;
    const leave = () => close(null);
    const close = (value) => {
      if (!open) return;
      open = false;
      removeEventListener("hashchange", leave);
      dialog.close();
      render(nothing, host);
      answered(value);
    };
    const submit = async (event) => {
      event.preventDefault();
      const values = Object.fromEntries(new FormData(event.target));
      refused = check ? await check(values) : null;
      if (!open) return;
      if (refused) draw();
      else close(values);
    };
    const draw = () =>
      render(
        html`<dialog class="dialog ${wide ? "wide" : ""}" aria-labelledby="dialog-title" @cancel=${(e) => { e.preventDefault(); close(null); }}>
          <form method="dialog" @submit=${submit}>
            <h2 id="dialog-title">${title}</h2>
            <div class="dialog-body">${typeof body === "function" ? body(draw) : body}</div>
            ${refused ? html`<p class="refused" role="alert">${refused}</p>` : nothing}
            <div class="dialog-foot">
              <button type="button" class="button" @click=${() => close(null)}>Cancel</button>
              <button type="submit" class="button ${danger ? "danger" : "primary"}">${confirm}</button>
            </div>
          </form>
        </dialog>`,
        host
      );
    draw();
    dialog = host.querySelector("dialog");
    dialog.showModal();
    addEventListener("hashchange", leave);
  });
}
