const TOGETHER_MS = 30;

/** Looking rests this many times as long as it took: a gateway that is slow is asked less often. */
const RESTS = 8;
const MOST_REST_MS = 10_000;

/** Something that is asked for and asked for again; what was known stays until there is better. */
export class Resource {
  constructor(load, changed) {
    this.load = load;
    this.changed = changed;
    this.data = null;
    this.error = null;
    this.loading = false;
    this.again = 0;
    this.at = 0;
    this.begun = 0;
    this.took = 0;
    this.turn = 0;
    this.timer = 0;
  }

  async refresh() {
    const turn = ++this.turn;
    clearTimeout(this.timer);
    this.timer = 0;
    this.again = 0;
    this.loading = true;
    this.begun = Date.now();
    try {
      const data = await this.load();
      if (turn !== this.turn) return;
      this.data = data;
      this.error = null;
      this.at = Date.now();
    } catch (failure) {
      if (turn !== this.turn) return;
      this.error = failure;
    }
    this.loading = false;
    this.took = Date.now() - this.begun;
    this.changed();
    if (this.again) this.soon(this.again);
  }

  /** Looks anew: at once after a pause, but at most once in so many milliseconds, and never twice at a time. */
  soon(ms = 300) {
    if (this.timer) return;
    const rest = Math.max(ms, Math.min(RESTS * this.took, MOST_REST_MS));
    const wait = Math.max(TOGETHER_MS, this.begun + rest - Date.now());
    this.timer = setTimeout(() => {
      this.timer = 0;
      if (this.loading) this.again = ms;
      else this.refresh();
    }, wait);
  }

  /** Forgets what was known, as when it is about something else now. */
  reset() {
    this.data = null;
    this.error = null;
    return this.refresh();
  }

  /** Leaves what is under way and what was to come. */
  leave() {
    this.turn++;
    clearTimeout(this.timer);
    this.timer = 0;
    this.again = 0;
    this.loading = false;
  }

  stop() {
    this.leave();
    this.timer = -1;
  }
}
