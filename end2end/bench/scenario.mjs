// The scenarios. Each gives plain figures; a run whose devices do not agree fails.

const all = (shape) => Array.from({ length: shape.devices }, (_, n) => n);

/** Rounds a figure so that the result stays readable. */
const round = (n) => (n === null ? null : Math.round(n * 10) / 10);

const figures = ({ push, all: converged, link }, more = {}) => ({ push, all: converged, ...link, ...more });

/** What all devices agree in. `missing`: records that some peer left on the way. */
async function agree(contender, connected) {
  await contender.ask("disconnect", { devices: connected });
  return { missing: 0, ...(await contender.ask("agreed")) };
}

async function complete(contender, connected) {
  const state = await agree(contender, connected);
  if (state.missing > 0) throw new Error(`${state.missing} records are missing`);
  return state;
}

/** First push and pull, reconnect after edits, everybody edits the same: one after the other. */
export async function day(contender, { shape }) {
  const devices = all(shape);
  await contender.open();
  await contender.ask("type");
  const first = await contender.measured("connect", { devices });
  await complete(contender, devices);
  const rate = first.push === null ? null : round((shape.devices * shape.records) / (first.push / 1000));
  const result = { first: figures(first, { rate, peak: first.peak }) };

  await contender.ask("edit", { device: 0, round: 0, edits: shape.edits });
  result.reconnect = figures(await contender.measured("connect", { devices: [0] }));
  await contender.ask("connect", { devices });
  await complete(contender, devices);

  await contender.ask("conflict");
  const conflict = await contender.measured("connect", { devices });
  // Who pushed last has told the others what they could not know before.
  await contender.ask("connect", { devices });
  const { values } = await complete(contender, devices);
  const written = shape.devices * Math.min(shape.conflicts, shape.devices * shape.records);
  result.conflict = figures(conflict, { written, kept: values, lost: written - values });

  const { ms } = await contender.ask("latency", { rounds: 20 });
  result.latency = { ms: round(median(ms)), worst: round(Math.max(...ms)) };
  return result;
}

/** First push and pull over a link that loses answers. */
export async function lossy(contender, { shape, loss }) {
  const devices = all(shape);
  await contender.open();
  await contender.ask("type");
  await contender.lose(loss);
  const found = await contender.measured("connect", { devices });
  await contender.lose(0);
  await contender.ask("connect", { devices });
  const { missing } = await agree(contender, devices);
  return { lossy: figures(found, { missing }) };
}

/** A new device loads a large office; what one more edit costs then, again and again; a restart. */
export async function large(contender, { shape, restarts, reconnects }) {
  await contender.open();
  const { ms } = await contender.ask("fill", { slice: 500 });
  const load = await contender.measured("first_load");
  const ones = [];
  for (let nth = 1; nth <= reconnects; nth += 1) {
    await contender.ask("edit", { device: 0, round: nth, edits: 1 });
    ones.push(figures(await contender.measured("connect", { devices: [0] })));
  }
  const middle = (key) => round(median(ones.map((one) => one[key])));
  const one = { all: middle("all"), bytes: middle("bytes"), packed: middle("packed"), requests: middle("requests") };
  const ready = [];
  for (let n = 0; n < restarts; n += 1) ready.push(await contender.restart());
  return { fill: ms, load: figures(load, { peak: load.peak }), one, ready: median(ready) };
}

/** A file over a link that is cut three times, a quarter of the way each. */
export async function evidence(contender, { shape }) {
  await contender.open();
  const quarter = Math.floor(shape.evidence / 4);
  await contender.cut([quarter, quarter, quarter]);
  const { ms, link, peak } = await contender.measured("evidence", { size: shape.evidence });
  if (link.cuts !== 3) throw new Error(`the link was cut ${link.cuts} times`);
  return { all: ms, ...link, again: Math.max(0, link.up - shape.evidence), peak };
}

export function median(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
}
