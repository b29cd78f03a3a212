/** Lines over time, drawn by uPlot in the colours of the theme. */
import uPlot from "../../lib/uplot/uPlot.esm.js";

const hour = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit" });
const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

/**
 * {@code <md-chart>}: {@code data} as uPlot takes it (x in seconds), {@code lines} a list of
 * {label, colour, points, fill, value}, {@code label} for who cannot see it.
 */
class Chart extends HTMLElement {
  #plot = null;
  #watch = new ResizeObserver(() => this.#resize());
  #themed = () => this.#build();
  #data = [[]];
  #shape = "";

  set data(data) {
    this.#data = data;
    if (this.#plot) this.#plot.setData(data);
  }

  set lines(lines) {
    this._lines = lines;
    const shape = lines.map((line) => line.label).join();
    if (this.#plot && shape !== this.#shape) this.#build();
    this.#shape = shape;
  }

  set label(text) {
    this.setAttribute("role", "img");
    this.setAttribute("aria-label", text);
  }

  connectedCallback() {
    this.#build();
    this.#watch.observe(this);
    addEventListener("themechange", this.#themed);
  }

  disconnectedCallback() {
    this.#watch.disconnect();
    removeEventListener("themechange", this.#themed);
    this.#plot?.destroy();
    this.#plot = null;
  }

  #resize() {
    if (this.#plot && this.clientWidth > 0) {
      this.#plot.setSize({ width: this.clientWidth, height: this.clientHeight || 160 });
    }
  }

  #build() {
    if (!this.isConnected || !this._lines) return;
    this.#plot?.destroy();
    const tiny = this.hasAttribute("tiny");
    const grid = { stroke: colour("--line"), width: 1 };
    const axis = { stroke: colour("--quiet"), grid, ticks: { ...grid, size: 4 }, font: "11px system-ui, sans-serif" };
    const value = this._lines[0]?.value;
    this.#plot = new uPlot(
      {
        width: this.clientWidth || 300,
        height: this.clientHeight || 160,
        padding: tiny ? [2, 0, 2, 0] : [8, 8, 0, 0],
        legend: { show: false },
        cursor: { show: !tiny, y: false, drag: { x: false, y: false } },
        scales: { y: { range: (u, low, high) => [Math.min(0, low ?? 0), Math.max(high ?? 1, 1e-9) * 1.12 || 1] } },
        axes: tiny
          ? [{ show: false }, { show: false }]
          : [{ ...axis, space: 70, size: 28, values: (u, ticks) => ticks.map((t) => hour.format(t * 1000)) }, { ...axis, size: 56, space: 32, values: value ? (u, ticks) => ticks.map(value) : undefined }],
        series: [{}, ...this._lines.map((line) => this.#series(line))],
      },
      this.#data,
      this
    );
  }

  #series(line) {
    const stroke = colour(line.colour || "--accent");
    return {
      label: line.label,
      stroke: line.points ? undefined : stroke,
      width: line.points ? 0 : 1.5,
      fill: line.fill ? stroke + "22" : undefined,
      spanGaps: true,
      value: line.value ? (u, v) => (v === null ? "–" : line.value(v)) : undefined,
      points: line.points ? { show: true, size: 7, fill: stroke, stroke } : { show: this.#data[0].length < 2, size: 4 },
      paths: line.points ? () => null : undefined,
    };
  }
}

customElements.define("md-chart", Chart);
