/** What is spent, what tiers save, and what could be saved. */
import { html, repeat } from "../lib.js";
import { get } from "../api.js";
import { link } from "../router.js";
import { Resource } from "../resource.js";
import { bytes, count, price, usd } from "../format.js";
import { bar, empty, panel, shown, tier, tile, time } from "../components/ui.js";
import { recommendations } from "../components/recommendations.js";
import { locations } from "../actions.js";

export default function costs({ update }) {
  const known = new Resource(() => get("/costs"), update);
  const places = new Resource(locations, update);
  [known, places].forEach((r) => r.refresh());
  const poll = setInterval(() => known.soon(), 10_000);

  function byTier(list) {
    const tiers = new Map();
    list.forEach((l) => {
      const t = tiers.get(l.tier) || { tier: l.tier, files: 0, gb: 0, storage: 0, saving: 0 };
      t.files += l.files; t.gb += l.stored_gb; t.storage += l.storage; t.saving += l.saving;
      tiers.set(l.tier, t);
    });
    return [...tiers.values()];
  }

  function table(rows, first, firstCell) {
    const most = Math.max(1e-12, ...rows.map((r) => r.storage));
    return html`<div class="scroll flush"><table><caption class="hidden">Cost by ${first.toLowerCase()}</caption><thead><tr><th scope="col">${first}</th><th scope="col" class="right">Files</th><th scope="col" class="right">Stored</th><th scope="col" class="right">Storage a month</th><th scope="col"><span class="hidden">Share</span></th><th scope="col" class="right">Saved</th></tr></thead><tbody>
      ${rows.map((r) => html`<tr><td>${firstCell(r)}</td><td class="right">${count(r.files)}</td><td class="right">${bytes((r.gb ?? r.stored_gb) * 1024 ** 3)}</td><td class="right">${usd(r.storage)}</td><td>${bar(r.storage / most, "tier-" + r.tier)}</td><td class="right">${usd(r.saving)}</td></tr>`)}</tbody></table></div>`;
  }

  const prices = (list) => html`<div class="scroll flush"><table><caption class="hidden">Prices</caption><thead><tr><th scope="col">Location</th><th scope="col">Tier</th><th scope="col" class="right">Storage, GB a month</th><th scope="col" class="right">Reading, GB</th></tr></thead><tbody>
    ${list.map((l) => html`<tr><td><a href=${link("files", { location: l.id })}>${l.id}</a></td><td>${tier(l.tier)}</td><td class="right">${price(l.storage_cost_per_gb)}</td><td class="right">${price(l.egress_cost_per_gb)}</td></tr>`)}</tbody></table></div>`;

  return {
    live(topics) {
      if (topics.has("snapshot")) [known, places].forEach((r) => r.soon());
      if (topics.has("file")) known.soon(3000);
    },
    stop() {
      clearInterval(poll);
      [known, places].forEach((r) => r.stop());
    },
    view: () => shown(known, (c) => html`<div class="tiles">
        ${tile("Projected, a month", usd(c.projected_monthly), { sub: "storage, and egress as in the last hour" })}
        ${tile("Storage, a month", usd(c.monthly_storage), { sub: "all copies" })}
        ${tile("Egress, last hour", usd(c.egress_last_hour))}
        ${tile("Saved by tiers, a month", usd(c.saved_monthly), { sub: "against the dearest location" })}
        ${tile("Could be saved, a month", usd(c.pending_savings), { sub: c.pending ? count(c.pending) + " moves, " + usd(c.pending_move_cost) + " once" : "nothing pays now" })}</div>
      <div class="grid"><div class="c7">${panel("By location", c.locations.length ? table(c.locations, "Location", (r) => r.location) : empty("No files yet."))}</div>
        <div class="c5">${panel("Prices", shown(places, prices), { note: "as of " + c.prices_as_of })}</div>
        <div class="c12">${panel("By tier", table(byTier(c.locations), "Tier", (r) => tier(r.tier)))}</div>
        <div class="c12">${panel("What each pending move would save", recommendations(c.recommendations, () => known.soon()), { note: html`as of ${time(c.at)}` })}</div></div>`),
  };
}
