/** What was seen of a file's use: rates and latencies as bars. */
import { html, nothing } from "../lib.js";
import { bytes, count, number, usd } from "../format.js";
import { bar, facts, time } from "./ui.js";

function rows(entries, most, text) {
  return html`<div class="bars">${entries.map(([name, value]) => html`<span class="k">${name}</span>${bar(value / most)}<span class="num">${text(value)}</span>`)}</div>`;
}

export function windows(file) {
  const w = file.windows;
  if (!w) return html`<p class="note">No use was seen yet. Figures appear with the first access event.</p>`;
  const rates = [["Last minute", w.count1m], ["Last 10 minutes", w.count10m / 10], ["Last hour", w.count60m / 60], ["Trend, 5 min", w.ema5m], ["Trend, 30 min", w.ema30m]];
  const latencies = [["Mean", w.latency_avg_ms], ["95 % within", w.latency_p95_ms], ["Slowest", w.latency_max_ms]];
  const wanted = file.latency_sla_ms;
  if (wanted) latencies.push(["Wanted", wanted]);
  const most = (list) => Math.max(1e-9, ...list.map(([, v]) => v || 0));
  const troubles = (w.failed_reads60m || 0) + (w.network_failures60m || 0) + (w.conflicts60m || 0);
  return html`<p class="note">Events a minute, as of ${time(w.at)}</p>${rows(rates, most(rates), (v) => number(v, 2))}
    <p class="note">Latency, ms</p>${rows(latencies, most(latencies), (v) => number(v, 0))}
    ${facts([["Events", count(w.count60m)], ["Writes", count(w.writes60m)], ["Read", bytes(w.bytes_read60m)], ["Written", bytes(w.bytes_written60m)],
      ["Clients", count(w.unique_clients60m)], ["Egress", usd(w.egress_cost60m)], ["Failures", count(troubles)], ["Hot minutes of ten", count(w.high_temp_minutes)]])}
    ${w.growth ? html`<p class="note">Use ${w.growth > 0 ? "grows" : "falls"} by ${number(Math.abs(w.growth) * 100, 0)} % against before.</p>` : nothing}`;
}
